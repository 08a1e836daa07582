"""The coordinator decides when payments lapsed and the rest does not carry the price."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.campaigns.test_second_coordinator import works_for
from tests.factories.accounts import CooperativeFactory, coordinator_of, supplier
from tests.factories.clients import client_for
from tests.factories.lapses import decide, hold, lapsed, runs
from tests.factories.orders import Deal

from mungchi import pipeline
from mungchi.campaigns import operations
from mungchi.campaigns.models import Decision, Hold
from mungchi.campaigns.operations import holding
from mungchi.campaigns.operations.closing import TitleNotTyped
from mungchi.campaigns.operations.deciding import NoSecondCoordinator
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications.models import Notification
from mungchi.notifications.queries.desk import desk_of
from mungchi.orders import stage as order_stage
from mungchi.payments import stage
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Any:
    """After each of these stories, every invariant holds."""
    yield
    assert [str(breach) for breach in breaches()] == []


def short(**given: Any) -> Deal:
    """Ninety are left where a hundred were needed for the price."""
    return lapsed(Deal(**given).placed(30, 40, 50), 0)


def test_the_supplier_gives_its_word_and_the_smaller_order_goes_out() -> None:
    deal = short()
    decide(deal, "word", reason="꼭 필요한 종이")
    assert order_stage.issue_purchase_orders() == 0
    pipeline.run_stages()
    told = Notification.objects.get(user_id=deal.supplier.user_id, kind="smaller_order_asked")
    assert "90" in told.sentence_ko
    assert any(row.kind == "word" for row in desk_of(deal.supplier, clock.now()))
    for _ in range(2):
        row = operations.answer_word(
            actor=deal.supplier, hold_id=hold(deal).pk, accept=True, why="단골이라"
        )
    assert (row.state, row.answer) == ("held", "단골이라")
    assert order_stage.issue_purchase_orders() == 1
    bought = deal.purchase_order
    assert (bought.quantity, bought.total, bought.subsidy) == (90, 90 * 90 + 810, 0)
    kinds = [kind for kind in deal.trail() if kind in {"smaller_order_asked", "word_given"}]
    assert kinds == ["smaller_order_asked", "word_given"]
    pipeline.run_stages()
    assert Notification.objects.filter(user_id=deal.office.user_id, kind="word_given").exists()


def test_the_supplier_refuses_and_the_office_pays_instead() -> None:
    deal = short()
    decide(deal, "word")
    operations.answer_word(actor=deal.supplier, hold_id=hold(deal).pk, accept=False, why="손해")
    with pytest.raises(holding.NothingToDecide):
        operations.answer_word(actor=deal.supplier, hold_id=hold(deal).pk, accept=True, why="")
    decide(deal, "pay")
    assert [row.state for row in Hold.objects.order_by("id")] == ["refused", "held"]
    with pytest.raises(holding.NothingToDecide):
        decide(deal, "word")
    assert order_stage.issue_purchase_orders() == 1


def test_what_was_asked_of_the_supplier_is_taken_back_by_deciding_otherwise() -> None:
    deal = short()
    decide(deal, "word")
    asked = hold(deal)
    with pytest.raises(holding.NothingToDecide):
        decide(deal, "word")
    decide(deal, "pay")
    with pytest.raises(holding.NothingToDecide):
        operations.answer_word(actor=deal.supplier, hold_id=asked.pk, accept=True, why="")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_only_the_supplier_of_the_offer_is_asked() -> None:
    deal = short()
    decide(deal, "word")
    for who in (supplier(), deal.office, deal.people[1]):
        with pytest.raises(NotFound):
            operations.answer_word(actor=who, hold_id=hold(deal).pk, accept=True, why="")


def test_letting_it_fail_gives_back_what_was_paid() -> None:
    deal = short()
    decide(deal, "word")
    decide(deal, "fail", reason="가격이 맞지 않음")
    assert deal.state() == "failed"
    assert hold(deal).state == "lapsed"
    assert (order_stage.cancel_orders(), stage.return_money()) == (2, 2)
    assert sorted(row.state for row in deal.payments()) == ["lapsed", "refund_due", "refund_due"]
    pipeline.run_stages()
    # Who lapsed has been told so, and is owed nothing.
    assert not Notification.objects.filter(
        user_id=deal.people[0].user_id, kind="campaign_failed"
    ).exists()
    assert Notification.objects.filter(
        user_id=deal.people[1].user_id, kind="campaign_failed"
    ).exists()


def test_nothing_is_decided_about_what_carries_or_has_changed_or_is_anothers() -> None:
    deal = lapsed(Deal().placed(60, 60, 10), 2)
    for choice in ("word", "pay"):
        with pytest.raises(holding.NothingToDecide):
            decide(deal, choice)
    deal = short()
    with pytest.raises(holding.RestChanged):
        operations.decide_rest(
            actor=deal.office, campaign_id=deal.campaign.pk, run_id=runs(deal)[0].pk,
            choice="pay", reason="x",
        )  # fmt: skip
    with pytest.raises(NotFound):
        decide(deal, "pay", who=coordinator_of(CooperativeFactory()))


def test_a_broken_pack_is_for_the_supplier_to_sell_and_for_nobody_to_pay() -> None:
    deal = lapsed(Deal(pack_size=10).placed(60, 55, 5), 2)
    assert (runs(deal)[-1].outcome, runs(deal)[-1].quantity) == ("short", 115)
    with pytest.raises(holding.NoPriceForIt):
        decide(deal, "pay")
    decide(deal, "word")
    operations.answer_word(actor=deal.supplier, hold_id=hold(deal).pk, accept=True, why="")
    assert order_stage.issue_purchase_orders() == 1
    assert deal.purchase_order.quantity == 115


@pytest.mark.parametrize(("least", "asked"), [(8_100, True), (8_101, False)])
def test_above_an_amount_the_title_is_typed(least: int, *, asked: bool) -> None:
    deal = short()
    # Ninety at ninety are 8,100.
    type(deal.host).objects.filter(pk=deal.host.pk).update(typed_close_from=least)
    for typed in ("", "복사용지") if asked else ():
        with pytest.raises(TitleNotTyped):
            decide(deal, "pay", typed=typed)
    decide(deal, "pay", typed=" 복사용지 공동구매 " if asked else "")
    assert hold(deal).state == "held"


@pytest.mark.parametrize("choice", ["word", "pay", "fail"])
def test_whose_own_firm_is_concerned_asks_a_second_coordinator(choice: str) -> None:
    deal = short()
    works_for(deal.office, deal.people[1])
    with pytest.raises(NoSecondCoordinator):
        decide(deal, choice)
    second = coordinator_of(deal.host)
    decide(deal, choice, reason="우리도 필요")
    assert (deal.state(), Hold.objects.count()) == ("settling", 0)
    row = Decision.objects.get(kind=choice)
    pipeline.run_stages()
    assert Notification.objects.filter(user_id=second.user_id, kind="decision_asked").exists()
    assert any(row.kind == "second" for row in desk_of(second, clock.now()))
    operations.confirm_decision(actor=second, decision_id=row.pk)
    if choice == "fail":
        assert deal.state() == "failed"
        return
    assert (hold(deal).kind, hold(deal).decided_by_id, hold(deal).reason) == (
        choice, second.user_id, "우리도 필요",
    )  # fmt: skip


def test_failing_otherwise_asks_a_second_coordinator_too() -> None:
    deal = Deal().placed(30, 40)
    works_for(deal.office, deal.people[0])
    second = coordinator_of(deal.host)
    operations.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="그만")
    assert deal.state() == "settling"
    operations.confirm_decision(actor=second, decision_id=Decision.objects.get().pk)
    assert deal.state() == "failed"
    assert History.objects.get(kind="campaign_failed").user_id == second.user_id


def test_the_database_refuses_who_decides_about_its_own_firm_and_changes_of_what_was() -> None:
    deal = short()
    decide(deal, "pay")
    row = hold(deal)
    with pytest.raises(IntegrityError, match="what was decided stays"), transaction.atomic():
        Hold.objects.filter(pk=row.pk).update(difference=0)
    works_for(deal.office, deal.people[1])
    again = Hold(campaign=row.campaign, run=row.run, kind="word", reason="x",
                 decided_by_id=deal.office.user_id, at=row.at)  # fmt: skip
    with pytest.raises(IntegrityError, match="whose firm is concerned"), transaction.atomic():
        again.save()


def test_the_grace_that_firms_read_stays() -> None:
    deal = Deal(given={"grace_days": 3}).opened()
    with pytest.raises(IntegrityError, match="were told of its grace"), transaction.atomic():
        type(deal.campaign).objects.filter(pk=deal.campaign.pk).update(grace_days=0)


def test_the_desk_says_that_something_is_to_be_decided() -> None:
    deal = short()
    assert [row.kind for row in desk_of(deal.office, clock.now()) if row.kind == "decide"] == [
        "decide"
    ]
    decide(deal, "pay")
    assert not [row for row in desk_of(deal.office, clock.now()) if row.kind == "decide"]


def test_over_the_wire() -> None:
    deal = short()
    office, maker = client_for(deal.office), client_for(deal.supplier)
    path = f"/api/v1/campaigns/{deal.campaign.pk}"
    seen = office.get(f"{path}/payments-outlook").json()
    assert (seen["decide"], seen["short"], seen["lapsed"]["count"]) == (True, True, 1)
    assert (seen["now"]["quantity"], seen["now"]["difference"]) == (90, 990)
    body = {"run": seen["run"], "choice": "word", "reason": "필요"}
    assert office.post(f"{path}/decide-rest", {**body, "reason": ""}).status_code == 422
    assert office.post(f"{path}/decide-rest", body).status_code == 200
    word = maker.get(f"{path}/asked-word").json()["word"]
    assert (word["quantity"], word["before"], word["unit_price"]) == (90, 120, "90")
    assert client_for(deal.people[1]).get(f"{path}/asked-word").json()["word"] is None
    refused = maker.post(f"/api/v1/holds/{word['id']}/answer", {"accept": False})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["why"])
    answered = maker.post(f"/api/v1/holds/{word['id']}/answer", {"accept": True})
    assert answered.json()["word"]["state"] == "held"
    assert office.get(f"{path}/payments-outlook").json()["holds"][0]["state"] == "held"


AGAIN = "남은 기업으로 다시 정산"


def test_others_are_not_told_by_how_much_the_rest_is_smaller() -> None:
    deal = short()
    path = f"/api/v1/campaigns/{deal.campaign.pk}"
    for who in (deal.people[1], deal.supplier):
        seen = client_for(who).get(f"{path}/clearing").json()
        assert (seen["number"], seen["outcome"]) == (1, "succeeded")
        assert "90" not in client_for(who).get(path).json()["outcome"]["text"].replace("90원", "")
        assert AGAIN not in client_for(who).get(f"{path}/history").content.decode()
    office = client_for(deal.office)
    assert AGAIN in office.get(f"{path}/history").content.decode()
    assert office.get(f"{path}/clearing").json()["outcome"] == "short"
    lines = office.get(f"{path}/clearing/lines").json()["results"]
    assert [row["verdict"] for row in lines].count("lapsed") == 1
    assert office.get(f"{path}/clearing", {"export": "xlsx"}).status_code == 200
