"""Sealed means sealed: whoever asks, and whatever, gets the same with a rival's offer and without.

Every address of the API that reads is asked as a rival supplier, a member firm, a partner's office
and the host's own office, before the offers are due: with no sealed offer of others there, with
one, and with three at other prices. Answers are equal to the byte, headers and number of queries
too. The same for what operators see, for notices, e-mails and what is announced to open screens.
"""

import io
import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    SeatFactory,
    coordinator_of,
    member,
    partners,
    supplier,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.permissions import walk
from tests.permissions.matrix import LINES

from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.accounts.models import User
from mungchi.accounts.models.sessions import SessionStore
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Campaign, Decision, Offer
from mungchi.common import clock, wall
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db

ABSENT = "0197b2c0-0000-7000-8000-00000000dead"
# What differs from one asking to the next, whatever is there.
PASSING = re.compile(r'"(?:now|request_id|generated_at)":\s*"[^"]*"')
KEY = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DATES = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")


class Scene:
    """A sealed campaign in sourcing with everybody who might be curious."""

    def __init__(self) -> None:
        self.host, self.partner = CooperativeFactory(), CooperativeFactory()
        partners(self.host, self.partner)
        self.story = Story(
            host=self.host,
            given={"sealed": True, "reach": "partners", "partners": [self.partner.pk]},
        ).sourcing()
        self.campaign = self.story.campaign
        self.rival = supplier()
        self.others = [supplier(name=f"조용한공급{n}") for n in range(3)]
        self.firm = member(self.host)
        need(self.host, item=self.campaign.item, firm=self.firm)
        # The rival is a member as well: its page at the office tells what it did.
        self.membership = MembershipFactory(
            cooperative=self.host, firm_id=self.rival.firm_id, firm=None
        ).pk
        # The rival has sealed an offer of its own, and asked something.
        self.own = self.post(self.rival, "100")
        self.question = operations.ask_question(
            actor=self.rival, campaign_id=self.campaign.pk, text="포장을 나눌 수 있습니까?"
        )
        self.askers = {
            "rival supplier": self.rival,
            "member firm": self.firm,
            "partner's office": coordinator_of(self.partner),
            "host's office": self.story.office,
        }
        self.clients = {name: client_for(actor) for name, actor in self.askers.items()}
        # A first asking of everything: sessions and caches are as they will be.
        self.routes = self.routes_of("GET")

    def routes_of(self, *methods: str) -> list[walk.Address]:
        """The addresses that take one of these methods."""
        return [one for one in walk.api() if one.methods & set(methods)]

    def post(self, who: Actor, price: str) -> Offer:
        """One sealed offer with a note and a file."""
        offer = operations.post_offer(
            actor=who, campaign_id=self.campaign.pk, tiers=[(1, Decimal(price))], pack_size=1,
            capacity=None, lead_time_days=5, delivery_cost=0, note="조용히",
            valid_until=clock.now() + timedelta(days=60),
        )  # fmt: skip
        operations.attach_to_offer(
            actor=who, offer_id=offer.pk, filename="인증서.pdf", stream=io.BytesIO(b"%PDF-1 x")
        )
        return offer

    def paths(self) -> list[str]:
        """Every address that reads, for the row here that it could name; lists as files, too."""
        keys = {"campaigns": self.campaign.pk, "offers": self.own.pk,
                "items": self.campaign.item_id,
                "members": self.membership, "questions": self.question.pk}  # fmt: skip
        asked = {line.path.partition("?")[0]: line.path for line in LINES if line.method == "GET"}
        found = []
        for one in self.routes:
            route = asked.get(one.route, one.route)
            key = keys.get(route.partition("/")[0], ABSENT)
            if "?campaigns=" in route:
                key = self.campaign.pk
            path = "/api/v1/" + route.replace("<uuid:pk>", str(key))
            found.append(path)
            if "columns" in vars(one.view) or one.route.endswith("/comparison"):
                found.append(path + ("&" if "?" in path else "?") + "export=xlsx")
        return found


