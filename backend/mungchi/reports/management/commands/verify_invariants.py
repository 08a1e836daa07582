"""`manage.py verify_invariants`: print every row that breaks a rule; exit 1 when there is one."""

import json
import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from mungchi.reports.invariants import GRACE, RULES, Breach, breaches


class Command(BaseCommand):
    help = "Look for rows that break a rule of the business; exit 1 when there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
        parser.add_argument("--list", action="store_true", help="only say which rules there are")
        parser.add_argument(
            "--grace", type=int, default=int(GRACE.total_seconds()), metavar="SECONDS",
            help="how long work of the pipeline may wait before it counts as stuck (%(default)s)",
        )  # fmt: skip

    def handle(self, *args: object, **options: Any) -> None:
        """Run every rule in one snapshot of the database, and report."""
        if options["list"]:
            for rule in RULES:
                self.stdout.write(f"{rule.name}: {rule.says}")
            return
        begins = not connection.in_atomic_block
        with transaction.atomic():
            if begins:
                # All rules see one moment, even while people are working.
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = list(breaches(grace=timedelta(seconds=options["grace"])))
        self.stdout.write(_as_json(found) if options["json"] else _as_text(found))
        if found:
            sys.exit(1)


def _as_json(found: list[Breach]) -> str:
    rows = [{"rule": one.rule, "rows": one.rows, "problem": one.problem} for one in found]
    return json.dumps({"rules": len(RULES), "breaches": rows}, ensure_ascii=False)


def _as_text(found: list[Breach]) -> str:
    broken = len({one.rule for one in found})
    summary = f"{len(RULES)} rules: {broken} broken, {len(found)} rows"
    return "\n".join([*map(str, found), summary])
