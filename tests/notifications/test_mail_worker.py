"""Real processes: a mailer that dies at named points, and a worker beside a slow mail server."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from tests.committing import committing, environment
from tests.factories.campaigns import Story
from tests.factories.orders import Deal
from tests.notifications.post_office import PostOffice, free_port, open_on

from mungchi.campaigns.models import Campaign
from mungchi.common import clock, jobs
from mungchi.notifications import stage
from mungchi.notifications.models import Mail

__all__ = ["committing"]
HERE = Path(__file__).resolve().parent
MANAGE = HERE.parents[1] / "backend" / "manage.py"
pytestmark = pytest.mark.processes


def mailing_to(port):
    return {**environment(), "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port),
            "EMAIL_USE_TLS": "false", "PUBLIC_URL": "http://localhost:8000"}  # fmt: skip


def smtp(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def test_a_mailer_killed_at_any_point_loses_none_and_doubles_at_most_the_one_it_held(
    committing, settings
):
    Deal().settling(60, 60)
    stage.tell_people()
    ids = {f"<{pk}@localhost>" for pk in Mail.objects.values_list("pk", flat=True)}
    assert len(ids) >= 5
    port = free_port()
    smtp(settings, port)
    office = PostOffice()
    held = {}
    with open_on(port, office):
        for point in ("taken", "said", "written"):
            before = sum(office.taken.values())
            ended = subprocess.run([sys.executable, str(HERE / "dying_mailer.py"), point],
                                   env=mailing_to(port), check=False)  # fmt: skip
            assert ended.returncode == 9, "it died at the point, and not of something else"
            held[point] = (
                sum(office.taken.values()) - before,
                Mail.objects.filter(state="sending").count(),
            )
            # Three minutes later it counts as lost.
            Mail.objects.filter(state="sending").update(taken_at=F("taken_at") - timedelta(hours=1))
        assert held == {"taken": (0, 1), "said": (1, 1), "written": (1, 0)}
        while stage.send_mail():
            pass
    assert set(office.taken) == ids, "none is lost"
    assert sorted(office.taken.values()) == [1] * (len(ids) - 1) + [2]
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_campaign_closes_on_time_while_a_slow_server_takes_mail(committing):
    deals = [Deal().settling(60, 60) for _ in range(4)]
    stage.tell_people()
    waiting = Mail.objects.filter(state="waiting").count()
    assert waiting >= 20
    closes = clock.now() + timedelta(seconds=15)
    story = Story(given={"closes_at": closes, "offers_due_at": None}).opened()
    story.join(60)
    story.join(60)
    port, office = free_port(), PostOffice()
    office.stall = 1.0
    jobs.wake_mail()
    with open_on(port, office):
        worker = subprocess.Popen(
            [sys.executable, str(MANAGE), "procrastinate", "worker"],
            env=mailing_to(port),
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: office.messages, "the worker sends")
            until(lambda: state_of(story.campaign) not in {"open", "closing"}, "it is cleared")
            late = (clock.now() - closes).total_seconds()
            assert Mail.objects.filter(state="waiting").exists(), (
                "mail was being sent all the while"
            )
            assert late < 5, f"{late:.1f} s after the deadline"
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(40)
    assert len(deals) == 4


def state_of(campaign):
    return Campaign.objects.values_list("state", flat=True).get(pk=campaign.pk)


def until(true, what, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")
