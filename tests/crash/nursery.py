"""A process that has everything loaded and gives birth to workers, one for each line it reads.

Loading the product takes a processor some seconds. Where a hundred workers die that is most of what
there is, and nothing would be done between two deaths.
"""

import importlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TREE = Path(__file__).resolve().parents[2]


@dataclass
class Child:
    """A worker that was born so; used as a process of `subprocess` is."""

    pid: int

    def poll(self) -> int | None:
        """None while it lives."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, 0)
            return None
        return 0

    def wait(self) -> None:
        """Until it is gone."""
        while self.poll() is None:
            time.sleep(0.01)


class Nursery:
    """The nursery of the workers that stand in a file beside this one."""

    def __init__(self, name: str, environment: dict[str, str], log: Path) -> None:
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, __file__, name], cwd=TREE / "backend", env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip

    def child(self) -> Child:
        """Another worker, in a group of its own."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Child(int(self.process.stdout.readline()))

    def close(self) -> None:
        """Bear no more."""
        self.process.kill()
        self.process.communicate()


def main(name: str) -> None:
    """Load the workers of a file, then bear one for each line that comes."""
    workers = importlib.import_module(f"tests.crash.{name}")
    # Nobody asks how they ended: the kernel clears them away.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        pid = os.fork()
        # By whichever of the two comes first: it may be killed as soon as it is told.
        with suppress(OSError):
            os.setpgid(pid, pid)
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            workers.main()
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(TREE))
    main(sys.argv[1])
