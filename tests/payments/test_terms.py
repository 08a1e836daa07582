"""Buying on terms: who may, up to how much, and what becomes of the order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.orders import Deal
from tests.factories.terms import OnTerms, limit, terms

from mungchi.accounts.models import Seat
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import Change, History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.domain.terms import due_at
from mungchi.payments.models import CreditLine, OnAccount, Payment, TermsChoice
from mungchi.payments.operations import terms as deeds
from mungchi.payments.queries import terms as found
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta(minutes=15))]


def told(deal: Deal) -> list[str]:
    """What the first firm reads, oldest first."""
    notifications.tell_people()
    rows = Notification.objects.filter(seat__firm_id=deal.people[0].firm_id).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_an_order_on_terms_waits_for_no_money_and_the_others_do():
    deal = OnTerms().placed()
    mine, theirs = deal.payments()
    assert (mine.state, mine.provider, mine.lapses_at) == ("on_account", "invoice", None)
    assert (theirs.state, theirs.provider) == ("awaiting_transfer", "bank_transfer")
    deal.campaign.refresh_from_db()
    zone = deal.host.timezone
    assert mine.due_at == due_at("month_end", 10, deal.campaign.closed_at, zone)
    assert [order.state for order in deal.orders()] == ["paid", "awaiting_payment"]
    taken = OnAccount.objects.get(payment=mine)
    assert (taken.before, taken.amount, taken.limit) == (0, mine.amount, 5_000_000)
    assert in_order() == []
    # Nothing else holds the purchase order up.
    deal.pay(theirs)
    order_stage.issue_purchase_orders()
    assert deal.purchase_order.state == "issued"
    assert in_order() == []


def test_the_books_owe_the_supplier_while_the_receivable_stays_open():
    deal = OnTerms().confirmed()
    stage.book_sales()
    mine, _ = deal.payments()
    money = queries.money_of(deal.campaign)
    assert mine.state == "on_account"
    assert money.open == mine.amount
    assert money.held == 0
    assert money.supplier_open == deal.purchase_order.total
    assert in_order() == []


def test_what_is_on_account_does_not_lapse():
    deal = OnTerms().placed()
    with clock.shifted(timedelta(days=200)):
        stage.lapse_payments()
        mine, theirs = deal.payments()
        assert (mine.state, theirs.state) == ("on_account", "lapsed")


def test_what_is_above_the_limit_is_paid_by_transfer_and_the_firm_is_told_why():
    deal = OnTerms().joined(60, 60)
    limit(deal.office, deal.firm, 1_000)
    deal.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    mine, _ = deal.payments()
    assert (mine.state, mine.provider) == ("awaiting_transfer", "bank_transfer")
    assert not OnAccount.objects.exists()
    event = History.objects.get(kind="terms_refused", subject_id=mine.pk)
    assert event.data["reason"] == "above_limit"
    kinds = told(deal)
    assert "terms_refused" in kinds
    assert "payments_asked" not in kinds
    (row,) = Notification.objects.filter(kind="terms_refused", seat__firm_id=deal.firm.firm_id)
    assert "남은 외상 한도를 넘음" in row.sentence_ko
    assert mine.reference in row.sentence_ko
    assert in_order() == []


def test_a_limit_of_exactly_what_is_owed_is_enough_and_one_won_less_is_not():
    first = OnTerms().placed(60, 60)
    total = first.payments()[0].amount
    second = OnTerms(host=first.host, item=first.item).joined(60, 60, most=total)
    second.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    assert second.payments()[0].state == "on_account"
    third = OnTerms(host=first.host, item=first.item).joined(60, 60, most=total - 1)
    third.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    assert third.payments()[0].state == "awaiting_transfer"


def test_a_second_order_finds_what_the_first_left_of_the_limit():
    first = OnTerms().placed(60, 60)
    mine = first.payments()[0]
    limit(first.office, first.firm, 2 * mine.amount)
    again = [_again(first) for _ in range(2)]
    states = [deal.payments()[0].state for deal in again]
    assert states == ["on_account", "awaiting_transfer"]
    before = OnAccount.objects.order_by("made_at").values_list("before", flat=True)
    assert list(before) == [0, mine.amount]
    assert in_order() == []


def _again(deal: OnTerms) -> OnTerms:
    """Another campaign of the same office with the same firm in it, cleared and asked for."""
    other = OnTerms(host=deal.host, item=deal.item)
    other.opened()
    other.join(60, firm=deal.firm)
    other.join(60)
    other.choose(deal.firm)
    other.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    return other


def test_a_firm_that_is_overdue_beyond_the_grace_buys_nothing_more_on_terms():
    deal = OnTerms().placed(60, 60)
    mine = deal.payments()[0]
    days = (mine.due_at - clock.now()).days
    with clock.shifted(timedelta(days=days + 5)):
        assert found.standing_in(deal.campaign, deal.firm.firm_id, clock.now())[1].why == ""
    with clock.shifted(timedelta(days=days + 9)):
        assert found.standing_in(deal.campaign, deal.firm.firm_id, clock.now())[1].why == "overdue"
        (row,) = found.credit_lines_visible_to(deal.office, clock.now())
        assert (row.stopped, row.open, row.to_30, row.not_due) == (
            True,
            mine.amount,
            mine.amount,
            0,
        )
        other = OnTerms(host=deal.host, item=deal.item)
        other.opened()
        other.join(60, firm=deal.firm)
        with pytest.raises(deeds.TermsNotGiven):
            other.choose(deal.firm)


def test_the_office_sees_who_owes_how_long():
    deal = OnTerms().placed(60, 60)
    mine = deal.payments()[0]
    since = (mine.due_at - clock.now()).days + 1
    seen = {}
    for late in (-1, 1, 30, 31, 60, 61, 90, 91):
        with clock.shifted(timedelta(days=since + late - 1)):
            answer = client_for(deal.office).get("/api/v1/credit-lines", {"owing": "true"})
            (row,) = answer.json()["results"]
            seen[late] = next(
                name for name in ("not_due", "to_30", "to_60", "to_90", "over_90") if row[name]
            )
    assert seen == {-1: "not_due", 1: "to_30", 30: "to_30", 31: "to_60", 60: "to_60",
                    61: "to_90", 90: "to_90", 91: "over_90"}  # fmt: skip


def test_a_firm_sees_before_it_commits_whether_by_when_and_how_much_is_left():
    deal = OnTerms()
    terms(deal.office)
    deal.opened()
    deal.join(60)
    firm = deal.people[0]
    path = f"/api/v1/campaigns/{deal.campaign.pk}/payment-way"
    way = client_for(firm).get(path).json()["terms"]
    assert (way["left"], way["chosen"]) == (0, False)
    assert way["why"] == "외상 한도가 없음"
    limit(deal.office, firm, 700_000)
    way = client_for(firm).get(path).json()["terms"]
    assert (way["limit"], way["open"], way["left"], way["why"]) == (700_000, 0, 700_000, "")
    assert client_for(firm).get(path).json()["terms"]["due_on"] > str(clock.now().date())
    body = {"basis": way["basis"], "days": way["days"]}
    answer = client_for(firm).put(f"/api/v1/campaigns/{deal.campaign.pk}/payment-terms", body)
    assert answer.json()["terms"]["chosen"] is True
    assert client_for(firm).delete(path).json()["terms"]["chosen"] is False
    terms(deal.office, offered=False)
    assert client_for(firm).get(path).json()["terms"] is None


def test_the_terms_that_were_read_hold_and_others_are_not_chosen_unread():
    deal = OnTerms().joined(60, 60)
    terms(deal.office, basis="closing", days=5)
    with pytest.raises(deeds.TermsChanged):
        operations.choose_terms(
            actor=deal.firm, campaign_id=deal.campaign.pk, basis="month_end", days=10
        )
    deal.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    deal.campaign.refresh_from_db()
    zone = deal.host.timezone
    wanted = due_at("month_end", 10, deal.campaign.closed_at, zone)
    assert deal.payments()[0].due_at == wanted


def test_terms_that_are_offered_no_more_are_given_to_nobody():
    deal = OnTerms().joined(60, 60)
    terms(deal.office, offered=False)
    deal.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    assert deal.payments()[0].state == "awaiting_transfer"
    assert History.objects.get(kind="terms_refused").data["reason"] == "not_offered"


def test_a_choice_ends_with_the_commitment_and_stays_as_it_was_read():
    deal = OnTerms().joined(60, 60)
    campaigns.withdraw_commitment(actor=deal.firm, campaign_id=deal.campaign.pk)
    choice = TermsChoice.objects.get()
    assert choice.ended_at is not None
    with pytest.raises(IntegrityError, match="a choice of terms ends"), transaction.atomic():
        TermsChoice.objects.filter(pk=choice.pk).update(days=99)


def test_a_limit_has_a_reason_a_history_and_is_nobodys_own():
    deal = OnTerms().joined(60, 60, most=700_000)
    line = limit(deal.office, deal.firm, 900_000)
    limit(deal.office, deal.firm, 900_000)
    kept = Change.objects.filter(subject_id=line.pk).order_by("id")
    assert [row.after["amount"] for row in kept] == [700_000, 900_000]
    assert History.objects.filter(subject_id=line.pk, kind="credit_limit_set").count() == 2
    Seat.objects.create(user_id=deal.office.user_id, firm_id=deal.firm.firm_id, role="viewer")
    with pytest.raises(deeds.OwnFirmCredit):
        limit(deal.office, deal.firm, 1_000_000)


def test_only_members_are_put_on_terms_and_whoever_left_can_be_taken_off():
    deal = OnTerms().joined(60, 60)
    stranger = member(CooperativeFactory())
    with pytest.raises(NotFound):
        limit(deal.office, stranger, 1)
    assert limit(deal.office, deal.firm, 0).amount == 0


def test_another_office_and_another_firm_see_none_of_it():
    deal = OnTerms().placed(60, 60)
    other = coordinator_of(CooperativeFactory())
    assert client_for(other).get("/api/v1/credit-lines").json()["results"] == []
    assert client_for(other).put(
        f"/api/v1/firms/{deal.firm.firm_id}/credit-limit", {"amount": 5, "why": "x"}
    ).status_code == 404  # fmt: skip
    mine = deal.payments()[0]
    body = {"amount": 5, "why": "x"}
    answer = client_for(other).post(f"/api/v1/payments/{mine.pk}/take-off", body)
    assert answer.status_code == 404
    assert CreditLine.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"amount": -1, "why": "x"}, {"amount": 2**53, "why": "x"}, {"amount": 10, "why": ""},
        {"amount": "lots", "why": "x"}, {"why": "x"}, {"amount": 1.5, "why": "x"},
        {"amount": 10, "why": "x" * 1001},
    ],
)  # fmt: skip
def test_a_limit_that_is_none_is_refused_and_nothing_changes(body):
    deal = OnTerms().joined(60, 60, most=700_000)
    path = f"/api/v1/firms/{deal.firm.firm_id}/credit-limit"
    answer = client_for(deal.office).put(path, body)
    assert answer.status_code == 422, answer.content
    assert CreditLine.objects.get().amount == 700_000


@pytest.mark.parametrize(
    "changes",
    [{"days": -1}, {"days": 121}, {"basis": "delivery"}, {"default_limit": 2**53},
     {"grace_days": 500}, {"default_limit": 0}],
)  # fmt: skip
def test_terms_that_are_none_are_refused(changes):
    office = coordinator_of(CooperativeFactory())
    body = {"offered": True, "basis": "closing", "days": 30, "default_limit": 1000,
            "grace_days": 7, "holds_payout": False, **changes}  # fmt: skip
    answer = client_for(office).put("/api/v1/payment-terms", body)
    assert answer.status_code == 422, answer.content
    assert client_for(office).get("/api/v1/payment-terms").json()["offered"] is False


def test_each_reminder_comes_once_and_none_after_it_was_paid():
    deal = OnTerms().placed(60, 60)
    mine = deal.payments()[0]
    days = (mine.due_at - clock.now()).days
    for late in (-2, -2, 1, 1, 8, 8, 30):
        with clock.shifted(timedelta(days=days + late)):
            stage.remind_of_accounts()
            notifications.tell_people()
    kinds = [kind for kind in told(deal) if kind.startswith("account_")]
    assert kinds == ["account_due_soon", "account_overdue", "account_still_overdue"]
    assert told(deal).count("payment_on_account") == 1

    paid = OnTerms(host=deal.host, item=deal.item).placed(60, 60)
    with clock.shifted(timedelta(days=days - 2)):
        stage.remind_of_accounts()
        _confirm(paid)
        assert [kind for kind in told(paid) if kind.startswith("account_")] == []


def _confirm(deal: OnTerms) -> Payment:
    mine = deal.payments()[0]
    return operations.confirm_transfer(
        actor=deal.office, payment_id=mine.pk, amount=mine.missing, depositor="행복상사",
        received_date=clock.now().astimezone(deal.host.timezone).date(),
    )  # fmt: skip


def test_money_that_comes_after_the_order_is_confirmed_and_taken_back():
    deal = OnTerms().received(60, 60)
    stage.book_sales()
    paid = _confirm(deal)
    assert paid.state == "paid"
    assert deal.orders()[0].state == "received"
    assert in_order() == []
    back = operations.undo_confirmation(actor=deal.office, payment_id=paid.pk, why="착오")
    assert (back.state, back.missing) == ("on_account", back.amount)
    assert deal.orders()[0].state == "received"
    assert in_order() == []


def test_a_failed_campaign_cancels_what_is_owed_and_no_money_goes_back():
    deal = OnTerms().placed(60, 60)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    order_stage.cancel_orders()
    stage.return_money()
    assert [row.state for row in deal.payments()] == ["cancelled", "cancelled"]
    assert queries.money_of(deal.campaign).open == 0
    assert found.open_of([CreditLine.objects.get().pk]) == {}
    assert in_order() == []


def test_the_database_lets_nothing_be_on_account_without_a_limit():
    deal = Deal().placed()
    row = deal.payments()[0]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_payment SET state = 'on_account' WHERE id = %s", [row.pk])
    OnTerms().placed(60, 60)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        OnAccount.objects.update(limit=10**9)


def test_a_firm_that_agreed_to_be_charged_chooses_one_or_the_other():
    deal = OnTerms().joined(60, 60)
    operations.pay_by_transfer(actor=deal.firm, campaign_id=deal.campaign.pk)
    assert not TermsChoice.objects.filter(ended_at__isnull=True).exists()
    deal.choose(deal.firm)
    assert TermsChoice.objects.filter(ended_at__isnull=True).count() == 1
