"""What is not paid in time: reminders, more time, the end of the grace, and what comes of it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.lapses import JUST, at, decide, hold, lapsed, runs, states
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken

from mungchi import pipeline
from mungchi.campaigns import stage as campaign_stage
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications.models import Notification
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import BankAllotment, BankLine, LedgerEntry, Payment
from mungchi.payments.operations import confirming, lapsing
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
PAID, LAPSED, WAITS = ("paid", "paid"), ("lapsed", "cancelled"), (
    "awaiting_transfer", "awaiting_payment",
)  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Any:
    """After each of these stories, every invariant holds."""
    yield
    assert [str(breach) for breach in breaches()] == []


def kinds_of(payment: Payment) -> list[str]:
    rows = History.objects.filter(subject_id=payment.pk).order_by("id")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York", "Pacific/Chatham"])
@pytest.mark.parametrize(("by", "state"), [(-JUST, WAITS), (timedelta(), LAPSED), (JUST, LAPSED)])
def test_a_payment_lapses_at_the_very_end_of_its_grace(
    zone: str, by: timedelta, state: tuple[str, str]
) -> None:
    deal = Deal(host=CooperativeFactory(zone=zone), given={"grace_days": 3}).placed(60, 70)
    first, last = deal.payments()
    operations.confirm_transfer(
        actor=deal.office, payment_id=first.pk, amount=first.amount, depositor="먼저",
        received_date=clock.now().astimezone(ZoneInfo(zone)).date(),
    )  # fmt: skip
    # Three calendar days of the zone after the midnight at which it was due.
    local = last.lapses_at.astimezone(ZoneInfo(zone))
    due = last.due_at.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute, (local.date() - due.date()).days) == (0, 0, 3)
    with at(last.lapses_at + by):
        assert stage.lapse_payments() == (0 if state == WAITS else 1)
        assert stage.lapse_payments() == 0
    assert states(deal) == [PAID, state]


def test_until_the_lapse_is_written_a_transfer_is_confirmed_and_not_after() -> None:
    deal = Deal().placed(60, 70, 80)
    first, second, third = deal.payments()
    deal.pay(first)
    with at(second.lapses_at + timedelta(hours=1)):
        deal.pay(second)
        assert stage.lapse_payments() == 1
        with pytest.raises(confirming.PaymentLapsed):
            deal.pay(third)
    assert states(deal) == [PAID, PAID, LAPSED]
    line = taken(deal.office, [Moved(today(), third.amount, time="09:00:00",
                                     depositor="늦은 상사", text=third.reference)])[0]  # fmt: skip
    assert queries.certain_matches(deal.office) == []
    with pytest.raises(confirming.PaymentLapsed):
        operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=third.pk)


def test_where_firms_were_told_of_no_grace_nothing_lapses_by_the_clock() -> None:
    deal = Deal().settling(60, 70)
    order_stage.place_orders()
    stage.ask_for_payment()
    Payment.objects.update(lapses_at=None)
    with clock.shifted(timedelta(days=60)):
        assert stage.lapse_payments() == 0
    assert states(deal) == [WAITS, WAITS]


def test_the_rest_that_carries_its_price_goes_on_and_the_office_pays_the_missing_delivery() -> None:
    deal = Deal(delivery_cost=1300).placed(60, 60, 10)
    gone = deal.orders()[2]
    lapsed(deal, 2)
    assert states(deal) == [PAID, PAID, LAPSED]
    first, again = runs(deal)
    assert (again.previous, again.reason, again.outcome) == (first, "lapse", "succeeded")
    assert (again.unit_price, again.quantity, again.firms) == (first.unit_price, 120, 2)
    assert [row.verdict for row in again.lines.order_by("arrival")] == [
        "awarded", "awarded", "lapsed",
    ]  # fmt: skip
    assert order_stage.issue_purchase_orders() == 1
    bought = deal.purchase_order
    left = gone.delivery_share + gone.delivery_share // 10
    assert (bought.quantity, bought.supply_value) == (120, 120 * 90)
    assert (bought.delivery_cost, bought.price_difference) == (1300, 0)
    assert bought.subsidy == left > 0
    assert bought.total == 120 * 90 + 1300 + (120 * 90 + 1300) // 10
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=bought.pk)
    assert stage.book_sales() == 3
    assert stage.book_sales() == 0
    money = queries.money_of(deal.campaign)
    assert (money.supplier, money.subsidy, money.open, money.held) == (bought.total, left, 0, 0)
    assert money.lapsed == gone.total
    # The supplier sees nothing of what lapsed.
    from mungchi.orders.queries import lines_of

    assert lines_of(bought).count() == 2


def test_a_campaign_that_is_short_waits_for_its_office_and_is_not_ordered() -> None:
    deal = lapsed(Deal().placed(30, 40, 50), 0)
    assert runs(deal)[-1].outcome == "short"
    assert order_stage.issue_purchase_orders() == 0
    assert orders.issue_purchase_order(campaign_id=deal.campaign.pk) == 0
    assert deal.state() == "settling"
    pipeline.run_stages()
    told = Notification.objects.filter(user_id=deal.office.user_id, kind="campaign_cleared_again")
    assert "결정해 주십시오" in told.get().sentence_ko
    # Nobody else hears of it: nothing has changed for them.
    others = [actor.user_id for actor in deal.people[1:]]
    assert not Notification.objects.filter(
        user_id__in=others, kind__in=["campaign_cleared_again", "payment_lapsed"]
    ).exists()
    loser = Notification.objects.get(user_id=deal.people[0].user_id, kind="payment_lapsed")
    assert "취소되었습니다" in loser.sentence_ko


def test_holding_the_price_by_paying_is_booked_to_the_won() -> None:
    deal = lapsed(Deal().placed(30, 40, 50), 0)
    decide(deal, "pay")
    assert (hold(deal).difference, hold(deal).difference_vat) == (90 * 10, 90)
    assert order_stage.issue_purchase_orders() == 1
    bought = deal.purchase_order
    # What the offer asks for ninety: a hundred each.
    assert bought.total == 90 * 100 + 900
    assert (bought.unit_price, bought.supply_value, bought.price_difference) == (90, 8100, 900)
    assert bought.subsidy == 990
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=bought.pk)
    stage.book_sales()
    money = queries.money_of(deal.campaign)
    assert (money.supplier, money.subsidy) == (bought.total, 990)
    entry = LedgerEntry.objects.get(kind="subsidised")
    assert {(row.account, row.amount) for row in entry.lines.all()} == {
        ("price_subsidy", 990), ("supplier_payable", -990),
    }  # fmt: skip


def test_with_nobody_left_the_campaign_fails_by_itself() -> None:
    deal = Deal().placed(60, 70)
    with at(deal.payments()[0].lapses_at):
        assert stage.lapse_payments() == 2
    assert deal.state() == "failed"
    assert states(deal) == [LAPSED, LAPSED]
    assert len(runs(deal)) == 1
    failed = History.objects.get(kind="campaign_failed")
    assert (failed.why, failed.data["why_en"]) == ("결제한 기업이 없습니다.", "Nobody has paid.")
    assert (order_stage.cancel_orders(), stage.return_money()) == (0, 0)


def test_what_had_arrived_in_part_goes_back() -> None:
    deal = Deal().placed(60, 60, 10)
    payment = deal.payments()[2]
    line = taken(deal.office, [Moved(today(), 300, time="09:00:00", depositor="조금 상사",
                                     text=payment.reference)])[0]  # fmt: skip
    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=payment.pk)
    lapsed(deal, 2)
    payment.refresh_from_db()
    line = BankLine.objects.get(pk=line.pk)
    assert (payment.state, payment.allotted) == ("lapsed", 0)
    assert (line.state, line.open) == ("to_return", 300)
    assert line.why == f"{lapsing.LAPSED.ko} / {lapsing.LAPSED.en} ({payment.reference})"
    assert queries.to_return(deal.office)[1] == [line]


def test_a_line_of_which_more_is_open_stays_in_suspense() -> None:
    deal = Deal().placed(60, 60, 10)
    _, second, third = deal.payments()
    moved = Moved(today(), second.amount + 300, time="09:00:00", depositor="둘", text="두 건")
    line = taken(deal.office, [moved])[0]
    for payment in (second, third):
        operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=payment.pk)
    mistaken = BankAllotment.objects.get(payment=second)
    operations.undo_allotment(actor=deal.office, allotment_id=mistaken.pk, why="착오")
    lapsed(deal, 2)
    line = BankLine.objects.get(pk=line.pk)
    # What becomes of the other part is the office's to say.
    assert (line.state, line.open) == ("suspense", second.amount + 300)


def test_reminders_come_once_each_and_speak_of_the_end() -> None:
    deal = Deal(given={"payment_days": 5, "grace_days": 3}).placed(60, 70)
    deal.pay(deal.payments()[0])
    payment = deal.payments()[1]
    day = timedelta(days=1)
    moments = [
        (payment.due_at - day - JUST, 0), (payment.due_at - day, 1), (payment.due_at - JUST, 0),
        (payment.due_at, 1), (payment.lapses_at - day - JUST, 0), (payment.lapses_at - day, 1),
        (payment.lapses_at - JUST, 0),
    ]  # fmt: skip
    for moment, told in moments:
        with at(moment):
            assert stage.remind_of_payments() == told, moment
            assert stage.remind_of_payments() == 0
    assert kinds_of(payment) == ["payment_due_soon", "payment_overdue", "payment_lapses_soon"]
    pipeline.run_stages()
    rows = Notification.objects.filter(user_id=deal.people[1].user_id).order_by("id")
    sentences = [row.sentence_ko for row in rows if row.kind.startswith("payment_")]
    last = (payment.lapses_at - JUST).astimezone(ZoneInfo("Asia/Seoul"))
    assert len(sentences) == 3
    assert all(f"{last.month}월 {last.day}일까지 입금되지 않으면" in each for each in sentences)
    assert all(payment.reference in each for each in sentences)


def test_who_missed_reminders_hears_the_last_alone() -> None:
    deal = Deal(given={"grace_days": 3}).placed(60, 70)
    payment = deal.payments()[0]
    with at(payment.lapses_at - timedelta(hours=3)):
        assert stage.remind_of_payments() == 2
    assert kinds_of(payment) == ["payment_lapses_soon"]


def test_one_firm_gets_more_time_and_the_grace_moves_along() -> None:
    deal = Deal(given={"grace_days": 3}).placed(60, 70)
    first, last = deal.payments()
    day = today() + timedelta(days=20)
    with at(last.due_at):
        stage.remind_of_payments()
    for _ in range(2):
        row = operations.extend_payment(
            actor=deal.office, payment_id=last.pk, last_day=day, why="전화로 약속"
        )
    seoul = ZoneInfo("Asia/Seoul")
    assert row.due_at.astimezone(seoul).date() == day + timedelta(days=1)
    assert row.lapses_at - row.due_at == timedelta(days=3)
    assert row.reminded == 0
    assert kinds_of(last) == ["payment_overdue", "payment_extended"]
    with at(first.lapses_at):
        assert stage.lapse_payments() == 1
    assert states(deal) == [LAPSED, WAITS]
    pipeline.run_stages()
    told = Notification.objects.get(user_id=deal.people[1].user_id, kind="payment_extended")
    assert "사유: 전화로 약속" in told.sentence_ko


@pytest.mark.parametrize(
    ("days", "error"), [(-1, lapsing.OnlyLater), (1, lapsing.OnlyLater), (91, lapsing.TooLate)]
)
def test_time_to_pay_moves_only_later_and_not_for_ever(days: int, error: type[Exception]) -> None:
    deal = Deal().placed(60, 70)
    payment = deal.payments()[0]
    day = today() + timedelta(days=days)
    with pytest.raises(error):
        operations.extend_payment(actor=deal.office, payment_id=payment.pk, last_day=day, why="x")
    with pytest.raises(error):
        operations.extend_payments(
            actor=deal.office, campaign_id=deal.campaign.pk, last_day=day, why="x"
        )
    other = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.extend_payment(actor=other, payment_id=payment.pk, last_day=day, why="x")
    deal.pay(payment)
    with pytest.raises(confirming.PaymentNotAwaited):
        operations.extend_payment(
            actor=deal.office, payment_id=payment.pk, last_day=today() + timedelta(days=30), why="x"
        )


def test_all_who_have_not_paid_get_more_time() -> None:
    deal = Deal().placed(60, 70, 80)
    first, second, third = deal.payments()
    deal.pay(first)
    operations.extend_payment(
        actor=deal.office, payment_id=third.pk, last_day=today() + timedelta(days=40), why="먼저"
    )
    day = today() + timedelta(days=20)
    assert operations.extend_payments(
        actor=deal.office, campaign_id=deal.campaign.pk, last_day=day, why="연휴"
    ) == 1  # fmt: skip
    after = {row.pk: row.due_at for row in deal.payments()}
    assert after[first.pk] == first.due_at
    assert after[second.pk] > second.due_at
    assert after[third.pk] > after[second.pk]
    deal.campaign.refresh_from_db()
    assert deal.campaign.payment_due_at == after[second.pk]
    pipeline.run_stages()
    told = Notification.objects.filter(kind="payments_extended")
    assert {row.user_id for row in told} == {deal.people[1].user_id}


def test_the_office_ends_an_overdue_payment_with_a_reason_and_only_then() -> None:
    deal = Deal().placed(60, 60, 10)
    payment = deal.payments()[2]
    with pytest.raises(lapsing.NotDueYet):
        operations.lapse_early(actor=deal.office, payment_id=payment.pk, why="폐업")
    with clock.shifted(payment.due_at - clock.now() + timedelta(hours=1)):
        for _ in range(2):
            operations.lapse_early(actor=deal.office, payment_id=payment.pk, why="폐업")
        assert stage.lapse_payments() == 1
        assert operations.lapse_early(
            actor=deal.office, payment_id=payment.pk, why="폐업"
        ).state == "lapsed"  # fmt: skip
    assert states(deal) == [WAITS, WAITS, LAPSED]
    assert kinds_of(payment) == ["payment_lapse_decided", "payment_lapsed"]
    pipeline.run_stages()
    told = Notification.objects.get(user_id=deal.people[2].user_id, kind="payment_lapsed")
    assert "사무국의 사유: 폐업" in told.sentence_ko


def test_a_confirmation_taken_back_leaves_a_day_to_pay() -> None:
    deal = Deal().placed(60, 70)
    payment = deal.pay(deal.payments()[0])
    with clock.shifted(payment.lapses_at - clock.now() + timedelta(hours=2)):
        stage.lapse_payments()
        row = operations.undo_confirmation(actor=deal.office, payment_id=payment.pk, why="착오")
        assert stage.lapse_payments() == 0
        assert row.lapses_at - clock.now() > timedelta(hours=23)


def test_payments_lapse_again_after_the_first_time_and_the_records_follow() -> None:
    deal = Deal().placed(60, 60, 60, 60)
    lapsed_first = deal.payments()[3]
    operations.extend_payments(
        actor=deal.office, campaign_id=deal.campaign.pk, last_day=today() + timedelta(days=30),
        why="연휴",
    )  # fmt: skip
    deal.pay(deal.payments()[0])
    deal.pay(deal.payments()[1])
    with clock.shifted(timedelta(days=32)):
        operations.lapse_early(actor=deal.office, payment_id=lapsed_first.pk, why="폐업")
        stage.lapse_payments()
        assert [row.outcome for row in runs(deal)] == ["succeeded", "short"]
        decide(deal, "pay")
    with clock.shifted(timedelta(days=60)):
        assert stage.lapse_payments() == 1
    first, second, third = runs(deal)
    assert (second.previous, third.previous) == (first, second)
    assert (third.quantity, third.outcome) == (120, "short")
    # What was decided about the one before is of no use any more.
    assert hold(deal).state == "lapsed"
    assert order_stage.issue_purchase_orders() == 0


def test_a_lapsed_firm_gets_its_need_back_and_nothing_binds_it_elsewhere() -> None:
    from mungchi.campaigns.models import PlanB, PlanBResult
    from mungchi.demand.models import Need

    deal = Deal().placed(60, 60, 10)
    row = deal.campaign.commitments.get(firm_id=deal.people[2].firm_id)
    PlanB.objects.create(commitment=row, campaign=deal.campaign, firm_id=row.firm_id, kind="need")
    lapsed(deal, 2)
    assert campaign_stage.carry_out_plans() == 1
    assert campaign_stage.carry_out_plans() == 0
    result = PlanBResult.objects.get()
    assert (result.outcome, result.quantity, result.after) == ("need_opened", 10, "failure")
    assert Need.objects.get(firm_id=row.firm_id).state == "open"


def test_a_lapse_that_is_dropped_half_way_leaves_nothing_behind(monkeypatch: Any) -> None:
    deal = Deal().placed(60, 60, 10)
    deal.pay(deal.payments()[0])

    def dies(*args: Any, **how: Any) -> None:
        raise RuntimeError

    with at(deal.payments()[2].lapses_at):
        with monkeypatch.context() as patch:
            patch.setattr(lapsing.campaign_operations, "clear_again", dies)
            with pytest.raises(RuntimeError):
                operations.lapse_payments(campaign_id=deal.campaign.pk)
        assert states(deal) == [PAID, WAITS, WAITS]
        assert stage.lapse_payments() == 2
    assert states(deal) == [PAID, LAPSED, LAPSED]
