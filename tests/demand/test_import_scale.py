"""A hundred thousand lines: how long, and in how much memory, in a process of its own."""

import csv
import json
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import xlsxwriter
from django.db import connection
from tests.committing import committing
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.demand import KOREAN

from mungchi.demand.models import Purchase

__all__ = ["committing"]
LINES = 100_000
# The aim is 30 s on two cores of their own; tests share theirs.
SECONDS = 90
MEGABYTES = 300
PROJECT = Path(__file__).resolve().parents[2]

WORK = """
import json, re, sys, time
from pathlib import Path
import django
django.setup()
from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Seat
from mungchi.demand import operations
office = actor_for(Seat.objects.select_related("user").get(pk=sys.argv[2]))
began = time.monotonic()
with open(sys.argv[1], "rb") as stream:
    row = operations.upload_purchases(actor=office, filename="x", stream=stream)
operations.start_import(actor=office, import_id=row.pk)
uploaded = time.monotonic()
operations.run_import(import_id=row.pk)
row.refresh_from_db()
# Not ru_maxrss: that counts what the parent had when it started this process.
peak = re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())
print(json.dumps({
    "state": row.state, "kept": row.kept, "rejected": row.rejected, "firms": row.firms_new,
    "items": row.items_new, "upload_seconds": round(uploaded - began, 1),
    "run_seconds": round(time.monotonic() - uploaded, 1),
    "megabytes": int(peak[1]) // 1024,
}))
"""


def table() -> list[list[object]]:
    """Return made-up lines: 5,000 firms, 20,000 items, a few lines in a hundred wrong."""
    chance = random.Random(7)
    first = date(2023, 1, 1)
    return [
        [
            f"J{number // 5:07d}", f"A-{chance.randrange(20_000):05d}",
            f"부품 규격 {chance.randrange(20_000)}호", chance.randrange(-1, 100),
            first + timedelta(days=chance.randrange(700)), chance.randrange(10, 99_999) * 10,
            f"M{chance.randrange(5_000):05d}", f"주식회사 업체{chance.randrange(5_000)}",
        ]
        for number in range(LINES)
    ]  # fmt: skip


def write_csv(path: Path) -> None:
    """Write the table as an old Korean program does, with a column of units."""
    with path.open("w", encoding="cp949", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*KOREAN, "단위"])
        for row in table():
            writer.writerow([*row[:4], f"{row[4]:%Y.%m.%d}", f"{row[5]:,}원", *row[6:], "EA"])


def write_xlsx(path: Path) -> None:
    """Write the table as a workbook with real dates and numbers."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    page.write_row(0, 0, KOREAN)
    for at, row in enumerate(table(), start=1):
        page.write_row(at, 0, row)
    book.close()


@pytest.mark.processes
@pytest.mark.parametrize(
    "write",
    # The larger of the two at every merge, both at night.
    [pytest.param(write_csv, marks=pytest.mark.night), write_xlsx],
    ids=["csv", "xlsx"],
)
def test_a_hundred_thousand_lines(committing, write, tmp_path: Path) -> None:
    path = tmp_path / "purchases"
    write(path)
    office = coordinator_of(CooperativeFactory())
    to = connection.settings_dict
    url = f"postgresql://{to['USER']}@/{to['NAME']}?host={quote(to['HOST'], safe='')}"
    made = subprocess.run(
        [sys.executable, "-c", WORK, str(path), str(office.seat_id)],
        env={**os.environ, "PYTHONPATH": str(PROJECT / "backend"),
             "DATABASE_URL": f"{url}&port={to['PORT']}",
             "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    figures = json.loads(made.stdout)
    assert figures["state"] == "done"
    assert figures["kept"] + figures["rejected"] == LINES
    assert Purchase.objects.count() == figures["kept"] > LINES * 0.98
    assert (figures["firms"], figures["items"]) == (5_000, pytest.approx(19_860, abs=30))
    assert figures["megabytes"] < MEGABYTES, figures
    assert figures["upload_seconds"] + figures["run_seconds"] < SECONDS, figures
