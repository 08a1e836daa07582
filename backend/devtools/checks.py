"""The project's own rules. Each function answers what breaks its rule, "" when nothing does.

Each takes the folder to look at, so that tests can plant what it must find.
"""

import ast
import importlib.metadata
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from devtools import lock
from devtools.places import ROOT

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
TOP_LEVEL = {
    *("README.md", "Makefile", "pyproject.toml", "docker-compose.yml", "LICENSE"),
    *("backend", "frontend", "docs", "tests", "requirements"),
}
NOT_OURS = {".git", ".venv", ".local", "node_modules", "dist", "build", "__pycache__"}
# Written by a tool from something that is ours; nobody reads or cuts it.
GENERATED = re.compile(r"/migrations/|\.d\.ts$|lock$|lock\.json$|openapi\.yml$")
# One letter of each is in brackets, so that this file does not contain what it looks for.
FORBIDDEN = re.compile(
    r"pyp[i]\.org|pythonh[o]sted\.org|npmj[s]\.(?:org|com)|registry\.yarnpk[g]"
    r"|deb\.deb[i]an\.org|(?<![\w.$-])/(?:roo[t]|wor[k]|far[m]|share[d]|Use[r]s)/"
)
# Licences under which the whole product would have to be given away. LGPL is not one of them.
STRONG_COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )(?<!Library or )\b(?:A?GPL|Affero|GNU General)")


def files(root: Path) -> Iterator[Path]:
    """Yield the files of the project: what git tracks or would, else all but what is made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        found = {root / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}
        yield from sorted(path for path in found if path.is_file() and not path.is_symlink())
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - NOT_OURS)
        yield from (Path(folder, name) for name in sorted(names))


def _text(path: Path) -> str:
    """Return a file as text, "" when it is not text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def forbidden_text(root: Path = ROOT) -> str:
    """Addresses of package registries, and paths that exist on somebody's machine only."""
    found = []
    for path in files(root):
        for number, line in enumerate(_text(path).splitlines(), 1):
            if match := FORBIDDEN.search(line):
                found.append(f"{path.relative_to(root)}:{number}: {match[0]}")
    return "\n".join(found)


def long_files(root: Path = ROOT) -> str:
    """Files of code that want to be two."""
    found = []
    for path in files(root):
        if path.suffix not in {".py", ".ts", ".svelte", ".mjs"} or GENERATED.search(str(path)):
            continue
        lines = len(_text(path).splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{path.relative_to(root)}: {lines} lines, {LONGEST_FILE} are the most")
    return "\n".join(found)


def long_functions(root: Path = ROOT) -> str:
    """Functions in Python that want to be two; decorators are not counted."""
    found = []
    for path in files(root):
        if path.suffix != ".py" or GENERATED.search(str(path)):
            continue
        for node in ast.walk(ast.parse(_text(path), str(path))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                where = f"{path.relative_to(root)}:{node.lineno}: {node.name}"
                found.append(f"{where}: {lines} lines, {LONGEST_FUNCTION} are the most")
    return "\n".join(found)


def top_level(root: Path = ROOT) -> str:
    """Names at the top that architecture.md does not know; dot files are free."""
    names = {path.relative_to(root).parts[0] for path in files(root)}
    strangers = sorted(name for name in names - TOP_LEVEL if not name.startswith("."))
    return "\n".join(f"{name}: not at the top level" for name in strangers)


def stale_locks(root: Path = ROOT) -> str:
    """Locks made from other dependencies than pyproject.toml names now, or without hashes."""
    found = []
    for name in lock.LOCKS:
        if lock.stated_digest(name, root) != lock.digest(name, root):
            found.append(f"requirements/{name} is older than pyproject.toml: run `make lock`")
        text = _text(root / "requirements" / name)
        pinned = re.findall(r"^[A-Za-z0-9](?:\\\n|[^\n])*", text, re.MULTILINE)
        found += [
            f"requirements/{name}: {entry.splitlines()[0]}: no version with a hash"
            for entry in pinned
            if "==" not in entry or "--hash=sha256:" not in entry
        ]
    return "\n".join(found)


def licences(root: Path = ROOT) -> str:
    """Packages of the running product whose licence is strong copyleft, or cannot be told."""
    found = []
    text = _text(root / "requirements" / "run.lock")
    for name in re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==", text, re.MULTILINE):
        try:
            stated = licence_of(importlib.metadata.metadata(name))
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform
        if problem := licence_problem(stated):
            found.append(f"{name}: {problem}")
    packages = root / "frontend" / "package-lock.json"
    if packages.exists():
        for place, entry in json.loads(_text(packages))["packages"].items():
            if place and not entry.get("dev") and not entry.get("devOptional"):
                problem = licence_problem(str(entry.get("license") or ""))
                found += [f"{place}: {problem}"] if problem else []
    return "\n".join(found)


def licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    """Return what a package says of its licence, in the order of how exact the field is."""
    fields = metadata.json
    if expression := fields.get("license_expression"):
        return str(expression)
    trove = [line for line in fields.get("classifier", []) if line.startswith("License ::")]
    if trove:
        return "; ".join(line.rsplit("::", 1)[1].strip() for line in trove)
    return (str(fields.get("license", "")).strip().splitlines() or [""])[0]


def licence_problem(stated: str) -> str:
    """Answer why the product cannot be built on this licence, "" when it can."""
    if not stated or stated.upper() == "UNKNOWN":
        return "no licence stated"
    # "A OR B" leaves the choice; one that is not strong copyleft is enough.
    choices = re.split(r"\bOR\b", stated)
    return stated if all(STRONG_COPYLEFT.search(choice) for choice in choices) else ""
