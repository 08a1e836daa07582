"""`make bench`: speeds of the product, measured in one run, as a table and as JSON.

A cluster and a database of its own, made anew. `--quick` does the same with few rows: it shows
that the benchmark works and says nothing about speed. `--only lists` takes lists, boards and
bundles alone, `--only charging` charging by saved methods; how PostgreSQL reads each list is said
in build/bench/plans.md.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
# `python tests/bench` puts this folder on the path; factories and product lie elsewhere.
sys.path[:0] = [str(ROOT / "backend"), str(ROOT), str(ROOT / "tests")]

from devtools import postgres  # noqa: E402
from devtools.postgres import templates  # noqa: E402

FULL = {
    "commitments": 70_000,
    "campaigns": 1_000,
    "rounds": 6,
    "seconds": 2.5,
    "divide": 1,
    "screens": 1_000,
    "mails": 10_000,
    "charges": 5_000,
    # How often a page is read beside the floor, and at the size of the country.
    "pages": 40,
    "times": 5,
}
QUICK = {
    "commitments": 1_000,
    "campaigns": 30,
    "rounds": 2,
    "seconds": 0.5,
    "divide": 300,
    "screens": 20,
    "mails": 60,
    "charges": 60,
    "pages": 2,
    "times": 1,
}


def main() -> int:
    """Measure; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows; only to see that it runs")
    parser.add_argument("--only", choices=["lists", "charging"], default=None,
                        help="lists and bundles, and their plans; or charging")  # fmt: skip
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--cluster", default="bench", help="which PostgreSQL cluster (bench)")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "bench" / "bench.json")
    given = parser.parse_args()
    sizes = QUICK if given.quick else FULL
    stop_after = not postgres.is_running(given.cluster)
    databases = [f"{part}_{os.getpid()}" for part in ("bench", "scale")]
    try:
        server = postgres.ensure(given.cluster)
        url, _ = (templates.fresh(server, name) for name in databases)
        return run(given, sizes, url, databases[1])
    finally:
        for name in databases:
            drop_database(given.cluster, name)
        if stop_after:
            postgres.stop(given.cluster)


def say(line: str) -> None:
    """Print a line at once: this takes minutes, and somebody waits."""
    print(line, flush=True)  # noqa: T201


def run(given: argparse.Namespace, sizes: dict[str, float], url: str, country: str) -> int:
    """Make the tables, take the figures, print and write them."""
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    from django.db import connection

    from bench import charging, demand
    from bench.figures import Figure, table, write

    say(f"seed {given.seed}, sizes {sizes}, {os.cpu_count()} cores")
    begun = time.perf_counter()
    figures: list[Figure] = []
    match given.only:
        case "lists":
            taken = only_lists(sizes, country)
        case "charging":
            taken = charging.measure(int(sizes["charges"]))
        case _:
            taken = measured(url, Random(given.seed), sizes, country)
    for figure in taken:
        figures.append(figure)
        say(f"  {figure.name}: {figure.value:.2f} {figure.unit}")
    about = {
        "seed": given.seed, "sizes": sizes, "cores": os.cpu_count(),
        "load": os.getloadavg()[0], "server_version": connection.pg_version,
        "seconds": time.perf_counter() - begun,
    }  # fmt: skip
    say(f"\n{table(figures)}\n\nload average {about['load']:.1f}")
    write(figures, about, given.output)
    given.output.with_name("plans.md").write_text(demand.written(figures), encoding="utf-8")
    connection.close()
    return 0 if given.quick or all(figure.ok for figure in figures) else 1


def measured(url: str, random: Random, sizes: dict[str, float], country: str):
    """Yield every figure; those of the country's size from the empty database named."""
    from datetime import timedelta

    from django.db import connection
    from tests.factories.campaigns import Story

    from bench import charging, demand, joining, large, mailing, pages, scale, streaming
    from mungchi.common import clock

    yield from large.measure(int(sizes["commitments"]), random)
    yield from mailing.measure(int(sizes["mails"]))
    yield from charging.measure(int(sizes["charges"]))
    closes_at = clock.now() + timedelta(days=3)
    story = Story(given={"closes_at": closes_at, "offers_due_at": None}).opened()
    twins = pages.many_like(story, int(sizes["campaigns"]))
    with tempfile.TemporaryDirectory() as folder:
        yield from joining.measure(
            story.host, [story.campaign.pk, *twins], url, Path(folder), random,
            rounds=int(sizes["rounds"]), seconds=sizes["seconds"],
        )  # fmt: skip
        yield from streaming.measure(url, Path(folder), int(sizes["screens"]), sizes["seconds"])
    yield from pages.measure(story, url, len(twins) + 3, int(sizes["pages"]))
    connection.close()
    connection.settings_dict["NAME"] = country
    yield from scale.measure(int(sizes["divide"]), int(sizes["times"]), say)
    yield from demand.measure(int(sizes["divide"]), int(sizes["times"]))


def only_lists(sizes: dict[str, float], country: str):
    """Yield what `demand` measures, on a country with less of a past, in the database named."""
    from django.db import connection

    from bench import demand, scale

    connection.settings_dict["NAME"] = country
    yield scale.make(int(sizes["divide"]), say, history=15)
    yield from demand.measure(int(sizes["divide"]), int(sizes["times"]))


def drop_database(cluster: str, name: str) -> None:
    """Drop the database again, whoever is still connected."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(postgres.database_url(cluster, "postgres"), autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


if __name__ == "__main__":
    sys.exit(main())
