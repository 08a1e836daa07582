"""Real processes and real clients against a database of their own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, connections
from psycopg import sql

from devtools.places import BACKEND
from mungchi.accounts.access import Actor
from mungchi.accounts.models import User

AUTHENTICATION = "allauth.account.auth_backends.AuthenticationBackend"


def database_url() -> str:
    """The address of the database that Django uses now, as a child process is given it."""
    given = connection.settings_dict
    password = f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else ""
    place = f"host={quote(str(given['HOST']), safe='')}&port={given['PORT']}"
    return f"postgresql://{given['USER']}{password}@/{quote(given['NAME'])}?{place}"


@contextmanager
def own_database(name: str) -> Iterator[str]:
    """Point Django at a fresh copy of the (empty, migrated) test database; yield its address.

    Rows are committed there for other processes to see, and the copy is dropped at the end.
    """
    given = connections.settings["default"]
    template, copy = given["NAME"], f"{given['NAME']}_{name}"[:63]
    connection.close()
    _administer(given, "DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)
    _administer(given, "CREATE DATABASE {} TEMPLATE {}", copy, template)
    given["NAME"] = copy
    try:
        yield database_url()
    finally:
        connection.close()
        given["NAME"] = template
        _administer(given, "DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)


def _administer(given: dict, statement: str, *names: str) -> None:
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"],
        password=given["PASSWORD"] or None, dbname="postgres", autocommit=True,
    ) as admin:  # fmt: skip
        admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def say(line: str) -> None:
    """Print what a failure needs to be played again: seeds and what happened."""
    print(line)  # noqa: T201


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def served(url: str, log: Path, workers: int = 2) -> Iterator[int]:
    """Run the project's server on a port of its own; yield the port."""
    wsgi = ["--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "4"]
    with _listening(url, log, [*wsgi, "config.wsgi:application"]) as port:
        yield port


@contextmanager
def streaming(url: str, log: Path, **variables: str) -> Iterator[int]:
    """Run the event stream on a port of its own; yield the port."""
    asgi = ["--interface", "asgi", "config.live:application"]
    with _listening(url, log, asgi, **variables) as port:
        yield port


def serving_command(port: int) -> list[str]:
    """The command that runs the project's server on a port, with one process for requests."""
    return _granian(port, ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4",
                           "config.wsgi:application"])  # fmt: skip


def _granian(port: int, what: Sequence[str]) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), "--no-ws"),
        *("--workers-kill-timeout", "3", *what),
    ]


@contextmanager
def _listening(url: str, log: Path, what: Sequence[str], **variables: str) -> Iterator[int]:
    port = free_port()
    command = _granian(port, what)
    environment = {**os.environ, "DATABASE_URL": url, "LOG_LEVEL": "WARNING", **variables}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=BACKEND, env=environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_until(lambda: _answers(port), 30, lambda: log.read_text()[-2000:])
        yield port
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(8)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/healthz"
    with suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def _wait_until(there: Callable[[], bool], seconds: float, why: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise AssertionError(f"not there after {seconds} s: {why()}")
        time.sleep(0.05)


def sign_in(actors: Sequence[Actor]) -> list[str]:
    """Make a session for each person in the database, without a password; return their keys."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    users = User.objects.in_bulk([actor.user_id for actor in actors])
    keys = []
    for actor in actors:
        session = store()
        session[SESSION_KEY] = str(actor.user_id)
        session[BACKEND_SESSION_KEY] = AUTHENTICATION
        session[HASH_SESSION_KEY] = users[actor.user_id].get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    return keys


class Browser:
    """One signed-in person with a connection of its own that stays open."""

    def __init__(self, port: int, actor: Actor, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        token = "t" * 32
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "X-Seat": str(actor.seat_id),
            "Content-Type": "application/json",
            "Accept": "application/json",
        }

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, dict]:
        """Send one request; return status and parsed body ({} when there is none)."""
        payload = None if body is None else json.dumps(body)
        self.connection.request(method, f"/api/v1{path}", payload, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else {}

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def in_threads(works: Sequence[Callable[[], None]]) -> None:
    """Run all at once, each with a connection of its own; raise what any of them raised."""
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:  # noqa: BLE001 - handed on below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
        assert not thread.is_alive(), "a thread hangs"
    if failures:
        raise failures[0]
