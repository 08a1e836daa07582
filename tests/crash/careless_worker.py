"""The control's worker: it makes orders without a lock and without asking which are there.

It makes them in one transaction and writes down that it did in the next, as code does that thinks
of a job as something that runs once.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import Error, connection, transaction  # noqa: E402
from django.db.models import Exists, OuterRef  # noqa: E402

from mungchi.accounts.access import SYSTEM  # noqa: E402
from mungchi.campaigns import stage  # noqa: E402
from mungchi.campaigns.models import Campaign, ClearingLine  # noqa: E402
from mungchi.common import clock  # noqa: E402
from mungchi.common.bulk import copy_rows  # noqa: E402
from mungchi.common.history import record  # noqa: E402
from mungchi.common.models import History  # noqa: E402
from mungchi.orders import queries  # noqa: E402
from mungchi.orders.models import Order  # noqa: E402
from mungchi.orders.operations import placing  # noqa: E402

# As long as a slow machine might take between two statements.
PAUSE_SECONDS = 0.3


def place_carelessly() -> None:
    told = History.objects.filter(subject_id=OuterRef("pk"), kind="orders_placed")
    for campaign in Campaign.objects.filter(~Exists(told), state="settling"):
        run = queries.latest_run(campaign)
        at = clock.now()
        lines = list(
            ClearingLine.objects.filter(run=run, awarded__gt=0)
            .order_by("arrival")
            .values_list(
                "id",
                "firm_id",
                "cooperative_id",
                "commitment__partner_fee_bp",
                "awarded",
                "awarded_parts",
                "commitment__deliver_to",
                "firm__address",
            )
        )
        with transaction.atomic():
            copy_rows(Order, placing.FIELDS, placing._orders(campaign, run, lines, at))
        time.sleep(PAUSE_SECONDS)
        with transaction.atomic():
            record(campaign, kind="orders_placed", actor=SYSTEM, at=at, thread=campaign.pk,
                   cooperative_id=campaign.host_id, data={"run": str(run.pk)})  # fmt: skip


def main() -> None:
    while True:
        try:
            stage.close_due()
            stage.clear_closed()
            place_carelessly()
        except Error:
            connection.close()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
