"""Keeping processes running: real ones, killed as they would be."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from devtools import processes
from devtools.processes import Child, ProcessFailed, Program, end_orphans

pytestmark = pytest.mark.processes
# A parent with a child of its own, as a server with workers is; both ignore nothing.
FAMILY = (
    "import subprocess, sys, time\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print('up', flush=True)\n"
    "time.sleep(60)\n"
)
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FAMILY


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "RUN", tmp_path / "run")
    monkeypatch.setattr(processes, "LOGS", tmp_path / "logs")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Child]]:
    children = []

    def start_one(code: str = FAMILY, patience: float = 5.0) -> Child:
        log = tmp_path / "logs" / "family.log"
        program = Program(
            name="family",
            command=[sys.executable, "-c", code],
            folder=tmp_path,
            healthy=lambda: log.exists() and "up" in log.read_text(),
            patience=patience,
        )
        children.append(Child(program))
        return children[-1]

    yield start_one
    for child in children:
        child.stop()


def group(leader: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


@pytest.mark.parametrize("code", [FAMILY, STUBBORN], ids=["obedient", "stubborn"])
def test_stopping_ends_the_whole_family(start: Callable[..., Child], code: str) -> None:
    child = start(code, patience=1.0)
    child.wait_until_healthy(10)
    leader = child.process.pid
    until(lambda: len(group(leader)) == 2)
    child.stop()
    until(lambda: group(leader) == [])
    assert not list(processes.RUN.glob("*.json"))


def test_one_that_dies_is_started_again_with_growing_pauses(start: Callable[..., Child]) -> None:
    child = start("raise SystemExit(3)")
    said: list[str] = []
    first = child.process.pid
    child.process.wait()
    child.watch(said.append)
    assert said == ["family ended with 3; starting it again in 1 s"]
    child.watch(said.append)
    assert child.process.pid == first, "it must wait before it starts again"
    child.start_again_at = time.monotonic()
    child.watch(said.append)
    assert child.process.pid != first
    child.process.wait()
    child.watch(said.append)
    assert said[-1] == "family ended with 3; starting it again in 2 s"


def test_a_killed_leader_takes_its_children_along(start: Callable[..., Child]) -> None:
    child = start()
    child.wait_until_healthy(10)
    leader = child.process.pid
    until(lambda: len(group(leader)) == 2)
    child.process.kill()
    child.process.wait()
    assert len(group(leader)) == 1, "the control: alone, the child lives on"
    said: list[str] = []
    child.watch(said.append)
    assert "was killed by SIGKILL" in said[0]
    until(lambda: group(leader) == [])


@pytest.mark.parametrize("leader_too", [True, False], ids=["all alive", "leader dead"])
def test_what_a_killed_runner_left_is_ended(start: Callable[..., Child], leader_too: bool) -> None:
    child = start()
    child.wait_until_healthy(10)
    leader = child.process.pid
    until(lambda: len(group(leader)) == 2)
    if not leader_too:
        child.process.kill()
        child.process.wait()
    assert end_orphans() == ["family"]
    until(lambda: group(leader) == [])
    assert end_orphans() == []


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        processes.RUN.mkdir()
        note = {"pid": stranger.pid, "mark": "somebody else"}
        (processes.RUN / "api.json").write_text(json.dumps(note))
        (processes.RUN / "half.json").write_text('{"pid": ')
        assert end_orphans() == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_one_that_does_not_come_up_is_reported_with_its_log(start: Callable[..., Child]) -> None:
    child = start("raise SystemExit('no such port')")
    with pytest.raises(ProcessFailed, match=r"(?s)family ended with 1.*no such port"):
        child.wait_until_healthy(10)


def test_ctrl_c_in_the_terminal_does_not_reach_it(start: Callable[..., Child]) -> None:
    child = start()
    assert os.getpgid(child.process.pid) != os.getpgrp()
    assert os.getsid(child.process.pid) != os.getsid(0)
