"""`make check`: every check that needs no test run; all of them, one line each.

python -m devtools.run_checks [part of a check's name ...]
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from devtools import checks, manage, node
from devtools.openapi import SCHEMA, SPECTACULAR
from devtools.places import FRONTEND, ROOT

CODE = ["backend", "tests"]


def tool(module: str, *arguments: str) -> Callable[[], str]:
    """Return a check that runs a module of the environment; it answers what that printed."""
    return lambda: _run([sys.executable, "-m", module, *arguments])


def _run(command: list[str]) -> str:
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if ended.returncode == 0 else (ended.stdout + ended.stderr) or "it failed"


def import_contracts() -> str:
    """Answer what import-linter found."""
    # The tool has no module to run with -m.
    starter = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    return _run([sys.executable, "-c", starter, "--no-cache"])


def schema_drift() -> str:
    """Answer how docs/api/openapi.yml differs from what the code would write."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.yml"
        if problem := _run(manage.command(*SPECTACULAR, str(fresh))):
            return problem
        if SCHEMA.exists() and SCHEMA.read_bytes() == fresh.read_bytes():
            return ""
    return f"{SCHEMA.relative_to(ROOT)} is not what the code says: run `make openapi`"


def frontend() -> str:
    """Answer what the frontend's own check found: types, typed client, formatting, messages."""
    if not (FRONTEND / "package.json").exists():
        return "there is no frontend/package.json"
    try:
        node.install()
    except node.FrontendFailed as failure:
        return str(failure)
    return _run([sys.executable, "-m", "devtools.node", "check"])


CHECKS: dict[str, Callable[[], str]] = {
    "ruff check": tool("ruff", "check", *CODE),
    "ruff format": tool("ruff", "format", "--check", *CODE),
    "types of the domain (mypy --strict)": tool("mypy"),
    "import contracts": import_contracts,
    "migrations are complete": lambda: _run(
        manage.command("makemigrations", "--check", "--dry-run")
    ),
    "API schema without drift": schema_drift,
    "frontend: types, client, format": frontend,
    "no registry hosts, no paths of a machine": checks.forbidden_text,
    "length of files": checks.long_files,
    "length of functions": checks.long_functions,
    "top level": checks.top_level,
    "locks in step with pyproject.toml": checks.stale_locks,
    "licences": checks.licences,
}


def main(wanted: list[str]) -> int:
    """Run the checks; return 1 when one of them found something."""
    failed = 0
    for name, check in CHECKS.items():
        if wanted and not any(part in name for part in wanted):
            continue
        begun = time.monotonic()
        found = check().strip()
        mark = "FAILED" if found else "ok"
        print(f"{mark:<7} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        if found:
            failed += 1
            print("        " + found.replace("\n", "\n        "), flush=True)
    print(f"{failed} of {len(CHECKS)} checks failed" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
