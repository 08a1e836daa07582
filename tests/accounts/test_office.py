"""An office looks after its cooperative: profile, rules that have an effect, an account that two
people decide on."""

import threading
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    SeatFactory,
    auditor_of,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for, proved
from tests.factories.orders import Deal

from mungchi.accounts import operations
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import ACCOUNT_CHANGE
from mungchi.accounts.models import AccountChange, Cooperative
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import History, Transition
from mungchi.demand import operations as demand
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import stage as payments

__all__ = ["committing"]
ACCOUNT = {"bank_name": "가람은행", "bank_account": "110-482-337190", "bank_holder": "새 예금주"}


@pytest.fixture
def office(db: None) -> Actor:
    return coordinator_of(CooperativeFactory())


def own(actor: Actor) -> Cooperative:
    return Cooperative.objects.get(pk=actor.cooperative_id)


def told(actor: Actor) -> list[str]:
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("event_id")
    return list(rows.values_list("kind", flat=True))


def test_the_database_has_the_same_moves(db: None) -> None:
    rows = Transition.objects.filter(machine="account_change")
    assert set(rows.values_list("from_state", "to_state")) == ACCOUNT_CHANGE.pairs()


def test_a_change_is_kept_with_what_was_before_and_the_same_again_is_none(office: Actor) -> None:
    client = client_for(office)
    answer = client.patch("/api/v1/cooperative", {"region": "부산", "payment_days": 10})
    assert (answer.json()["region"], answer.json()["payment_days"]) == ("부산", 10)
    client.patch("/api/v1/cooperative", {"region": "부산"})
    path = "/api/v1/cooperative/history?group=cooperatives"
    event, change = client.get(path).json()["results"][:2]
    assert (event["what"], change["what"]) == ("cooperative_changed", "changed")
    assert {line["field"]: (line["before"], line["after"]) for line in change["lines"]} == {
        "region": ("", "부산"), "payment_days": ("7", "10"),
    }  # fmt: skip
    assert client_for(auditor_of(own(office))).patch("/api/v1/cooperative", {}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"vat_rate_bp": 10_001}, {"vat_rate_bp": -1}, {"payment_days": 0}, {"payment_days": 91},
        {"default_open_days": 1},
        {"default_open_days": 181}, {"default_rationing": "by_lot"}, {"currency": "XAU"},
        {"zone": "Mars/Olympus"}, {"name": ""},
    ],
)  # fmt: skip
def test_what_a_cooperative_cannot_be_changed_to(office: Actor, body: dict[str, Any]) -> None:
    answer = client_for(office).patch("/api/v1/cooperative", body)
    assert answer.status_code == 422
    assert next(iter(body)) in answer.json()["fields"]
    assert not History.objects.exists()


def test_the_number_is_not_changed(office: Actor) -> None:
    client_for(office).patch("/api/v1/cooperative", {"business_number": "1248100998"})
    assert own(office).business_number == ""


def test_the_rules_are_what_new_campaigns_begin_with(office: Actor) -> None:
    operations.change_cooperative(
        actor=office, payment_days=12, default_rationing="first_come", default_open_days=40,
        vat_rate_bp=800,
    )  # fmt: skip
    item = ItemFactory()
    campaign = campaigns.create_campaign(actor=office, title="공동구매", item_id=item.pk)
    assert (campaign.payment_days, campaign.rationing, campaign.vat_rate_bp) == (
        12, "first_come", 800,
    )  # fmt: skip
    other = campaigns.create_campaign(
        actor=office, title="공동구매", item_id=item.pk, rationing="uniform", payment_days=3
    )
    assert (other.payment_days, other.rationing) == (3, "uniform")

    at = clock.now()
    need = demand.state_need(
        actor=member(own(office)), cooperative_id=office.cooperative_id, item_id=item.pk,
        quantity=3, needed_by=(at + timedelta(days=200)).date(),
    )  # fmt: skip
    pooled = campaigns.create_campaign_from_pool(actor=office, pool_id=need.pool_id)
    zone = ZoneInfo("Asia/Seoul")
    days = pooled.closes_at.astimezone(zone).date() - at.astimezone(zone).date()
    assert (pooled.rationing, pooled.payment_days, days.days) == ("first_come", 12, 40)