def told(answer: Any) -> tuple[Any, ...]:
    """Everything of an answer that somebody could compare."""
    content = b"".join(answer) if answer.streaming else answer.content
    headers = {k: v for k, v in answer.headers.items() if k.lower() not in {"x-request-id", "date"}}
    if content[:2] == b"PK":
        # The time of making stands in a spreadsheet; its sheets are compared.
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(n) for n in book.namelist() if "core.xml" not in n)
        headers.pop("Content-Length", None)
        # Moments are numbers there.
        content = re.sub(rb"<v>4\d{4}\.\d+</v>", b"", content)
    return answer.status_code, headers, DATES.sub(b"", PASSING.sub("", content.decode()).encode())


def seen(scene: Scene, who: str, within: str = "") -> dict[str, tuple[Any, ...]]:
    """All that one of them gets, each asking undone, with its number of queries."""
    found = {}
    for path in (one for one in scene.paths() if within in one):
        with transaction.atomic():
            # It holds nine thousand, which are fewer than all addresses take.
            connection.queries_log.clear()
            with CaptureQueriesContext(connection) as asked:
                answer = scene.clients[who].get(path)
            found[path] = (*told(answer), len(asked))
            transaction.set_rollback(True)
    return found


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    assert before.keys() == after.keys()
    return [path for path in before if before[path] != after[path]]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    # A session notes once a minute that it is used, with a query that a slow walk would see.
    monkeypatch.setattr(SessionStore, "SEEN_EVERY", timedelta(days=1))
    made = Scene()
    for who in made.clients:
        made.clients[who].get("/api/v1/me")
    return made


def rivals_offer(scene: Scene, *prices: str) -> list[Offer]:
    """As many of the other suppliers offer."""
    return [scene.post(who, price) for who, price in zip(scene.others, prices, strict=False)]


def test_nobody_can_tell_whether_rivals_have_offered(scene: Scene) -> None:
    without = {who: seen(scene, who) for who in scene.clients}
    assert sum(map(len, without.values())) > 500
    with transaction.atomic():
        rivals_offer(scene, "90")
        one = {who: differing(without[who], seen(scene, who))
               for who in ("rival supplier", "host's office")}  # fmt: skip
        transaction.set_rollback(True)
    rivals_offer(scene, "80", "110", "45.5")
    three = {who: differing(without[who], seen(scene, who)) for who in scene.clients}
    assert not any(one.values()), one
    assert not any(three.values()), three


