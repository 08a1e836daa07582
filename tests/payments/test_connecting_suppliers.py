"""A supplier connects its account: one is made, what is missing is said, what is told applied."""

import json
from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import supplier
from tests.factories.charging import hear
from tests.factories.clients import client_for
from tests.factories.connected import Connected
from tests.simulated import Simulated

from devtools.simulator.webhooks import signature
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations, stage
from mungchi.payments.models import Payee, ProviderEvent
from mungchi.payments.operations import payout_errors as errors
from mungchi.payments.operations.payees import what_is_wrong
from mungchi.payments.providers.facts import PayeeFact

pytestmark = pytest.mark.django_db


def test_pressed_twice_one_account_is_made_and_both_pages_are_its(simulator: Simulated) -> None:
    deal = Connected().at_provider(simulator)
    found = [
        operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk) for _ in range(2)
    ]
    assert len({row.pk for row, _ in found}) == 1
    assert len({url for _, url in found}) == 2
    assert simulator.state()["calls"]["account_create"] == 1
    assert (deal.payee.standing, deal.payee.payable) == ("open", False)
    with urlopen(found[0][1], timeout=10) as page:
        assert "공급사" in page.read().decode()


def test_a_lost_answer_makes_no_second_account(simulator: Simulated) -> None:
    deal = Connected().at_provider(simulator)
    simulator.fault("drop", "account_create", acts=True)
    with pytest.raises(errors.NotReached):
        operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    assert deal.payee.standing == "none"
    simulator.control("faults", clear=True)
    operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    made = [one for one in simulator.control("objects", kind="account") if one.get("type")]
    assert [one["id"] for one in made] == [deal.payee.external_id]
    assert made[0]["metadata"]["payee"] == str(deal.payee.pk)


@pytest.mark.parametrize(
    ("outcome", "standing", "words"),
    [
        ("complete", "ready", "받을 수 있음"),
        ("partly", "open", "신분증이나 확인 서류"),
        ("checked", "checking", "결제대행사 심사 중"),
        ("rejected", "refused", "결제대행사가 거절함"),
    ],
)
def test_what_is_missing_is_said_in_words(
    simulator: Simulated, outcome: str, standing: str, words: str
) -> None:
    deal = Connected().at_provider(simulator)
    assert what_is_wrong(None).ko == "연결하지 않음"
    operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    row = deal.settle(outcome)
    assert (row.standing, what_is_wrong(row).ko) == (standing, words)
    assert row.payable == (outcome == "complete")


def test_what_was_asked_before_the_last_that_is_written_changes_nothing(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    row = deal.payee
    old = PayeeFact(row.external_id, False, True, "KRW", "US", ("external_account",))
    assert row.told_at is not None
    operations.apply_payee(payee_id=row.pk, fact=old, asked_at=row.told_at - timedelta(seconds=1))
    assert deal.payee.payable
    other = PayeeFact("acct_else", False, True, "KRW", "US")
    operations.apply_payee(payee_id=row.pk, fact=other, asked_at=clock.now())
    assert deal.payee.payable
    operations.apply_payee(payee_id=row.pk, fact=old, asked_at=clock.now())
    assert not deal.payee.payable
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Payee.objects.filter(pk=row.pk).update(external_id="acct_else")


def test_a_message_about_a_connected_account_is_taken_and_one_about_a_strange_one_refused(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    client = client_for(deal.office)
    url = f"/api/v1/webhooks/stripe/{deal.host.pk}"
    secret = simulator.credentials().webhook_secret
    about = {"id": deal.payee.external_id, "object": "account"}

    def sent(account: str) -> int:
        body = json.dumps({
            "id": f"evt_{account}", "object": "event", "type": "account.updated",
            "created": int(clock.now().timestamp()), "livemode": False, "account": account,
            "data": {"object": about},
        }).encode()  # fmt: skip
        header = signature(body, secret, int(clock.now().timestamp()))
        answer = client.generic("POST", url, body, "application/json", HTTP_STRIPE_SIGNATURE=header)
        return int(answer.status_code)

    assert sent("acct_strange") == 400
    simulator.control("payee", payee=deal.payee.external_id, outcome="stopped")
    assert deal.payee.payable
    assert sent(deal.payee.external_id) == 200
    hear()
    assert not deal.payee.payable
    assert ProviderEvent.objects.get(kind="account.updated").state == "applied"
    notifications.tell_people()
    told = Notification.objects.filter(kind="payee_stopped").values_list("user_id", flat=True)
    assert {deal.supplier.user_id, deal.office.user_id} <= set(told)


def test_what_nobody_told_of_is_looked_at_by_itself(simulator: Simulated) -> None:
    deal = Connected().at_provider(simulator)
    operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    simulator.control("payee", payee=deal.payee.external_id, outcome="complete")
    assert operations.watch_payees() == 0
    with clock.shifted(timedelta(hours=1, minutes=1)):
        assert stage.send_payouts() == 1
        assert deal.payee.payable
        assert operations.watch_payees() == 0
    simulator.control("payee", payee=deal.payee.external_id, outcome="rejected")
    with clock.shifted(timedelta(hours=3)):
        assert operations.watch_payees() == 0
    with clock.shifted(timedelta(hours=26)):
        simulator.fault("drop", "account_retrieve")
        assert operations.watch_payees() == 0
        simulator.control("faults", clear=True)
    with clock.shifted(timedelta(hours=52)):
        assert operations.watch_payees() == 1
        assert deal.payee.standing == "refused"


def test_only_suppliers_of_the_cooperative_connect_and_only_what_is_theirs_is_seen(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    stranger = supplier()
    with pytest.raises(NotFound):
        operations.connect_payee(actor=stranger, cooperative_id=deal.host.pk)
    with pytest.raises(NotFound):
        operations.look_at_payee(actor=stranger, payee_id=deal.payee.pk)
    told = client_for(deal.supplier).get("/api/v1/payees").json()
    assert [(one["cooperative"]["id"], one["payee"]["standing"]) for one in told["places"]] == [
        (str(deal.host.pk), "ready")
    ]
    office = client_for(deal.office).get("/api/v1/payees").json()
    assert (office["places"], [one["id"] for one in office["payees"]]) == ([], [str(deal.payee.pk)])


def test_the_panel_says_whether_it_can_be_sent_and_why_not(simulator: Simulated) -> None:
    deal = Connected().at_provider(simulator)
    client = client_for(deal.office)
    address = f"/api/v1/campaigns/{deal.campaign.pk}/payout"
    told = client.get(address).json()["transfer"]
    assert (told["able"], told["payee"]) == (False, None)
    assert "연결하지 않음" in told["why"]
    operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    deal.settle("complete")
    told = client.get(address).json()["transfer"]
    assert (told["able"], told["why"], told["payee"]["standing"]) == (True, "", "ready")
    made = client.post(address, {"way": "stripe"}, format="json")
    assert (made.status_code, made.json()["way"]) == (201, "stripe")
    wrong = client.post(address, {"way": "nowhere"}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "payout_under_way")


def test_a_cooperative_without_an_account_offers_none(simulator: Simulated) -> None:
    deal = Connected().at_provider(simulator)
    type(deal.account).objects.filter(pk=deal.account.pk).update(state="off")
    with pytest.raises(NotFound):
        operations.connect_payee(actor=deal.supplier, cooperative_id=deal.host.pk)
    address = f"/api/v1/campaigns/{deal.campaign.pk}/payout"
    assert client_for(deal.office).get(address).json()["transfer"] is None
    refused = client_for(deal.office).post(address, {"way": "stripe"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_way")
