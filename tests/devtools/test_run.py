"""What `make up` decides before it starts anything."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import run
from devtools.places import BACKEND


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
