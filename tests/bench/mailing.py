"""Ten thousand e-mails of one event: telling, and sending them to a real mail server."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from tests.factories import crowd
from tests.factories.campaigns import Story
from tests.notifications.post_office import free_port, listens

from bench.figures import Figure, at_most
from mungchi.accounts.models import Seat, User
from mungchi.common.models import History
from mungchi.notifications import operations, stage
from mungchi.notifications.models import Mail


def measure(count: int) -> Iterator[Figure]:
    """Yield how long an event that is mailed to so many takes to be told, and to be sent."""
    story = Story().opened()
    people = crowd.buyers(crowd.firms(story.host, count, "받는 기업"))
    ids = [actor.firm_id for actor in people if actor.firm_id]
    crowd.commit_all(story.campaign, ids, [crowd.Terms(1)] * count)
    story.cleared()
    event = History.objects.get(thread=story.campaign.pk, kind="campaign_cleared")
    begun = time.perf_counter()
    operations.tell(event_id=event.pk)
    yield at_most(f"telling {count:,} people of one event", time.perf_counter() - begun, "s", 15.0)
    with _server() as port, override_settings(**_to(port)):
        begun = time.perf_counter()
        sent = 0
        while done := stage.send_mail():
            sent += done
        seconds = time.perf_counter() - begun
    assert sent >= count
    assert not Mail.objects.filter(event=event).exclude(state="sent").exists()
    assert User.objects.count() >= Seat.objects.count() > 0
    yield Figure(f"{count:,} e-mails to a mail server, one after the other", seconds, "s")
    yield Figure("e-mails a second", sent / seconds, "/s")
    connection.close()


def _to(port: int) -> dict[str, object]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "MAIL_BATCH": settings.MAIL_BATCH,
    }


@contextmanager
def _server() -> Iterator[int]:
    """A mail server in a process of its own, which takes everything and keeps nothing."""
    port = free_port()
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}",
               "-c", "aiosmtpd.handlers.Sink"]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            while not listens(port):
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