@pytest.mark.parametrize("change", [{"currency": "USD"}, {"zone": "Asia/Tokyo"}])
@pytest.mark.django_db
def test_currency_and_zone_stay_while_anything_is_read_in_them(change: dict[str, str]) -> None:
    deal = Deal()
    client = client_for(deal.office)
    refused = client.patch("/api/v1/cooperative", {**change, "region": "부산"})
    assert (refused.status_code, refused.json()["code"]) == (409, "campaigns_running")
    assert own(deal.office).region == ""
    deal.received()
    assert client.patch("/api/v1/cooperative", change).status_code == 409
    deal.campaign.refresh_from_db()
    campaigns.complete_campaign(actor=deal.office, campaign_id=deal.campaign.pk)
    assert client.patch("/api/v1/cooperative", change).status_code == 200

    need = demand.state_need(
        actor=member(deal.host), cooperative_id=deal.host.pk, item_id=deal.item.pk, quantity=1,
        needed_by=(clock.now() + timedelta(days=40)).date(),
    )  # fmt: skip
    back = {"currency": "KRW", "zone": "Asia/Seoul"}
    assert client.patch("/api/v1/cooperative", back).status_code == 409
    demand.withdraw_need(actor=member_of(need), need_id=need.pk)
    assert client.patch("/api/v1/cooperative", back).status_code == 200


def member_of(need: Any) -> Actor:
    from mungchi.accounts.access import actor_for

    return actor_for(need.firm.seats.get())


