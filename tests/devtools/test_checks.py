"""Each check of our own finds what was planted, and nothing where nothing was."""

import json
import subprocess
from pathlib import Path

import pytest

from devtools import checks, lock, run_checks
from devtools.places import ROOT

# Put together here, so that this file does not contain what the check forbids.
REGISTRY = "py" + "pi.org"
MACHINE = "/ro" + "ot/secret/"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project without git."""
    for folder in ("backend", "requirements", "frontend"):
        (tmp_path / folder).mkdir()
    (tmp_path / "README.md").write_text("# Mungchi\n")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nrequires-python = ">=3.11"\ndependencies = ["django>=5"]\n'
        '[dependency-groups]\ndev = ["pytest"]\nmutate = ["mutmut"]\n'
    )
    for name in lock.LOCKS:
        (tmp_path / "requirements" / name).write_text(
            f"{lock.HEADER}{lock.digest(name, tmp_path)}\n"
            "django==5.2.19 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n"
        )
    return tmp_path


@pytest.mark.parametrize("planted", [f"see https://{REGISTRY}/x", f"open('{MACHINE}a')"])
def test_forbidden_text_is_found_with_its_line(tree: Path, planted: str) -> None:
    assert checks.forbidden_text(tree) == ""
    (tree / "backend" / "a.py").write_text(f"first = 1\n# {planted}\n")
    assert checks.forbidden_text(tree).startswith("backend/a.py:2: ")


@pytest.mark.parametrize(
    "harmless",
    ["api/v1/" + "work/1", "src/lib/shared/x", "grassroots/work", "binary \0 " + REGISTRY],
)
def test_words_that_look_alike_are_left_alone(tree: Path, harmless: str) -> None:
    (tree / "backend" / "a.txt").write_text(harmless)
    assert checks.forbidden_text(tree) == ""


def test_what_git_ignores_is_not_looked_at(tree: Path) -> None:
    (tree / ".gitignore").write_text("made/\n")
    (tree / "made").mkdir()
    (tree / "made" / "log").write_text(REGISTRY)
    assert checks.forbidden_text(tree) != ""
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    assert checks.forbidden_text(tree) == ""
    (tree / "new").write_text(REGISTRY)
    assert checks.forbidden_text(tree) == f"new:1: {REGISTRY}"


def test_long_files_are_found(tree: Path) -> None:
    (tree / "backend" / "a.py").write_text("x = 1\n" * 400)
    assert checks.long_files(tree) == ""
    (tree / "frontend" / "b.svelte").write_text("<p>\n" * 401)
    assert checks.long_files(tree).startswith("frontend/b.svelte: 401 lines")
    (tree / "backend" / "migrations").mkdir()
    (tree / "backend" / "migrations" / "0001.py").write_text("x = 1\n" * 401)
    assert checks.long_files(tree).count("\n") == 0


def test_long_functions_are_found_also_inside_classes(tree: Path) -> None:
    body = "        x = 1\n"
    (tree / "backend" / "a.py").write_text(f"class A:\n    def f(self):\n{body * 59}")
    assert checks.long_functions(tree) == ""
    (tree / "backend" / "a.py").write_text(f"class A:\n    async def f(self):\n{body * 60}")
    assert checks.long_functions(tree).startswith("backend/a.py:2: f: 61 lines")


def test_strangers_at_the_top_are_found(tree: Path) -> None:
    (tree / ".editorconfig").write_text("")
    assert checks.top_level(tree) == ""
    (tree / "utils.py").write_text("")
    assert checks.top_level(tree) == "utils.py: not at the top level"


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("django>=5", "django>=6", lock.LOCKS),
        ('"pytest"', '"pytest>=9"', ["dev.lock", "mutate.lock"]),
    ],
)
def test_a_changed_dependency_makes_the_lock_stale(
    tree: Path, old: str, new: str, stale: list[str]
) -> None:
    assert checks.stale_locks(tree) == ""
    project = tree / "pyproject.toml"
    project.write_text(project.read_text().replace(old, new))
    found = checks.stale_locks(tree).splitlines()
    assert [line.split()[0] for line in found] == [f"requirements/{name}" for name in stale]


def test_a_lock_entry_without_hash_is_found(tree: Path) -> None:
    file = tree / "requirements" / "run.lock"
    file.write_text(file.read_text() + "requests==2.0\nflask \\\n    --hash=sha256:02\n")
    found = checks.stale_locks(tree)
    assert "requests==2.0: no version with a hash" in found
    assert "flask" in found
    assert "django" not in found


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND Apache-2.0", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GNU Library or Lesser General Public License (LGPL)", True),
        ("MIT OR GPL-2.0-or-later", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("GNU Affero General Public License v3", False),
        ("GNU General Public License v2 (GPLv2)", False),
        ("MIT AND GPL-2.0-only", False),
        ("", False),
        ("UNKNOWN", False),
    ],
)
def test_licences_are_told_apart(stated: str, allowed: bool) -> None:
    assert (checks.licence_problem(stated) == "") == allowed


def test_licences_of_the_frontend_count_unless_they_only_build_it(tree: Path) -> None:
    packages = {"": {}, "node_modules/a": {"license": "AGPL-3.0"}}
    file = tree / "frontend" / "package-lock.json"
    file.write_text(json.dumps({"packages": packages}))
    assert checks.licences(tree) == "node_modules/a: AGPL-3.0"
    packages["node_modules/a"]["dev"] = True  # type: ignore[assignment]
    file.write_text(json.dumps({"packages": packages}))
    assert checks.licences(tree) == ""


def test_a_check_that_finds_something_fails_the_run_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = {"first": lambda: "found it", "second": lambda: ""}
    monkeypatch.setattr(run_checks, "CHECKS", planted)
    assert run_checks.main([]) == 1
    printed = capsys.readouterr().out
    assert "FAILED  first" in printed
    assert "found it" in printed
    assert "ok      second" in printed
    assert run_checks.main(["second"]) == 0


def test_a_tool_that_fails_tells_what_it_said() -> None:
    assert run_checks.tool("json.tool", str(ROOT / "pyproject.toml"))() != ""
    assert run_checks.tool("json.tool", str(ROOT / "frontend" / "package.json"))() == ""
