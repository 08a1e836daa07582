"""`manage.py replay_purchases FILE`: what would these firms have paid, had they bought together?

Writes a report (HTML and .xlsx) and prints one JSON object as its last line. It fills a database,
so it wants an empty one: `make replay FILE=...` makes one for it. With `--foretell` (FORETELL=1) it
asks another question of the same history: how well would next month have been foretold?
"""

import json
import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mungchi.accounts.models import Cooperative
from mungchi.common.errors import Refused
from mungchi.common.money import EXPONENTS
from mungchi.demand.domain.fields import FIELDS
from mungchi.reports.domain.foretold import figures_of, table_of
from mungchi.reports.operations import foretell_history, replay_history
from mungchi.reports.operations.replay_report import write_report

SECONDS_BETWEEN_REPORTS = 2.0
# A data set whose licence asks for this wherever a figure from it is shown.
ONLINE_RETAIL = (
    "Daqing Chen, Sai Liang Sain, Kun Guo (2012): Online Retail. "
    "UCI Machine Learning Repository, CC BY 4.0."
)
# Each takes about 120 MB; more than the machine has processors only wait for each other.
MOST_PROCESSES = max(1, min(4, os.cpu_count() or 1))


class Command(BaseCommand):
    help = "Replay a purchase history as group buys and report what would have been saved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="purchase history: CSV or .xlsx")
        parser.add_argument(
            "--map", action="append", default=[], metavar="FIELD=COLUMN",
            help=f"column name or number (from 1) of a field: {', '.join(FIELDS)}",
        )  # fmt: skip
        parser.add_argument("--currency", default="GBP", choices=sorted(EXPONENTS))
        parser.add_argument("--processes", type=int, default=MOST_PROCESSES,
                            choices=range(1, MOST_PROCESSES + 1))  # fmt: skip
        parser.add_argument("--source", default=None, help="where the data is from, cited in it")
        parser.add_argument(
            "--output", type=Path, default=settings.PROJECT / "build" / "replay",
            help="folder for replay.html and replay.xlsx",
        )  # fmt: skip
        parser.add_argument(
            "--foretell", action="store_true",
            help="month by month, what the past alone foretells, beside the same as last month",
        )  # fmt: skip

    def handle(self, *args: object, **options: Any) -> None:
        """Run the replay, write the report, print the figures."""
        mapping = _mapping(options["map"])
        path: Path = options["file"]
        if Cooperative.objects.exists():
            raise CommandError(
                "This database is in use. The replay wants an empty one: make replay FILE=..."
            )
        began = time.monotonic()
        try:
            with path.open("rb") as stream:
                answer = self._foretell if options["foretell"] else self._replay
                figures = answer(
                    path,
                    options,
                    stream=stream,
                    filename=path.name,
                    currency=options["currency"],
                    mapping=mapping,
                    report=_reporter(),
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        except Refused as error:
            raise CommandError(_explained(error)) from None
        self.stderr.write(f"{time.monotonic() - began:.0f} s")
        self.stdout.write(json.dumps(figures))

    def _replay(self, path: Path, options: dict[str, Any], **history: Any) -> dict[str, Any]:
        """Buy it together again and write the report."""
        replay = replay_history(**history, processes=options["processes"])
        written = write_report(
            replay,
            folder=options["output"],
            filename=path.name,
            source=_source(options["source"], path),
        )
        for file in written:
            self.stderr.write(f"report: {file}")
        return replay.as_json()

    def _foretell(self, path: Path, options: dict[str, Any], **history: Any) -> dict[str, Any]:
        """Foretell month by month; a table of the months goes before the figures of all."""
        walked = foretell_history(**history)
        for line in table_of(walked):
            self.stdout.write(line)
        if source := _source(options["source"], path):
            self.stdout.write(source)
        return figures_of(walked)


def _source(given: str | None, path: Path) -> str:
    """What to cite: as given, else what the file's name is known for."""
    if given is None and path.name.lower().replace("_", "-").startswith("online-retail"):
        return ONLINE_RETAIL
    return given or ""


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if field not in FIELDS or not column.strip():
            raise CommandError(f"--map {pair}: want FIELD=COLUMN, FIELD of {', '.join(FIELDS)}")
        mapping[field] = column
    return mapping


def _explained(error: Refused) -> str:
    lines = [error.text.en]
    for name, entries in error.fields.items():
        lines += [f"  {name}: {text.en}" for _, text in entries if text.en != error.text.en]
    return "\n".join(lines)


def _reporter() -> Any:
    last = 0.0

    def report(what: str, done: int, of: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done in {0, of} or now - last >= SECONDS_BETWEEN_REPORTS:
            last = now
            print(f"{what}: {done} / {of}", file=sys.stderr, flush=True)

    return report
