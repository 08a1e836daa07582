"""What has to stay on one worker does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import pytest_plugin
from devtools.places import ROOT

FILE = """
import os, pathlib, pytest
@pytest.mark.parametrize("number", range(8))
def test_which(number):
    with open(pathlib.Path(__file__).parent.parent / "workers.txt", "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
"""


def test_every_place_is_there() -> None:
    assert pytest_plugin.TOGETHER
    for place in pytest_plugin.TOGETHER:
        assert (ROOT / place).exists(), place


@pytest.mark.parametrize(("folder", "workers"), [("crash", 1), ("anything", 2)])
def test_tests_of_such_a_place_run_on_one_worker(folder: str, workers: int, tmp_path: Path) -> None:
    """Of another place, the control, on both."""
    (tmp_path / "tests" / folder).mkdir(parents=True)
    (tmp_path / "tests" / folder / "test_it.py").write_text(FILE)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plugins = ["-p", "no:django", "-p", "devtools.pytest_plugin", "-p", "no:cacheprovider"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env["PYTHONPATH"] = str(ROOT / "backend")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", *plugins, "tests"],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-2000:]
    assert len(set((tmp_path / "tests" / "workers.txt").read_text().split())) == workers
