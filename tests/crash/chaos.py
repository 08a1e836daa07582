"""Killing workers, servers and PostgreSQL, hard and at random, while they settle campaigns."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

import psycopg
from django.db import Error, connection, connections
from psycopg import sql
from tests.crash.nursery import Child, Nursery

from config import env
from devtools import manage, postgres
from devtools.places import BACKEND
from devtools.postgres import templates

CLUSTER = "crash"
# A child of a nursery reaches the database at once, and has then done nothing yet.
LEAST_STARTUP_SECONDS = 1.0
ANSWER = TypeVar("ANSWER")


@contextmanager
def crashing_cluster(template: str) -> Iterator[str]:
    """Run a cluster that keeps what it commits; yield the name of a migrated database."""
    stop_after = not postgres.is_running(CLUSTER)
    postgres.ensure(CLUSTER)
    durable = [_administer(f"SHOW {one}") for one in ("fsync", "synchronous_commit")]
    assert durable == [("on",), ("on",)], "a crash shows nothing where commits may be lost"
    templates.fresh(postgres.database_url(CLUSTER), template)
    try:
        yield template
    finally:
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", template)
        if stop_after:
            postgres.stop(CLUSTER)


@contextmanager
def copied(template: str, name: str) -> Iterator[str]:
    """Point Django at a fresh copy of a database of the cluster; yield its address."""
    _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _administer("CREATE DATABASE {} TEMPLATE {}", name, template)
    url = postgres.database_url(CLUSTER, name)
    given = connections.settings["default"]
    before = dict(given)
    connection.close()
    given.update(env.database(url))
    try:
        yield url
    finally:
        connection.close()
        given.clear()
        given.update(before)
        _administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _administer(statement: str, *names: str) -> tuple | None:
    address = postgres.database_url(CLUSTER, "postgres")
    with psycopg.connect(address, autocommit=True) as admin:
        done = admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        return done.fetchone() if done.description else None


def patiently(ask: Callable[[], ANSWER], seconds: float = 60) -> ANSWER:
    """Ask the database again while it is down."""
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (Error, psycopg.Error):
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@dataclass
class Chaos:
    """Some workers, and a server where one is named, each killed and started again; PostgreSQL
    likewise. `eager`: how likely a kill is whenever the work has just got one step further."""

    url: str
    random: Random
    # The command of a worker, or the file beside this one whose workers a nursery gives birth to.
    command: list[str] | str
    log: Path
    count: int = 2
    server: list[str] | None = None
    eager: float = 0.7
    # How long a process lives at least and at most, as a multiple of what it takes to start.
    process_lives: tuple[float, float] = (0.3, 1.7)
    # Seconds from one death of PostgreSQL to the next, at least and at most.
    database_lives: tuple[float, float] = (2, 4)
    workers: list[subprocess.Popen | Child] = field(default_factory=list)
    nursery: Nursery | None = None
    worker_kills: int = 0
    server_kills: int = 0
    database_kills: int = 0
    killed_at: list[str] = field(default_factory=list)
    # Seconds that PostgreSQL took to come back last time.
    recovery: float = 0.0
    # Seconds from a worker's start to its first connection, on this machine as busy as it is.
    startup: float = 0.0

    @contextmanager
    def running(self) -> Iterator["Chaos"]:
        """Start the workers; end them all at the end."""
        try:
            if isinstance(self.command, str):
                self.nursery = Nursery(self.command, self._environment(), self.log)
            self.workers = [self._worker() for _ in range(self.count)]
            self.startup = max(self._time_to_the_database(), LEAST_STARTUP_SECONDS)
            if self.server is not None:
                self.workers.append(self.start(self.server))
            yield self
        finally:
            for worker in self.workers:
                self.end(worker)
            if self.nursery is not None:
                self.nursery.close()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url, "LOG_LEVEL": "WARNING"}

    def _worker(self) -> subprocess.Popen | Child:
        if self.nursery is not None:
            return self.nursery.child()
        assert not isinstance(self.command, str)
        return self.start(self.command)

    def start(self, command: list[str]) -> subprocess.Popen:
        """Start one worker or server, in a group of its own."""
        with self.log.open("ab") as output:
            return subprocess.Popen(
                command, cwd=BACKEND, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    @staticmethod
    def end(process: subprocess.Popen | Child) -> None:
        """Kill one (SIGKILL) with the children that it has."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _time_to_the_database(self) -> float:
        begun = time.monotonic()
        with psycopg.connect(self.url, autocommit=True, application_name="looking on") as own:
            others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            others += "AND application_name <> 'looking on' AND backend_start > %s"
            since = own.execute("SELECT clock_timestamp()").fetchone()
            while own.execute(others, since).fetchone() == (0,):
                assert time.monotonic() - begun < 60, self.log.read_text()[-2000:]
                time.sleep(0.02)
        return time.monotonic() - begun

    def kill_a_process(self, when: str) -> None:
        """Kill one of the workers, or the server, and start another in its place."""
        place = self.random.randrange(len(self.workers))
        self.end(self.workers[place])
        if place < self.count:
            self.worker_kills += 1
            self.workers[place] = self._worker()
        else:
            assert self.server is not None
            self.server_kills += 1
            self.workers[place] = self.start(self.server)
        self.killed_at.append(when)

    def revive(self) -> None:
        """Start again what ended by itself, as whoever keeps services running does: a worker that
        finds no database for half a minute gives up."""
        for place, process in enumerate(self.workers):
            if process.poll() is not None:
                server = self.server if place >= self.count else None
                self.workers[place] = self.start(server) if server else self._worker()

    @property
    def process_kills(self) -> int:
        """How often a process of ours was killed."""
        return self.worker_kills + self.server_kills

    def kill_the_database(self) -> None:
        """Kill the server with all its children, as a power cut would, and start it again."""
        begun = time.monotonic()
        postgres.kill_hard(CLUSTER)
        self.database_kills += 1
        time.sleep(self.random.uniform(0, 0.3))
        postgres.ensure(CLUSTER)
        self.recovery = time.monotonic() - begun

    def rage(self, seconds: float, progress: Callable[[], str], enough: Callable[[], bool]) -> None:
        """Kill at random times, and whenever the work has just got one step further.

        For `seconds`, and then until it was `enough`, at most four times as long. Workers live
        about twice as long as they take to start: less, and nothing would ever be done.
        """
        begun = time.monotonic()
        next_worker = begun + self._pause()
        next_database = begun + self.random.uniform(1, 3)
        seen = patiently(progress)
        while (passed := time.monotonic() - begun) < 4 * seconds:
            asked = time.monotonic()
            if passed > seconds and patiently(enough):
                return
            self.revive()
            now = patiently(progress)
            # Looking on is not to be what the machine does.
            time.sleep(max(0.01, min(0.2, 4 * (time.monotonic() - asked))))
            if now != seen:
                seen = now
                if self.random.random() < self.eager:
                    self.kill_a_process(now)
            if time.monotonic() >= next_worker:
                self.kill_a_process("at random")
                next_worker = time.monotonic() + self._pause()
            if time.monotonic() >= next_database:
                self.kill_the_database()
                # On a busy machine it comes back late, and is to live for something.
                lives = self.random.uniform(*self.database_lives) + self.recovery
                next_database = time.monotonic() + lives

    def _pause(self) -> float:
        return self.random.uniform(*self.process_lives) * self.startup

    def converge(self, there: Callable[[], bool], seconds: float, how: Callable[[], str]) -> float:
        """Wait, killing nothing more, until everything is there; how long it took.

        Fails after `seconds`, saying `how` things stand and what the processes said last.
        """
        begun = time.monotonic()
        while not patiently(there):
            waited = time.monotonic() - begun
            assert waited < seconds, f"{how()}\n{self.killed_at}\n{self.log.read_text()[-3000:]}"
            self.revive()
            time.sleep(0.2)
        return time.monotonic() - begun


def nothing_is_broken(url: str, grace: float) -> None:
    """Assert that every invariant holds, by the command of the product."""
    ended = subprocess.run(
        manage.command("verify_invariants", "--grace", f"{grace:.0f}"),
        env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr


def the_worker() -> list[str]:
    """The command that runs the product's worker."""
    return manage.command("procrastinate", "worker")


def worker_of_its_own(name: str) -> list[str]:
    """The command of a worker that stands in a file beside this one."""
    return [sys.executable, str(Path(__file__).with_name(f"{name}.py"))]
