"""One server process: making its data, starting it whatever came before, stopping, killing."""

import contextlib
import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from devtools.postgres import binaries as programs
from devtools.postgres.binaries import Binaries
from devtools.postgres.place import PORT, ROLE, Place, PostgresFailed

CONF = "mungchi.conf"
START_SECONDS = 120
# How long children of a killed server may take to notice before they are killed as well.
LINGER_SECONDS = 10
# Clusters whose data can be made again from nothing.
THROWN_AWAY = {"test", "replay"}
LOG_BYTES = 10_000_000
# What the server says while a server before it is not quite gone.
NOT_YET = ("pre-existing shared memory block", "already exists", "could not bind")


def bring_up(place: Place) -> None:
    """Start the cluster, making its data first if there are none; return when it answers."""
    binaries = programs.find(place)
    _check_ownership(place)
    _check_version(place, binaries)
    if not (place.data / "PG_VERSION").exists():
        _initialise(place, binaries)
    _make_private(place.sockets, place)
    _write_configuration(place)
    if place.log.exists() and place.log.stat().st_size > LOG_BYTES:
        place.log.replace(place.log.with_name("log.1"))
    _start(place, binaries)
    _check_trigrams(place)


def _check_ownership(place: Place) -> None:
    if place.folder.exists() and place.folder.stat().st_uid != place.uid:
        raise PostgresFailed(
            f"{place.folder} belongs to another user of this machine: work as that user (or root), "
            "or have them run `make clean`."
        )


def _check_version(place: Place, binaries: Binaries) -> None:
    """Refuse data of another major version; some clusters hold none worth keeping."""
    file = place.data / "PG_VERSION"
    if not file.exists() or int(file.read_text()) == binaries.major:
        return
    if place.name in THROWN_AWAY:
        shutil.rmtree(place.folder)
        return
    raise PostgresFailed(
        f"The data in {place.data} were made by PostgreSQL {file.read_text().strip()}, the "
        f"programs are {binaries.major}. `make demo-reset` starts over."
    )


def _initialise(place: Place, binaries: Binaries) -> None:
    """Make the data folder. It gets its name last, so that one broken off is never taken for it."""
    _make_private(place.folder, place)
    half = place.folder / "data.new"
    shutil.rmtree(half, ignore_errors=True)
    made = _run(
        place,
        binaries.folder / "initdb",
        *("-D", half.name, "-U", ROLE, "--auth=trust", "--data-checksums", "--no-instructions"),
        *binaries.locale_options(),
    )
    if made.returncode:
        raise PostgresFailed(f"initdb failed:\n{made.stdout.strip()[-1500:]}")
    with (half / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"\ninclude '{CONF}'\n")
    half.rename(place.data)


def _write_configuration(place: Place) -> None:
    file = place.data / CONF
    file.write_text(_configuration(place), encoding="utf-8")
    file.chmod(0o600)
    if place.account is not None:
        os.chown(file, place.account.uid, place.account.gid)


def _configuration(place: Place) -> str:
    folder = str(place.sockets).replace("\\", "\\\\").replace("'", "''").replace('"', '""')
    lines = [
        "# Written at every start by devtools.postgres.",
        "listen_addresses = ''",
        f"port = {PORT}",
        f"unix_socket_directories = '\"{folder}\"'",
        "unix_socket_permissions = 0700",
        "max_connections = 200",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "log_line_prefix = '%m [%p] %d '",
    ]
    if place.name in THROWN_AWAY:
        # They may lose their data with the machine, and are faster for it.
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    return "\n".join(lines) + "\n"


def _start(place: Place, binaries: Binaries) -> None:
    """Start the server and wait until it answers, also right after one was killed."""
    begun = time.monotonic()
    while True:
        lingering = _forget_dead_server(place)
        if lingering and time.monotonic() - begun > LINGER_SECONDS:
            kill(place)
        before = place.log.stat().st_size if place.log.exists() else 0
        started = _run(
            place, binaries.folder / "pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "60", "start"
        )
        if answers(place):
            return
        said = started.stdout + _text_from(place.log, before)
        waited = time.monotonic() - begun
        if waited > START_SECONDS or not (lingering or any(words in said for words in NOT_YET)):
            raise PostgresFailed(
                f"PostgreSQL does not start ({place.log}):\n{said.strip()[-2000:]}"
            )
        time.sleep(0.25)


def _forget_dead_server(place: Place) -> bool:
    """Tell whether processes of a dead server still run; delete a pid file that nobody stands for.

    A pid file may name a process that has died unreaped or whose number somebody else has by now;
    PostgreSQL would believe it. It is deleted only when no process works in the data folder, since
    it is also what keeps two servers off the same data.
    """
    servers = _servers(place)
    postmaster = _pid_in_file(place)
    if servers:
        return postmaster not in {process.pid for process in servers}
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    return False


def _servers(place: Place) -> list[psutil.Process]:
    """Return the processes that work in the data folder: the postmaster and its children."""
    data = str(place.data.resolve())
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cwd() == data and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def _pid_in_file(place: Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def shut_down(place: Place) -> None:
    """Stop the server, ending sessions; does nothing when it is not running."""
    if not _servers(place):
        return
    binaries = programs.find(place)
    for mode in ("fast", "immediate"):
        stop_it = ("-D", "data", "-w", "-t", "30", "-m", mode, "stop")
        if _run(place, binaries.folder / "pg_ctl", *stop_it).returncode == 0:
            return
    kill(place)


def kill(place: Place) -> None:
    """Kill the server and all its children (SIGKILL), as a power cut would."""
    servers = _servers(place)
    # The postmaster first: a postmaster that sees a child die starts to recover.
    servers.sort(key=lambda process: process.pid != _pid_in_file(place))
    for process in servers:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(servers, timeout=LINGER_SECONDS)


def _run(place: Place, program: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run a program of PostgreSQL as the server's user, inside the cluster's folder.

    Paths given to it are relative: pg_ctl hands them to a shell.
    """
    as_user: dict[str, object] = {}
    if place.account is not None:
        as_user = {"user": place.account.uid, "group": place.account.gid, "extra_groups": []}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [program, *args],
        cwd=place.folder,
        env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        **as_user,
    )


def _make_private(folder: Path, place: Place) -> None:
    """Make a folder that only the server's user enters; refuse one that somebody else made."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
        if place.account is not None:
            os.chown(folder, place.account.uid, place.account.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.uid or found.st_mode & 0o077:
        raise PostgresFailed(f"{folder} is not a folder of the server's user alone; remove it.")


def _connect(place: Place, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(place.url(database), autocommit=True, connect_timeout=10)


def answers(place: Place) -> bool:
    """Tell whether the server takes connections."""
    try:
        with _connect(place) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def create_database(place: Place, database: str) -> None:
    """Make the database unless it is there."""
    with _connect(place) as connection:
        exists = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(exists, [database]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _check_trigrams(place: Place) -> None:
    """Raise PostgresFailed when Korean text has no trigrams: searching would find nothing."""
    with _connect(place) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT cardinality(show_trgm('뭉치'))").fetchone()
    if row is None or not row[0]:
        raise PostgresFailed(
            f"The cluster in {place.folder} was made with a locale in which Korean letters are no "
            "letters: searching would find nothing. `make demo-reset` makes it anew."
        )


def _text_from(path: Path, offset: int) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(offset)
        return file.read().decode(errors="replace")