def test_control_once_due_the_hosts_office_sees_them_and_a_query_that_forgets_is_found(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk is able to see an offer: a moment later in the campaign's life, or by mistake."""
    before = seen(scene, "host's office", "/offers")
    with clock.shifted(timedelta(days=3)):
        opened = seen(scene, "host's office", str(scene.campaign.pk))
        shut = seen(scene, "rival supplier", str(scene.campaign.pk))
    rivals_offer(scene, "80")
    with clock.shifted(timedelta(days=3)):
        found = differing(opened, seen(scene, "host's office", str(scene.campaign.pk)))
        assert differing(shut, seen(scene, "rival supplier", str(scene.campaign.pk))) == []
    places = [path.partition("?")[0] for path in found]
    for end in ("offers", "comparison", "history"):
        assert f"/api/v1/campaigns/{scene.campaign.pk}/{end}" in places

    def forgetful(actor: Actor, *, at: Any) -> Any:
        return Offer.objects.filter(campaign__host_id=actor.cooperative_id)

    monkeypatch.setattr(queries, "offers_visible_to", forgetful)
    with wall.down():
        assert differing(before, seen(scene, "host's office", "/offers"))


def test_operators_find_no_sealed_offer_before_it_is_due(scene: Scene) -> None:
    client = Client()
    operator = SeatFactory(role="operator", user__is_staff=True, user__is_superuser=True)
    client.force_login(
        User.objects.get(pk=operator.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    lists = ("offer", "offertier", "offerrevision", "attachment", "campaign", "decision")
    paths = [f"/admin/campaigns/{name}/" for name in lists]
    paths += ["/admin/common/history/", "/admin/common/change/", "/admin/notifications/untold/"]

    def look() -> list[tuple[int, list[str]]]:
        answers = [client.get(path) for path in paths]
        return [(a.status_code, re.findall(r"<t[dh] class=.*?</t[dh]>", a.content.decode()))
                for a in answers]  # fmt: skip

    before = look()
    assert {status for status, _ in before} == {200}
    (rival,) = rivals_offer(scene, "80")
    assert look() == before
    assert client.get(f"/admin/campaigns/offer/{rival.pk}/change/").status_code == 302
    with clock.shifted(timedelta(days=3)):
        assert "조용한공급" in client.get(paths[0]).content.decode()
        assert "조용한공급" in client.get(paths[2]).content.decode()


def test_no_notice_mail_or_announcement_tells_of_a_sealed_offer(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    pipeline.run_stages()
    asked = {actor.user_id for actor in scene.askers.values()}
    notices = Notification.objects.filter(user_id__in=asked)
    before, mails = notices.count(), len(mail.outbox)
    assert before > 0
    rival = scene.others[0]
    with (
        CaptureQueriesContext(connection) as written,
        django_capture_on_commit_callbacks(execute=True),
    ):
        offer = scene.post(rival, "80")
        operations.withdraw_offer(actor=rival, offer_id=offer.pk)
        scene.post(rival, "70")
    assert not [q for q in written if "pg_notify" in q["sql"]]
    with (
        CaptureQueriesContext(connection) as control,
        django_capture_on_commit_callbacks(execute=True),
    ):
        operations.change_campaign(
            actor=scene.story.office, campaign_id=scene.campaign.pk, title="고친 제목"
        )
    assert [q for q in control if "pg_notify" in q["sql"]]
    for _ in range(3):
        pipeline.run_stages()
    assert notices.count() == before
    assert not [m for m in mail.outbox[mails:] if User.objects.filter(
        email__in=m.to, pk__in=asked).exists()]  # fmt: skip
    with clock.shifted(timedelta(days=3)):
        pipeline.run_stages()
    office = scene.story.office.user_id
    assert notices.filter(user_id=office, kind="offer_posted").count() >= 2


def tried(scene: Scene, who: str, offer: str) -> dict[str, tuple[Any, ...]]:
    """What one of them is answered by every write about the campaign or an offer, each undone."""
    found = {}
    keys = {"campaigns": str(scene.campaign.pk), "offers": offer}
    body = {"reason": "추측", "why": "추측", "offer": offer, "text": "추측"}
    for one in scene.routes_of("POST", "PUT", "PATCH", "DELETE"):
        kind = one.route.partition("/")[0]
        if kind not in keys or "<uuid:pk>" not in one.route:
            continue
        path = "/api/v1/" + one.route.replace("<uuid:pk>", keys[kind])
        for method in sorted(one.methods - {"GET"}):
            with transaction.atomic():
                ask = getattr(scene.clients[who], method.lower())
                answer = told(ask(path, body, format="json"))
                transaction.set_rollback(True)
            # What was guessed may be named in an answer, and what a write has made has a new key.
            found[f"{method} {one.route}"] = (*answer[:2], KEY.sub(b"", answer[2]))
    return found


@pytest.mark.parametrize("who", ["rival supplier", "host's office"])
def test_no_write_is_answered_otherwise_with_a_rivals_offer(scene: Scene, who: str) -> None:
    without = tried(scene, who, ABSENT)
    assert len(without) > 25
    (rival,) = rivals_offer(scene, "80")
    # An offer that is there and whose key somebody has, one that is not, and both beside others.
    assert not differing(without, tried(scene, who, str(rival.pk)))
    assert not differing(without, tried(scene, who, ABSENT))


def test_control_a_write_about_ones_own_offer_is_answered_otherwise(scene: Scene) -> None:
    without = tried(scene, "rival supplier", ABSENT)
    assert differing(without, tried(scene, "rival supplier", str(scene.own.pk)))


def test_no_write_tells_whether_there_is_a_sealed_offer(scene: Scene) -> None:
    """Awarding an offer that one guesses, asking for its versions or confirming nothing."""
    (rival,) = rivals_offer(scene, "80")
    office = scene.clients["host's office"]
    path = f"/api/v1/campaigns/{scene.campaign.pk}/award"
    answers = []
    for guess in (str(rival.pk), ABSENT):
        answer = office.post(path, {"offer": guess, "reason": "추측"}, format="json")
        body = answer.json()
        body.pop("request_id")
        answers.append((answer.status_code, body))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert not Decision.objects.exists()
    assert Campaign.objects.get(pk=scene.campaign.pk).awarded_offer_id is None
    assert json.dumps(answers[0][1])
