"""The product's worker, which waits seconds where the product waits minutes; nothing else differs.

What was not answered is asked again after ANSWER_SECONDS, the sweep comes every other second, and
jobs of a worker that was killed are put back after STALLED_SECONDS. So a test of a minute has what
happens in an hour.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Before anything takes these times over: what reads them takes them from here.
from mungchi.payments.domain import charging

ANSWER_SECONDS: Final = 4
STALLED_SECONDS: Final = 4
charging.ASK_AGAIN_AFTER = charging.LOOK_AGAIN_AFTER = timedelta(seconds=ANSWER_SECONDS)  # type: ignore[misc]
charging.GIVE_UP_AFTER = timedelta(seconds=3 * ANSWER_SECONDS)  # type: ignore[misc]
charging.POLL_EVERY = timedelta(seconds=int(os.environ.get("POLL_SECONDS", "20")))  # type: ignore[misc]

import attr  # noqa: E402
import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.STALLED_JOB_SECONDS = STALLED_SECONDS
settings.PROCRASTINATE_WORKER_DEFAULTS |= {
    "update_heartbeat_interval": 1.0, "fetch_job_polling_interval": 0.3,
}  # fmt: skip
django.setup()

from django.core.management import call_command  # noqa: E402
from procrastinate.contrib.django import app  # noqa: E402

from mungchi.payments.operations import sending  # noqa: E402

sending.AGAIN_AFTER = timedelta(seconds=ANSWER_SECONDS)  # type: ignore[misc]


def main() -> None:
    """Work until the end."""
    app.perform_import_paths()  # the tasks, which a worker loads only when it begins
    known = app.periodic_registry.periodic_tasks
    (sweep,) = [name for name, task in known.items() if task.periodic_id == "sweep"]
    known[sweep] = attr.evolve(known[sweep], cron="* * * * * */2")
    call_command("procrastinate", "worker")
