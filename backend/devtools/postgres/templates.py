"""Empty, migrated databases by copying: migrations take many seconds, a copy takes a tenth of one.

On each server one database is migrated and keeps what it was made of, as a digest, in its comment;
the others are copies of it. When the digest is another one, it is made anew. Where the cluster of
the tests has the same, that is dumped and restored, which takes a tenth of migrating.
"""

import ast
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
from psycopg import sql

from devtools.places import BACKEND
from devtools.postgres import binaries, clusters
from devtools.postgres.place import PostgresFailed, place_of

# Held while a template is made; any number does that nobody else takes.
LOCK = 815_207
# The cluster of which others take what it has ready.
SOURCE = "test"
# Django draws all models anew for nearly every step, and the collector would look at them in vain.
MIGRATE = """
import gc, runpy, sys
gc.set_threshold(200_000, 20, 100)
sys.argv = ["manage.py", "migrate", "--verbosity", "0"]
runpy.run_path("manage.py", run_name="__main__")
"""


def template_of(url: str) -> str:
    """Return the name of the migrated database on the server of `url`; make it if need be.

    `url` names a database, whether it is there or not; the template is called after it. Processes
    that ask at once wait for the one that makes it. Raises PostgresFailed when a migration fails.
    """
    name, wanted = _name(url), digest()
    with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if _made_of(admin, name) != wanted:
            _drop(admin, name)
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            if not _restored(wanted, _beside(url, name)):
                _migrate(_beside(url, name))
            # Last, so that one that was broken off is never taken for whole.
            comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
            admin.execute(comment.format(sql.Identifier(name), sql.Literal(wanted)))
    return name


def fresh(url: str, database: str) -> str:
    """Make `database` an empty, migrated one on the server of `url`; return its address.

    What was in it is gone, whoever was connected. Raises as template_of does.
    """
    template = template_of(url)
    with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
        _drop(admin, database)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(copy.format(sql.Identifier(database), sql.Identifier(template)))
    return _beside(url, database)


def drop_template(url: str) -> None:
    """Leave no template on the server of `url`."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
        _drop(admin, _name(url))


def digest(root: Path = BACKEND) -> str:
    """Return what stands for everything that a migrated database is made of.

    All files beside migrations, models and settings, all modules of ours that they import, directly
    or not, and the versions of all packages.
    """
    total = hashlib.sha256()
    for file in sorted(_ingredients(root)):
        total.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    total.update("\0".join(_packages()).encode())
    return total.hexdigest()


def _ingredients(root: Path) -> set[Path]:
    found: set[Path] = set()
    waiting = [root / "config" / "settings.py"]
    for pattern in ("apps.py", "models.py", "models/**/*.py", "migrations/**/*"):
        waiting += root.glob(f"*/*/{pattern}")
    while waiting:
        file = waiting.pop()
        if file in found or not file.is_file() or file.suffix == ".pyc":
            continue
        found.add(file)
        if file.suffix == ".py":
            waiting += (place for name in _imports(root, file) for place in _places(root, name))
    return found


def _imports(root: Path, file: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, also inside its functions."""
    own = file.relative_to(root).parts[:-1]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            before = own[: len(own) + 1 - node.level] if node.level else ()
            module = (*before, *([node.module] if node.module else []))
            yield from (".".join((*module, alias.name)) for alias in node.names)


def _places(root: Path, name: str) -> Iterator[Path]:
    """Yield where a dotted name may lie; importing it runs the packages around it as well."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:length])
        yield from (place.with_suffix(".py"), place / "__init__.py")


def _packages() -> Iterable[str]:
    spec = importlib.util.find_spec("django")
    if spec is None or spec.origin is None:
        raise PostgresFailed("There is no Django in .venv: run `make venv`.")
    return sorted(path.name for path in Path(spec.origin).parents[1].glob("*.dist-info"))


def _restored(wanted: str, into: str) -> bool:
    """Fill an empty database from the template of the tests' cluster; False, and nothing is done,
    where that does not run, has another, or programs are missing."""
    if not clusters.is_running(SOURCE):
        return False
    url, copy = clusters.database_url(SOURCE), f"dumped_{os.getpid()}"
    with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
        if _made_of(admin, _name(url)) != wanted:
            return False
        # Not the template itself: nobody can copy a database to which somebody is connected.
        _drop(admin, copy)
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        admin.execute(create.format(sql.Identifier(copy), sql.Identifier(_name(url))))
        try:
            return _dumped(_beside(url, copy), into)
        finally:
            _drop(admin, copy)


def _dumped(source: str, into: str) -> bool:
    folder = binaries.find(place_of(SOURCE)).folder
    psql = (str(folder / "psql"), "--no-psqlrc", "--quiet", "--dbname", into)
    dump = (str(folder / "pg_dump"), "--dbname", source)
    roles = (str(folder / "pg_dumpall"), "--roles-only", "--dbname", source)
    try:
        # Roles that are there already are no error: ours is.
        said = subprocess.run(roles, capture_output=True, check=True)
        subprocess.run(psql, input=said.stdout, capture_output=True, check=False)
        said = subprocess.run(dump, capture_output=True, check=True)
        whole = (*psql, "--single-transaction", "--set", "ON_ERROR_STOP=1")
        subprocess.run(whole, input=said.stdout, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _migrate(url: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", MIGRATE],
        cwd=BACKEND,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if ended.returncode:
        raise PostgresFailed(f"{ended.stdout}\nthe migrations of an empty database failed")


def _made_of(admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> object:
    row = admin.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return row and row[0]


def _drop(admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _name(url: str) -> str:
    """Return the template's name, by which a developer knows it for one of the tests'."""
    return f"test_{unquote(urlsplit(url).path.lstrip('/'))}_template"


def _beside(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{quote(name, safe='')}").geturl()
