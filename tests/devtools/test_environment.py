"""Making the environment: what is looked for, what is said, and what is not done twice."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import node, places
from devtools.places import BACKEND

SCRIPT = BACKEND / "devtools" / "venv.sh"


def run_script(project: Path, path: Path) -> "subprocess.CompletedProcess[str]":
    for name in ("cksum", "cat", "cut", "rm", "sh"):
        target = path / name
        found = shutil.which(name)
        if found and not target.exists():
            target.symlink_to(found)
    return subprocess.run(
        [shutil.which("sh") or "sh", str(SCRIPT)],
        cwd=project,
        env={"PATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(path: Path, name: str, body: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{body}\n")
    (path / name).chmod(0o755)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "공동 구매"
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements" / "dev.lock").write_text("# empty\n")
    (folder / "bin").mkdir()
    return folder


def test_says_what_is_needed_when_python_is_absent(project: Path) -> None:
    ended = run_script(project, project / "bin")
    assert ended.returncode == 1
    assert ended.stderr.strip() == (
        "Mungchi needs Python 3.11 or newer; python3 on this machine is: absent."
    )


def test_says_what_is_needed_when_python_is_too_old(project: Path) -> None:
    body = 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi'
    fake_python(project / "bin", "python3", body)
    ended = run_script(project, project / "bin")
    assert ended.returncode == 1
    assert "3.11 or newer; python3 on this machine is: Python 3.9.2." in ended.stderr


def test_says_what_to_install_when_python_has_no_venv(project: Path) -> None:
    fake_python(project / "bin", "python3.12", 'case "$2" in *ensurepip*) exit 1;; esac')
    ended = run_script(project, project / "bin")
    assert ended.returncode == 1
    assert "apt-get install python3-venv" in ended.stderr


def test_makes_the_environment_once_and_again_when_the_lock_changes(project: Path) -> None:
    real = Path(sys.base_prefix) / "bin" / "python3"
    bin_ = project / "bin"
    fake_python(bin_, "python3", f'echo called >>"{project}/calls"; exec "{real}" "$@"')
    first = run_script(project, bin_)
    assert first.returncode == 0, first.stderr
    assert "installing requirements/dev.lock" in first.stdout
    made = (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns
    calls = (project / "calls").read_text()
    second = run_script(project, bin_)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (project / "calls").read_text() == calls, "the second time costs no Python at all"
    (project / "requirements" / "dev.lock").write_text("# changed\n")
    third = run_script(project, bin_)
    assert "installing requirements/dev.lock" in third.stdout
    assert (project / ".venv" / "pyvenv.cfg").stat().st_mtime_ns == made
    moved = project.rename(project.with_name("moved"))
    assert "making .venv" in run_script(moved, moved / "bin").stdout


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frontend whose build writes one file; npm and node are the real ones."""
    folder = tmp_path / "공동 구매" / "frontend"
    (folder / "src").mkdir(parents=True)
    build = "mkdir -p dist && node -p process.execPath >dist/index.html && echo x >>../builds"
    package = {"name": "trial", "version": "1.0.0", "scripts": {"build": build, "bad": "exit 7"}}
    (folder / "package.json").write_text(json.dumps(package))
    lock = {"name": "trial", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": package}}
    (folder / "package-lock.json").write_text(json.dumps(lock))
    (folder / "node_modules").mkdir()
    monkeypatch.setattr(node, "FRONTEND", folder)
    monkeypatch.setattr(node, "ROOT", folder.parent)
    monkeypatch.setattr(node, "STAMPS", folder.parent / "stamps")
    return folder


def builds(frontend: Path) -> int:
    return (frontend.parent / "builds").read_text().count("x")


def test_the_frontend_is_built_when_its_sources_change_only(frontend: Path) -> None:
    node.build()
    assert builds(frontend) == 1
    assert (frontend / "dist" / "index.html").read_text().strip() == str(node.node())
    node.build()
    assert builds(frontend) == 1
    (frontend / "src" / "a.ts").write_text("export {}")
    node.build()
    assert builds(frontend) == 2
    shutil.rmtree(frontend / "dist")
    node.build()
    assert builds(frontend) == 3


def test_a_failing_build_says_why_and_is_not_taken_for_done(
    frontend: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    node.build()
    package = (frontend / "package.json").read_text()
    (frontend / "package.json").write_text(package.replace("echo x", "echo no such word; false"))
    for _ in range(2):
        with pytest.raises(node.FrontendFailed, match="no such word"):
            node.build()
    (frontend / "package.json").write_text(package)
    node.build()
    assert builds(frontend) == 2
    assert "no such word" not in capfd.readouterr().out


def test_a_failing_script_is_a_failure(frontend: Path) -> None:
    with pytest.raises(node.FrontendFailed, match="npm run bad failed"):
        node.npm("run", "bad")


def test_node_is_the_program_itself(frontend: Path) -> None:
    with node.node().open("rb") as file:
        assert file.read(4) == b"\x7fELF"
    assert node.environment()["PATH"].split(os.pathsep)[0] == str(node.node().parent)


def test_our_folders_can_be_entered_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        made = places.own_folder(tmp_path / "a" / "b")
        narrow = tmp_path / "narrow"
        narrow.mkdir()
        places.own_folder(narrow)
    finally:
        os.umask(before)
    assert made.stat().st_mode & 0o777 == 0o755
    assert made.parent.stat().st_mode & 0o777 == 0o755
    assert narrow.stat().st_mode & 0o777 == 0o700, "a folder that was there keeps its mode"
