"""Checkouts of the developer tools in folders of every kind, each with clusters of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devtools.places import BACKEND


class Checkout:
    """A copy of backend/devtools in a folder of its own, used as another process would."""

    def __init__(self, root: Path) -> None:
        self.root = root
        tools = root / "backend" / "devtools"
        shutil.copytree(BACKEND / "devtools", tools, ignore=shutil.ignore_patterns("demo"))

    def run(self, code: str, *, fails: bool = False) -> str:
        """Run Python code in the checkout; return what it printed, or its error when it fails."""
        ended = self.start(code)
        printed, error = ended.communicate(timeout=120)
        assert (ended.returncode != 0) == fails, printed + error
        return (error if fails else printed).strip()

    def start(self, code: str) -> "subprocess.Popen[str]":
        """Start Python code in the checkout and return its process."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "backend")}
        environment.pop("DATABASE_URL")
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ensure(self, name: str = "crash") -> str:
        """Start a cluster; return its address."""
        return self.run(f"from devtools import postgres; print(postgres.ensure({name!r}))")


@pytest.fixture
def checkout() -> Iterator[Callable[..., Checkout]]:
    """Make checkouts below a folder that everybody may enter; what they started ends with them."""
    base = Path(tempfile.mkdtemp(prefix="mungchi-test-"))
    base.chmod(0o755)
    made = []

    def make(name: str, *, private: bool = False) -> Checkout:
        folder = base / name
        folder.mkdir(parents=True)
        if private:
            folder.parent.chmod(0o700)
        made.append(Checkout(folder))
        return made[-1]

    yield make
    for each in made:
        each.run("from devtools import postgres; postgres.drop_all()")
    shutil.rmtree(base)
