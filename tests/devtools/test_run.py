"""What `make up` decides before it starts anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from devtools import run
from devtools.places import BACKEND
from devtools.processes import Program


def test_a_taken_port_is_passed_over_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run.free_port(port) > port
        assert f"port {port} is taken" in capsys.readouterr().out
    assert run.free_port(port) == port


def test_a_port_taken_on_all_addresses_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run.free_port(port) > port


@pytest.mark.parametrize("given", ["http", "0", "70000", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(run.CannotStart, match="PORT must be a port number"):
        run._wanted_port()


class Started:
    """What `make up` would start, without starting it."""

    names: ClassVar[list[str]] = []

    def __init__(self, program: Program) -> None:
        self.names.append(program.name)

    def wait_until_healthy(self, seconds: float) -> None:
        assert seconds > 0


@pytest.mark.parametrize(
    ("given", "started"),
    [(None, ["simulator"]), ("", []), ("http://127.0.0.1:1", [])],
)
def test_payments_are_simulated_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, given: str | None, started: list[str]
) -> None:
    monkeypatch.setattr(run, "Child", Started)
    monkeypatch.setattr(Started, "names", [])
    monkeypatch.delenv("STRIPE_API_BASE", raising=False)
    if given is not None:
        monkeypatch.setenv("STRIPE_API_BASE", given)
    run._simulate_payments([], 20_000)
    assert Started.names == started
    now = os.environ["STRIPE_API_BASE"]
    assert now.startswith("http://127.0.0.1:2") if given is None else now == given
    assert bool(run._simulated()) == bool(now)


@pytest.mark.processes
def test_only_one_runs_and_its_end_frees_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "RUN", tmp_path)
    code = (
        "import sys, time; from pathlib import Path; from devtools import run\n"
        "run.RUN = Path(sys.argv[1])\n"
        "with run.only_one(): print('in', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(BACKEND)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "in\n"
        with pytest.raises(run.CannotStart, match=f"process {other.pid}"), run.only_one():
            pass
    finally:
        other.kill()
        other.communicate()
    with run.only_one():
        assert (tmp_path / "up.lock").read_text().startswith("process ")
