"""What test databases are copies of: made once, again when it is another, and never when half."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from devtools import postgres, pytest_plugin
from devtools.postgres import binaries, templates
from devtools.postgres.place import place_of

pytestmark = pytest.mark.processes
# In place of the migrations: it notes that it ran, and may fail.
WRITES = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("CREATE TABLE made AS SELECT %r AS by")
"""


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a database that is not there, on the tests' server."""
    pytest_plugin.start_test_cluster()
    given = urlsplit(os.environ["DATABASE_URL"])
    url = given._replace(path=f"/templates_{os.getpid()}").geturl()
    yield url
    templates.drop_template(url)
    with psycopg.connect(url, dbname="postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS templates_{os.getpid()}")


def made_by(url: str) -> str:
    with psycopg.connect(url) as connection:
        (who,) = connection.execute("SELECT by FROM made").fetchone() or ("nobody",)
        return str(who)


def test_it_is_made_once_and_again_when_its_ingredients_change(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = f"templates_{os.getpid()}"
    monkeypatch.setattr(templates, "digest", lambda: "first")
    monkeypatch.setattr(templates, "MIGRATE", WRITES % "first")
    assert made_by(templates.fresh(url, copy)) == "first"
    monkeypatch.setattr(templates, "MIGRATE", WRITES % "second")
    with psycopg.connect(url) as somebody:
        somebody.execute("INSERT INTO made VALUES ('somebody')")
    assert made_by(templates.fresh(url, copy)) == "first", "made anew, of the same template"
    monkeypatch.setattr(templates, "digest", lambda: "second")
    assert made_by(templates.fresh(url, copy)) == "second"


def test_one_whose_migrations_failed_is_never_used(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "digest", lambda: "whole")
    monkeypatch.setattr(
        templates, "MIGRATE", WRITES % "half" + "\nraise SystemExit('no such rule')"
    )
    with pytest.raises(postgres.PostgresFailed, match="no such rule"):
        templates.template_of(url)
    monkeypatch.setattr(templates, "MIGRATE", WRITES % "whole")
    assert made_by(templates.fresh(url, f"templates_{os.getpid()}")) == "whole"


@pytest.fixture
def beside() -> Iterator[str]:
    """A cluster of its own beside that of the tests, which has its template ready."""
    templates.template_of(postgres.database_url(templates.SOURCE))
    name = f"beside{os.getpid()}"
    yield postgres.ensure(name)
    postgres.drop(name)


def dumped(url: str) -> list[str]:
    """All that is in the template of a server, as a program would make it again."""
    folder = binaries.find(place_of(templates.SOURCE)).folder
    template = urlsplit(url)._replace(path=f"/{templates.template_of(url)}").geturl()
    ended = subprocess.run(
        [folder / "pg_dump", "--dbname", template], capture_output=True, text=True, check=True
    )
    # A word is another one every time, and lists of words are written with other casts.
    lines = [line for line in ended.stdout.splitlines() if "restrict " not in line]
    return [re.sub(r"[()]|::character varying|::text(\[\])?", "", line) for line in lines]


@pytest.mark.skipif(not pytest_plugin.OWN_CLUSTER, reason="there is no cluster of the tests")
def test_another_cluster_takes_what_that_of_the_tests_has_ready(
    beside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "MIGRATE", "raise SystemExit('was migrated again')")
    ours, theirs = dumped(beside), dumped(postgres.database_url(templates.SOURCE))
    assert len(ours) > 10_000
    assert ours == theirs


@pytest.mark.skipif(not pytest_plugin.OWN_CLUSTER, reason="there is no cluster of the tests")
def test_another_cluster_migrates_what_that_of_the_tests_has_not(
    beside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "digest", lambda: "another")
    monkeypatch.setattr(templates, "MIGRATE", WRITES % "migrating")
    assert made_by(templates.fresh(beside, "one_more")) == "migrating"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project with one app, whose migration uses something of another."""
    files = {
        "config/settings.py": "from config.env import text\n",
        "config/env.py": "",
        "mungchi/shop/models.py": "",
        "mungchi/shop/operations.py": "",
        "mungchi/shop/migrations/0001_first.py": "def f():\n    from mungchi.common import walls\n",
        "mungchi/shop/migrations/rows.sql": "",
        "mungchi/common/walls.py": "import mungchi.common.stones as stones\n",
        "mungchi/common/stones.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    ["config/env.py", "mungchi/shop/models.py", "mungchi/shop/migrations/rows.sql",
     "mungchi/shop/migrations/0002_second.py", "mungchi/common/stones.py"],
)  # fmt: skip
def test_whatever_a_database_is_made_of_is_an_ingredient(tree: Path, changed: str) -> None:
    before = templates.digest(tree)
    (tree / "mungchi/shop/operations.py").write_text("sold = True\n")
    assert templates.digest(tree) == before, "no migration asks for that"
    (tree / changed).write_text("other = True\n")
    assert templates.digest(tree) != before


@pytest.mark.django_db
def test_a_copy_lets_the_role_of_requests_read_tables_that_are_yet_to_come() -> None:
    from django.db import connection

    from mungchi.common.wall import ROLE

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE yet_to_come (n int)")
        cursor.execute("SELECT has_table_privilege(%s, 'yet_to_come', 'UPDATE')", [ROLE])
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT has_table_privilege(%s, 'common_transition', 'UPDATE')", [ROLE])
        assert cursor.fetchone() == (False,)
