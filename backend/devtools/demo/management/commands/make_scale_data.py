"""`manage.py make_scale_data`: a country of cooperatives on an empty database, to measure on."""

import time
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from devtools.scale import FULL, Sizes, people, trade
from devtools.scale.filling import FUNCTIONS, run
from mungchi.accounts.models import Cooperative

SEED = 940_70_000
BEFORE = 6 * 365
STEPS = (
    ("who there is", people.make), ("campaigns and what came of them", trade.make),
    ("needs and purchases", trade.make_demand),
)  # fmt: skip


class Command(BaseCommand):
    help = "Fill an empty database: 940 cooperatives, 70,000 firms, 2,000,000 commitments."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--divide", type=_positive, default=1, help="as many times fewer rows")
        parser.add_argument("--today", type=date.fromisoformat, default=None,
                            help="made for this day, YYYY-MM-DD")  # fmt: skip
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Data to measure on is not for production.")
        if Cooperative.objects.exists():
            raise CommandError("The database is not empty.")
        make(FULL.divided(options["divide"]) if options["divide"] > 1 else FULL,
             today=options["today"], seed=options["seed"], say=self.stderr.write)  # fmt: skip


def make(sizes: Sizes, *, today: date | None, seed: int, say: Any) -> None:
    """Make everything in one transaction, then let the planner know what is there."""
    day = f"'{today.isoformat()}'::timestamptz" if today else "date_trunc('day', now())"
    begun = time.perf_counter()
    with transaction.atomic():
        # Rows are born in the state they are in, and nobody is to be told of them.
        run("SET LOCAL session_replication_role = replica")
        run("SET LOCAL work_mem = '256MB'")
        run("SET LOCAL maintenance_work_mem = '512MB'")
        run(FUNCTIONS.format(seed=seed))
        run(f"CREATE TEMP TABLE anchor AS SELECT {day} AS today,"
            f" {day} - interval '{BEFORE} days' AS began")  # fmt: skip
        for name, step in STEPS:
            step(sizes)
            say(f"  {name}: {time.perf_counter() - begun:.0f} s")
        for table in ("anchor", "coop", "firm", "member", "deal", "part", "result", "won", "want"):
            run(f"DROP TABLE pg_temp.{table}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say(f"  ready: {time.perf_counter() - begun:.0f} s")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be a whole number from 1")
    return number
