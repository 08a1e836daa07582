"""Where a development cluster lies and as whom it runs: decided from the file system alone.

PostgreSQL refuses to run as root, and the user it runs as instead may not be able to enter the
folder the project lies in (a home with mode 0700). Then data and binaries are kept under /var/lib;
the modes of folders that are not ours are never touched.
"""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from devtools.places import LOCAL, ROOT, digest_of

PORT = 5432
ROLE = "mungchi"
# sun_path holds 108 bytes on Linux and 104 on the BSDs, the closing NUL included.
LONGEST_SOCKET_PATH = 103


class PostgresFailed(RuntimeError):
    """The development database cannot be had; the message says why and what to do."""


@dataclass(frozen=True)
class Account:
    """A user of the machine, as the server process will have it."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """One cluster. `account` is None when the server runs as whoever calls."""

    name: str
    home: Path
    account: Account | None

    @property
    def folder(self) -> Path:
        """The folder of the cluster, mode 0700, owned by the server's user."""
        return self.home / self.name

    @property
    def data(self) -> Path:
        """What PostgreSQL calls PGDATA."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "log"

    @property
    def lock(self) -> Path:
        """The file locked while a cluster is started, stopped or dropped."""
        return self.home / f"{self.name}.lock"

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket: the cluster's own, unless that path is too long."""
        socket = self.folder / f".s.PGSQL.{PORT}"
        if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
            return self.folder
        return Path("/tmp") / f"mungchi-{digest_of(self.folder)}"  # noqa: S108

    @property
    def uid(self) -> int:
        """The user id that owns the cluster's files."""
        return os.geteuid() if self.account is None else self.account.uid

    @property
    def outside(self) -> bool:
        """Whether the cluster lies outside the project's folder."""
        return ROOT not in self.home.parents

    def url(self, database: str) -> str:
        """Return the address as libpq and Django read it, by the Unix socket."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{ROLE}@/{quote(database, safe='')}?host={host}&port={PORT}"


def may(account: Account, path: Path, bits: int = 1) -> bool:
    """Tell whether the account may reach `path` and has `bits` (4 read, 1 enter or run) on it.

    Parts that do not exist yet are taken as ours to make. Access lists are not looked at.
    """
    for part in reversed((path, *path.parents)):
        try:
            found = part.stat()
        except FileNotFoundError:
            return True
        wanted = bits if part == path else 1
        if found.st_uid == account.uid:
            shift = 6
        elif found.st_gid == account.gid:
            shift = 3
        else:
            shift = 0
        if (stat.S_IMODE(found.st_mode) >> shift) & wanted != wanted:
            return False
    return True


def place_of(name: str) -> Place:
    """Return where the cluster `name` lies. Has no side effects and starts nothing."""
    inside = LOCAL / "postgres"
    if os.geteuid() != 0:
        return Place(name, inside, None)
    account = _server_account(inside / name)
    if may(account, inside):
        return Place(name, inside, account)
    return Place(name, Path("/var/lib") / f"mungchi-{digest_of(ROOT)}", account)


def _server_account(folder: Path) -> Account:
    """Return as whom root runs the server: the owner of the data, if there is some already."""
    candidates: list[int | str] = ["postgres", "nobody"]
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        candidates.insert(0, owner)
    for candidate in candidates:
        try:
            if isinstance(candidate, int):
                found = pwd.getpwuid(candidate)
            else:
                found = pwd.getpwnam(candidate)
        except KeyError:
            continue
        return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise PostgresFailed(
        "PostgreSQL does not run as root, and this machine has no user 'postgres' or 'nobody' "
        "to run it as. Set DATABASE_URL, or work as an ordinary user."
    )
