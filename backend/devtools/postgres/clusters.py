"""Clusters by name: start, stop, drop, kill, and their addresses.

Every function may be called by several processes at once.
"""

import contextlib
import fcntl
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from devtools.places import LOCAL, own_folder
from devtools.postgres import server
from devtools.postgres.place import Place, PostgresFailed, place_of

DATABASE = "mungchi"


def database_url(name: str = "main", database: str = DATABASE) -> str:
    """Return the address of a database in the cluster `name`. Starts and changes nothing."""
    return place_of(name).url(database)


def ensure(name: str = "main", database: str = DATABASE) -> str:
    """Start the cluster if it does not answer, make the database if it is absent; return its URL.

    Raises PostgresFailed with the reason and the end of the server's log.
    """
    place = place_of(name)
    with _locked(place):
        if not server.answers(place):
            server.bring_up(place)
        server.create_database(place, database)
    return place.url(database)


def is_running(name: str = "main") -> bool:
    """Tell whether the cluster takes connections."""
    return server.answers(place_of(name))


def log_of(name: str = "main") -> Path:
    """Return the file the cluster's server writes its log to."""
    return place_of(name).log


def stop(name: str = "main") -> None:
    """Stop the cluster, ending sessions; does nothing when it is not running."""
    place = place_of(name)
    if place.folder.exists():
        with _locked(place):
            server.shut_down(place)


def drop(name: str) -> None:
    """Stop the cluster and delete its data; does nothing when there is none."""
    place = place_of(name)
    if not place.folder.exists():
        return
    with _locked(place):
        server.shut_down(place)
        shutil.rmtree(place.folder)
        if place.sockets != place.folder:
            shutil.rmtree(place.sockets, ignore_errors=True)


def drop_all() -> None:
    """Drop every cluster of this checkout, and what was kept outside its folder."""
    home = place_of("main").home
    if not home.exists():
        return
    for folder in sorted(home.iterdir()):
        if (folder / "data").exists():
            drop(folder.name)
    shutil.rmtree(home)


def kill_hard(name: str) -> None:
    """Kill the server and all its children (SIGKILL), as a power cut would; for crash tests."""
    server.kill(place_of(name))


@contextlib.contextmanager
def _locked(place: Place) -> Iterator[None]:
    """Hold the cluster's lock, with its home made and known to be this checkout's."""
    own_folder(LOCAL)
    if place.outside:
        with _file_lock(LOCAL / "postgres.lock"):
            _claim(place)
    else:
        own_folder(place.home)
    with _file_lock(place.lock):
        yield


@contextlib.contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _claim(place: Place) -> None:
    """Take a home outside the tree; clusters of a vanished checkout at the same path go.

    Data inside the tree goes with the tree. A token in both places gives data outside the same
    end: without it a fresh clone would find the tables of an old one.
    """
    ours, theirs = LOCAL / "postgres.token", place.home / "token"
    if ours.exists() and theirs.exists() and ours.read_text() == theirs.read_text():
        return
    if place.home.exists():
        for folder in place.home.iterdir():
            if (folder / "data").exists():
                server.shut_down(Place(folder.name, place.home, place.account))
        shutil.rmtree(place.home)
    try:
        own_folder(place.home)
    except OSError as reason:
        raise PostgresFailed(
            f"The user '{place.account.name if place.account else ''}', as whom PostgreSQL has to "
            f"run, cannot enter this folder, and {place.home} cannot be made ({reason}). "
            "Set DATABASE_URL, or work as an ordinary user."
        ) from reason
    token = secrets.token_hex(8)
    theirs.write_text(token)
    ours.write_text(token)