def test_a_campaign_is_not_drafted_in_a_currency_that_is_just_being_left(
    committing: None,
) -> None:
    """Drafting holds the cooperative: it reads the currency before the change or after it."""
    office = coordinator_of(CooperativeFactory())
    item = ItemFactory()
    begun, made = threading.Event(), []

    def draft() -> None:
        begun.set()
        try:
            made.append(campaigns.create_campaign(actor=office, title="공동구매", item_id=item.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=draft)
    with transaction.atomic():
        operations.change_cooperative(actor=office, currency="USD")
        thread.start()
        begun.wait(10)
        thread.join(0.5)
        assert thread.is_alive(), "it did not wait"
    thread.join(30)
    assert [campaign.currency for campaign in made] == ["USD"]


def test_alone_an_account_holds_at_once_and_whoever_set_it_is_told_as_well(office: Actor) -> None:
    answer = proved(client_for(office)).post("/api/v1/cooperative/account", ACCOUNT)
    assert answer.json()["bank_account"] == ACCOUNT["bank_account"]
    assert answer.json()["account_change"] is None
    notifications.tell_people()
    assert told(office) == ["account_changed"]
    mail.outbox.clear()
    notifications.send_mail()
    assert [message.to for message in mail.outbox] == [
        [SeatFactory._meta.model.objects.get(pk=office.seat_id).user.email]
    ]
    assert ACCOUNT["bank_account"] in mail.outbox[0].body
    event = History.objects.get(kind="account_changed")
    assert event.data["before"]["bank_account"] == "110-222-333333"


def test_an_account_asks_who_it_is_once_more(office: Actor) -> None:
    second = coordinator_of(own(office))
    client = client_for(office)
    answer = client.post("/api/v1/cooperative/account", ACCOUNT)
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    assert not AccountChange.objects.exists()
    proved(client).post("/api/v1/cooperative/account", ACCOUNT)
    path = f"/api/v1/account-changes/{AccountChange.objects.get().pk}"
    answer = client_for(second).post(f"{path}/confirm")
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    assert AccountChange.objects.get().state == "proposed"


def test_with_two_a_second_person_confirms(office: Actor) -> None:
    second, auditor = coordinator_of(own(office)), auditor_of(own(office))
    body = proved(client_for(office)).post("/api/v1/cooperative/account", ACCOUNT).json()
    assert body["bank_account"] == "110-222-333333"
    change = body["account_change"]
    assert (change["state"], change["mine"]) == ("proposed", True)
    notifications.tell_people()
    assert (told(second), told(office)) == (["account_change_proposed"], [])

    path = f"/api/v1/account-changes/{change['id']}"
    own_word = proved(client_for(office)).post(f"{path}/confirm")
    assert (own_word.status_code, own_word.json()["code"]) == (403, "second_person_needed")
    assert proved(client_for(auditor)).post(f"{path}/confirm").status_code == 403
    stranger = coordinator_of(CooperativeFactory())
    assert proved(client_for(stranger)).post(f"{path}/confirm").status_code == 404

    seen = client_for(second).get("/api/v1/cooperative").json()
    assert seen["account_change"]["mine"] is False
    for _ in range(2):
        done = proved(client_for(second)).post(f"{path}/confirm")
        assert done.json()["bank_account"] == ACCOUNT["bank_account"]
    notifications.tell_people()
    assert told(office) == ["account_changed"]
    assert told(second) == ["account_change_proposed", "account_changed"]
    path = "/api/v1/cooperative/history?only=events"
    kinds = [event["what"] for event in client_for(auditor).get(path).json()["results"]]
    assert kinds == ["account_changed", "account_change_confirmed", "account_change_proposed"]


def test_the_same_person_from_another_seat_is_no_second_person(office: Actor) -> None:
    """The person counts, not the seat: one who proposed and came back by another seat."""
    coordinator_of(own(office))
    change = operations.propose_account(actor=office, **ACCOUNT)
    from dataclasses import replace

    other_seat = replace(office, seat_id=None)
    with pytest.raises(operations.SecondPersonNeeded):
        operations.confirm_account(actor=other_seat, change_id=change.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChange.objects.filter(pk=change.pk).update(
            state="confirmed", decided_by=office.user_id
        )


def test_one_change_at_a_time_declined_with_a_reason(office: Actor) -> None:
    second = coordinator_of(own(office))
    first = operations.propose_account(actor=office, **ACCOUNT)
    assert operations.propose_account(actor=office, **ACCOUNT) == first
    with pytest.raises(operations.AccountChangeWaiting):
        operations.propose_account(actor=second, **{**ACCOUNT, "bank_account": "1"})
    operations.decline_account(actor=second, change_id=first.pk, why="통장 사본과 다름")
    notifications.tell_people()
    assert told(office) == ["account_change_declined"]
    assert own(office).bank_account == "110-222-333333"
    with pytest.raises(Exception, match="state_does_not_allow"):
        operations.confirm_account(actor=second, change_id=first.pk)
    present = {name: getattr(own(office), name) for name in ACCOUNT}
    with pytest.raises(operations.AccountUnchanged):
        operations.propose_account(actor=office, **present)


def test_a_colleague_who_cannot_sign_in_is_no_second_person(office: Actor) -> None:
    SeatFactory(role="coordinator", cooperative=own(office), user__is_active=False)
    assert operations.propose_account(actor=office, **ACCOUNT).state == "confirmed"


@pytest.mark.django_db
def test_a_new_account_is_told_to_those_who_were_asked_without_one_and_to_nobody_else() -> None:
    deal = Deal(host=CooperativeFactory(bank_name="", bank_account="", bank_holder=""))
    deal.placed()
    assert "notice" in deal.payments()[0].instructions
    operations.propose_account(actor=deal.office, **ACCOUNT)
    payments.ask_for_payment()
    assert deal.payments()[0].instructions["account"] == ACCOUNT["bank_account"]
    operations.propose_account(actor=deal.office, **{**ACCOUNT, "bank_account": "999"})
    payments.ask_for_payment()
    assert deal.payments()[0].instructions["account"] == ACCOUNT["bank_account"]


def test_two_confirm_at_the_same_moment(committing: None) -> None:
    office = coordinator_of(CooperativeFactory())
    others = [coordinator_of(own(office)), coordinator_of(own(office))]
    change = operations.propose_account(actor=office, **ACCOUNT)
    together = threading.Barrier(2)

    def confirm(actor: Actor) -> None:
        together.wait(10)
        try:
            operations.confirm_account(actor=actor, change_id=change.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[actor]) for actor in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert own(office).bank_account == ACCOUNT["bank_account"]
    assert History.objects.filter(kind="account_changed").count() == 1


def test_story_of_defaults_reaches_the_form(office: Actor) -> None:
    """What the form of a new campaign is filled in with."""
    body = client_for(office).get("/api/v1/cooperative").json()
    assert (body["payment_days"], body["default_rationing"], body["default_open_days"]) == (
        7, "uniform", 14,
    )  # fmt: skip
    assert Story(host=own(office)).campaign.rationing == "uniform"
