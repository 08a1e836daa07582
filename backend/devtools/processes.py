"""Keeping a few processes running: start, health, restart with back-off, an orderly end.

Every process leads a group of its own, so that its children end with it and Ctrl-C in the terminal
reaches only the runner. A file for each says which process it is, so that the next runner can end
what a killed one left behind.
"""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from devtools.places import LOGS, RUN, own_folder

LONGEST_PAUSE = 30.0
# A process that has lived this long starts with the shortest pause again.
SETTLED_SECONDS = 60.0
LOG_BYTES = 5_000_000
LAST_LINES = 25
LINE_WIDTH = 500
# In the environment of every process: tells ours from a stranger with the same number.
MARK = "MUNGCHI_PROCESS"


class ProcessFailed(RuntimeError):
    """A process did not become healthy; the message has the end of its log."""


@dataclass(frozen=True)
class Program:
    """What to run. `healthy` is asked until it says yes; `patience` is the time to stop in."""

    name: str
    command: list[str]
    folder: Path
    healthy: Callable[[], bool]
    environment: dict[str, str] = field(default_factory=dict)
    patience: float = 10.0

    @property
    def log(self) -> Path:
        """The file that gets what the program prints."""
        return LOGS / f"{self.name}.log"


class Child:
    """A program and the process that runs it at the moment."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.pause = 1.0
        self.start_again_at: float | None = None
        self.start()

    def start(self) -> None:
        """Start the process, its output going to the log, and note who it is."""
        program = self.program
        own_folder(LOGS)
        own_folder(RUN)
        if program.log.exists() and program.log.stat().st_size > LOG_BYTES:
            program.log.replace(program.log.with_suffix(".log.1"))
        self.said_before = program.log.stat().st_size if program.log.exists() else 0
        mark = secrets.token_hex(8)
        with program.log.open("ab") as log:
            self.process = subprocess.Popen(
                program.command,
                cwd=program.folder,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **program.environment, MARK: mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started = time.monotonic()
        self.start_again_at = None
        note = {"pid": self.process.pid, "mark": mark}
        _note_of(program.name).write_text(json.dumps(note))

    def wait_until_healthy(self, seconds: float) -> None:
        """Return when the program says it is healthy; raises ProcessFailed otherwise."""
        end = time.monotonic() + seconds
        while not self.program.healthy():
            code = self.process.poll()
            if code is not None or time.monotonic() > end:
                how = f"ended with {code}" if code is not None else f"is not up in {seconds:.0f} s"
                raise ProcessFailed(f"{self.program.name} {how}. {self._last_words()}")
            time.sleep(0.1)

    def watch(self, say: Callable[[str], None]) -> None:
        """Start the process again, after a pause that grows, when it has died."""
        if self.start_again_at is not None:
            if time.monotonic() >= self.start_again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        _signal_group(self.process.pid, signal.SIGKILL)
        if time.monotonic() - self.started > SETTLED_SECONDS:
            self.pause = 1.0
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        say(f"{self.program.name} {how}; starting it again in {self.pause:.0f} s")
        self.start_again_at = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ask the process to end, then make its whole group end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.terminate()
            self.process.wait(self.program.patience)
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()
        _note_of(self.program.name).unlink(missing_ok=True)

    def _last_words(self) -> str:
        """Return what this process printed last, cut to what can be read in a terminal."""
        with self.program.log.open("rb") as log:
            log.seek(self.said_before)
            lines = log.read().decode(errors="replace").splitlines()[-LAST_LINES:]
        return f"{self.program.log} ends with:\n" + "\n".join(line[:LINE_WIDTH] for line in lines)


def end_orphans(patience: float = 5.0) -> list[str]:
    """End what a killed runner left running; return the names of the programs."""
    ended = []
    for note in sorted(RUN.glob("*.json")) if RUN.exists() else []:
        members = _members(note)
        for process in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        for process in psutil.wait_procs(members, timeout=patience)[1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(members, timeout=patience)
        if members:
            ended.append(note.stem)
        note.unlink()
    return ended


def _members(note: Path) -> list[psutil.Process]:
    """Return the processes of the group in a note that carry its mark: numbers are used again."""
    try:
        known = json.loads(note.read_text())
    except ValueError:
        return []
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            in_group = os.getpgid(process.pid) == known["pid"]
            if in_group and process.environ().get(MARK) == known["mark"]:
                found.append(process)
    return found


def _note_of(name: str) -> Path:
    return RUN / f"{name}.json"


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
