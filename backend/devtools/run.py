"""`make up`: everything a developer needs on one port, until Ctrl-C.

PostgreSQL, the payment simulator, migrations, demonstration data, the frontend's build, then the
API, the worker and the frontend's server. What dies is started again. Ending it stops everything;
killing it leaves processes that the next `make up` finds and ends first.
"""

import contextlib
import errno
import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NoReturn

import psycopg

from devtools import manage, node, postgres
from devtools.places import BACKEND, FRONTEND, LOGS, MAIL, ROOT, RUN, SIMULATED, own_folder
from devtools.processes import Child, ProcessFailed, Program, end_orphans

START_SECONDS = 90.0
LOOK_EVERY_SECONDS = 1.0
GRACEFUL_SECONDS = 10
PORTS_TO_TRY = 100


class Stopped(BaseException):
    """Somebody asked for the end; not an Exception, so that nothing takes it for a failure."""


class CannotStart(RuntimeError):
    """Something about the machine or the environment is in the way; the message says what."""


def main() -> int:
    """Run until told to stop; return the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    children: list[Child] = []
    own_database = "DATABASE_URL" not in os.environ
    try:
        with only_one():
            try:
                _set_up(children, own_database=own_database)
                _watch(children, own_database=own_database)
            finally:
                _take_down(children, own_database=own_database)
    except Stopped:
        return 0
    except (
        CannotStart,
        ProcessFailed,
        postgres.PostgresFailed,
        manage.CommandFailed,
        node.FrontendFailed,
    ) as failure:
        print(failure, file=sys.stderr)
        return 1


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold this checkout's place as the one that runs; raises CannotStart when it is taken."""
    own_folder(RUN)
    with (RUN / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotStart(f"`make up` runs here already: {file.read().strip()}") from None
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield


def _set_up(children: list[Child], *, own_database: bool) -> None:
    begun = time.monotonic()
    for name in end_orphans():
        say(f"ended {name}, left by a runner that was killed")
    port = free_port(_wanted_port())
    # Its own process groups know these; so do the management commands below.
    os.environ["PUBLIC_URL"] = address = f"http://localhost:{port}"
    own_folder(MAIL)
    if own_database:
        postgres.ensure()
    _simulate_payments(children, port + 10)
    manage.run("migrate", "--verbosity", "0")
    manage.run("load_demo", "--if-empty")
    node.build()
    api_port = free_port(port + 1)
    live_port = free_port(api_port + 1)
    mail_port = free_port(live_port + 1)
    for program in [*programs(port, api_port, live_port), mail_view(mail_port)]:
        children.append(Child(program))
        children[-1].wait_until_healthy(START_SECONDS)
    _welcome(address, f"http://localhost:{mail_port}", time.monotonic() - begun)


def _simulate_payments(children: list[Child], wanted: int) -> None:
    """Start the payment simulator, unless the environment says where Stripe is asked.

    STRIPE_API_BASE set to nothing is Stripe itself, with a test key.
    """
    if "STRIPE_API_BASE" not in os.environ:
        port = free_port(wanted)
        os.environ["STRIPE_API_BASE"] = f"http://127.0.0.1:{port}"
        children.append(Child(simulator(port)))
        children[-1].wait_until_healthy(START_SECONDS)


def _wanted_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 1 <= int(given) <= 65_535 - PORTS_TO_TRY:
        raise CannotStart(f"PORT must be a port number, not {given!r}")
    return int(given)


def free_port(wanted: int) -> int:
    """Return the first port from `wanted` on that nobody listens on; says so when it moves."""
    for port in range(wanted, wanted + PORTS_TO_TRY):
        if all(_is_free(family, host, port) for family, host in _LOOPBACK):
            if port != wanted:
                say(f"port {wanted} is taken; using {port}")
            return port
    raise CannotStart(f"no free port from {wanted} to {wanted + PORTS_TO_TRY - 1}")


_LOOPBACK = [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]


def _is_free(family: socket.AddressFamily, host: str, port: int) -> bool:
    """Tell whether one could listen there; a machine without the address does not object."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except PermissionError:
        return False
    except OSError as error:
        return error.errno != errno.EADDRINUSE
    return True


def programs(port: int, api_port: int, live_port: int) -> list[Program]:
    """Return what is run, in the order of starting."""
    api, live = f"http://127.0.0.1:{api_port}", f"http://127.0.0.1:{live_port}"
    granian = ["-m", "granian", "--host", "127.0.0.1", "--no-ws", "--respawn-failed-workers"]
    wsgi = ["--interface", "wsgi", "--port", str(api_port), "--workers", "2"]
    wsgi += ["--blocking-threads", "4", "--workers-kill-timeout", str(GRACEFUL_SECONDS)]
    asgi = ["--interface", "asgi", "--port", str(live_port), "--workers-kill-timeout", "3"]
    graceful = ["--shutdown-graceful-timeout", str(GRACEFUL_SECONDS)]
    return [
        Program(
            name="api",
            command=[sys.executable, *granian, *wsgi, "config.wsgi:application"],
            folder=BACKEND,
            healthy=lambda: answers(f"{api}/healthz"),
            patience=GRACEFUL_SECONDS + 5,
        ),
        Program(
            name="live",
            command=[sys.executable, *granian, *asgi, "config.live:application"],
            folder=BACKEND,
            healthy=lambda: answers(f"{live}/healthz"),
        ),
        Program(
            name="worker",
            command=manage.command("procrastinate", "worker", *graceful),
            folder=BACKEND,
            healthy=worker_has_come(),
            patience=GRACEFUL_SECONDS + 5,
        ),
        Program(
            name="frontend",
            command=[str(node.node()), "serve.mjs"],
            folder=FRONTEND,
            environment={"PORT": str(port), "API_ORIGIN": api, "LIVE_ORIGIN": live},
            healthy=lambda: answers(f"http://localhost:{port}/"),
        ),
    ]


def mail_view(port: int) -> Program:
    """Return the program that shows the e-mails."""
    return Program(
        name="mail-view",
        command=[sys.executable, "-m", "devtools.mail_view", str(port)],
        folder=BACKEND,
        healthy=lambda: answers(f"http://127.0.0.1:{port}/"),
    )


def simulator(port: int) -> Program:
    """Return the program that payments are simulated by; what it knows outlives it."""
    return Program(
        name="simulator",
        command=[sys.executable, "-m", "devtools.simulator", str(port), "--state", str(SIMULATED)],
        folder=BACKEND,
        healthy=lambda: answers(f"http://127.0.0.1:{port}/"),
    )


def answers(url: str) -> bool:
    """Tell whether a GET of an address on this machine is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  (always http)
            return bool(response.status == 200)
    except OSError:
        return False


def worker_has_come() -> Callable[[], bool]:
    """Return a question: has a worker shown itself in the database after this moment?"""
    with psycopg.connect(_database_url()) as connection:
        (since,) = connection.execute("SELECT clock_timestamp()").fetchone() or (None,)

    def has_come() -> bool:
        newer = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat >= %s"
        with psycopg.connect(_database_url()) as connection:
            return connection.execute(newer, [since]).fetchone() is not None

    return has_come


def _database_url() -> str:
    return os.environ.get("DATABASE_URL") or postgres.database_url()


def _watch(children: list[Child], *, own_database: bool) -> NoReturn:
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        if own_database and not postgres.is_running():
            say("PostgreSQL is gone; starting it again")
            postgres.ensure()
        for child in children:
            child.watch(say)


def _take_down(children: list[Child], *, own_database: bool) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say("stopping")
    for child in reversed(children):
        child.stop()
    if own_database:
        postgres.stop()


def _welcome(address: str, mails: str, seconds: float) -> None:
    print(f"\n뭉치 Mungchi runs (started in {seconds:.1f} s)\n")
    for where, what in [
        (f"{address}/", "the marketplace"),
        (f"{address}/admin/", "for operators"),
        (f"{mails}/", "e-mails as their readers see them"),
        *_simulated(),
        (str(MAIL.relative_to(ROOT)), "the same as files"),
        (str(LOGS.relative_to(ROOT)), "logs of its processes"),
    ]:
        print(f"  {where:<32} {what}")
    print(flush=True)
    manage.run("load_demo", "--show")
    print("\nCtrl-C stops everything; `make demo-reset` starts over.", flush=True)


def _simulated() -> list[tuple[str, str]]:
    base = os.environ.get("STRIPE_API_BASE")
    return [(f"{base}/", "simulated payments: any key that begins with sk_test_")] if base else []


def say(line: str) -> None:
    """Print a line with the time of day."""
    with contextlib.suppress(BrokenPipeError):
        print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
