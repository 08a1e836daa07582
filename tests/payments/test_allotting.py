"""Lines of the bank's statement become payments' money: all at once, in part, by hand, and back."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.charging import Charged, charge_saved_methods
from tests.factories.orders import Deal, today
from tests.factories.provider import Till, serving
from tests.factories.statements import Moved, taken

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.common.models import History
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import BankAllotment, BankLine, LedgerEntry, Payment
from mungchi.payments.operations import Pair, allotting, confirming
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Any:
    """After each of these stories, every invariant holds."""
    yield
    assert [str(breach) for breach in breaches()] == []


def arrives(
    deal: Deal, *amounts: int, payment: Payment | None = None, **how: Any
) -> list[BankLine]:
    """Transfers of these amounts arrive and are taken in, for a payment by its reference."""
    what = {"depositor": "누구", "text": payment.reference if payment else "인터넷", **how}
    before = BankLine.objects.count()
    moved = [Moved(today(), amount, time=f"09:{before + at:02d}:00", **what)
             for at, amount in enumerate(amounts)]  # fmt: skip
    return taken(deal.office, moved)


def left(deal: Deal) -> dict[str, int]:
    """What is on each account of the office's books."""
    rows = queries.balances_of(queries.entries_visible_to(deal.office))
    return {row.account: row.balance for row in rows if row.balance}


def allot(deal: Deal, line: BankLine, payment: Payment) -> Payment:
    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=payment.pk)
    payment.refresh_from_db()
    return payment


def press(deal: Deal) -> operations.Confirmed:
    """What is certain is previewed and confirmed."""
    pairs = [Pair(each.line, each.payment) for each in queries.certain_matches(deal.office)]
    return operations.confirm_matches(actor=deal.office, pairs=pairs)


def test_one_press_confirms_all_that_is_certain() -> None:
    deal = Deal().placed()
    for payment in deal.payments():
        code = payment.reference
        arrives(deal, payment.amount, depositor=f"상사 {code[:4]}-{code[4:]}".lower())
    arrives(deal, 777, depositor="모르는 사람")
    total = sum(payment.amount for payment in deal.payments())
    assert press(deal) == (3, total, 0)
    assert press(deal) == (0, 0, 0)
    assert {payment.state for payment in deal.payments()} == {"paid"}
    assert {order.state for order in deal.orders()} == {"paid"}
    assert left(deal) == {"bank": total + 777, "bank_suspense": -777, "member_funds": -total}
    assert deal.trail().count("transfer_allotted") == deal.trail().count("payment_confirmed") == 3
    # And the purchase order goes out on the strength of it.
    assert order_stage.issue_purchase_orders() == 1
    money = queries.money_of(deal.campaign)
    assert (money.received, money.open) == (total, 0)


def test_transfers_in_part_make_one_payment() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    first, second = arrives(deal, 1_000, payment.amount - 1_000, payment=payment)
    assert queries.certain_matches(deal.office) == []
    payment = allot(deal, first, payment)
    assert (payment.state, payment.allotted, payment.missing) == (
        "awaiting_transfer", 1_000, payment.amount - 1_000)  # fmt: skip
    assert queries.money_of(deal.campaign).received == 1_000
    # What is missing now is what the other line brings.
    assert press(deal).count == 1
    payment.refresh_from_db()
    assert (payment.state, payment.missing, payment.allotted) == ("paid", 0, payment.amount)
    assert (payment.depositor, payment.received_date) == ("누구", second.day)


def test_more_than_is_owed_and_what_comes_twice_stand_in_suspense() -> None:
    deal = Deal().placed()
    payment, other, _ = deal.payments()
    over, again = arrives(deal, payment.amount + 300, payment.amount, payment=payment)
    assert allot(deal, over, payment).state == "paid"
    over.refresh_from_db()
    assert (over.state, over.open) == ("suspense", 300)
    with pytest.raises(allotting.AllottedAlready):
        allot(deal, over, payment)
    with pytest.raises(confirming.PaymentNotAwaited):
        allot(deal, again, payment)
    found = queries.matches_of(deal.office, [again, over])
    assert {each.why for matches in found.values() for each in matches} == {"paid"}
    assert left(deal)["bank_suspense"] == -300 - payment.amount
    # The rest may be another payment's.
    assert allot(deal, over, other).allotted == 300
    over.refresh_from_db()
    assert (over.state, over.open) == ("matched", 0)


def test_what_is_not_ours_is_set_aside_and_what_is_to_go_back_is_ticked_off() -> None:
    deal = Deal().placed()
    dues, wrong = arrives(deal, 5_000, 7_000)
    office = deal.office
    for _ in range(2):
        operations.move_line(actor=office, line_id=dues.pk, to="set_aside", why="조합비")
    for _ in range(2):
        operations.move_line(actor=office, line_id=wrong.pk, to="to_return", why="잘못 보냄")
    assert queries.to_return(office) == ([], [wrong])
    assert left(deal)["bank_suspense"] == -7_000
    assert left(deal)["not_ours"] == -5_000
    operations.move_line(actor=office, line_id=wrong.pk, to="returned", why="11/27 이체")
    assert left(deal)["bank"] == 5_000
    with pytest.raises(allotting.LineNotOpen):
        allot(deal, wrong, deal.payments()[0])
    with pytest.raises(MoveNotDeclared):
        operations.move_line(actor=office, line_id=dues.pk, to="returned", why="?")
    for line in (dues, wrong):
        operations.move_line(actor=office, line_id=line.pk, to="suspense", why="오인")
        operations.move_line(actor=office, line_id=line.pk, to="suspense", why="오인")
    assert left(deal)["bank"] == -left(deal)["bank_suspense"] == 12_000
    # And once more: entries have numbers.
    operations.move_line(actor=office, line_id=dues.pk, to="set_aside", why="조합비")
    dues.refresh_from_db()
    assert (dues.state, dues.open, dues.why) == ("set_aside", 0, "조합비")
    kinds = History.objects.filter(subject_id=dues.pk).values_list("kind", flat=True)
    assert list(kinds.order_by("id")) == [
        "bank_line_set_aside", "bank_line_reopened", "bank_line_set_aside"]  # fmt: skip


def test_an_allotment_is_taken_back_until_the_supplier_was_ordered_from() -> None:
    deal = Deal().placed(60, 60)
    first, second = deal.payments()
    (line,) = arrives(deal, first.amount, payment=first)
    allot(deal, line, first)
    allotment = BankAllotment.objects.get()
    for _ in range(2):
        back = operations.undo_allotment(
            actor=deal.office, allotment_id=allotment.pk, why="다른 회사 돈"
        )
    first.refresh_from_db()
    assert (first.state, first.allotted, first.depositor) == ("awaiting_transfer", 0, "")
    assert (back.state, back.open) == ("suspense", line.amount)
    undone = LedgerEntry.objects.get(kind="allotted_undone")
    assert undone.reverses is not None
    assert undone.reverses.key == f"allotted:{allotment.pk}:1"
    assert allot(deal, line, first).state == "paid"
    deal.pay(second)
    order_stage.issue_purchase_orders()
    with pytest.raises(confirming.AlreadyOrdered):
        operations.undo_allotment(
            actor=deal.office, allotment_id=BankAllotment.objects.get(undone_at=None).pk, why="?"
        )
    with pytest.raises(NotFound):
        operations.undo_allotment(
            actor=coordinator_of(CooperativeFactory()), allotment_id=allotment.pk, why="?"
        )


def test_undoing_the_confirmation_gives_the_lines_back() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    lines = arrives(deal, 1_000, payment.amount - 1_000, payment=payment)
    for line in lines:
        allot(deal, line, payment)
    operations.undo_confirmation(actor=deal.office, payment_id=payment.pk, why="오인")
    payment.refresh_from_db()
    assert (payment.state, payment.allotted) == ("awaiting_transfer", 0)
    assert {line.state for line in BankLine.objects.all()} == {"suspense"}


def test_part_by_statement_and_the_rest_by_hand() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    (line,) = arrives(deal, 1_000, payment=payment)
    payment = allot(deal, line, payment)
    by_hand: Any = {
        "actor": deal.office, "payment_id": payment.pk, "depositor": "홍", "received_date": today()
    }  # fmt: skip
    with pytest.raises(confirming.TooMuch):
        operations.confirm_transfer(amount=payment.amount, **by_hand)
    assert operations.confirm_transfer(amount=payment.missing, **by_hand).state == "paid"
    with pytest.raises(allotting.PartByHand):
        operations.undo_allotment(
            actor=deal.office, allotment_id=BankAllotment.objects.get().pk, why="?"
        )
    operations.undo_confirmation(actor=deal.office, payment_id=payment.pk, why="오인")
    payment.refresh_from_db()
    assert (payment.state, payment.allotted) == ("awaiting_transfer", 1_000)
    operations.confirm_transfer(amount=payment.missing, **by_hand)


def test_a_line_for_what_was_confirmed_by_hand_is_tied_and_booked_once() -> None:
    deal = Deal().placed()
    first, second, _ = deal.payments()
    deal.pay(first)
    deal.pay(second)
    by_code, *_ = arrives(deal, first.amount, payment=first)
    (by_name,) = arrives(deal, second.amount, depositor="홍길동")
    total = first.amount + second.amount
    assert left(deal)["bank"] == 2 * total
    assert press(deal) == (2, total, 0)
    assert left(deal)["bank"] == total
    assert "bank_suspense" not in left(deal)
    assert queries.money_of(deal.campaign).received == total
    # Taken back, the confirmation gives the line back, and the line confirms it.
    operations.undo_confirmation(actor=deal.office, payment_id=first.pk, why="오인")
    by_code.refresh_from_db()
    assert by_code.state == "suspense"
    assert left(deal)["bank"] == total
    assert press(deal).count == 1
    # A tie is undone by itself, and the payment stays paid.
    operations.undo_allotment(
        actor=deal.office, allotment_id=BankAllotment.objects.get(line=by_name).pk, why="?"
    )
    second.refresh_from_db()
    assert (second.state, second.allotted) == ("paid", 0)
    # No second line is tied to money that came once.
    press(deal)
    (again,) = arrives(deal, second.amount, payment=second)
    with pytest.raises(confirming.PaymentNotAwaited):
        allot(deal, again, second)


def test_a_line_is_never_tied_to_what_a_saved_method_was_charged() -> None:
    with serving(Till()):
        deal = Charged().scheduled("pays", "pays")
        charge_saved_methods()
    payment = deal.payments()[0]
    assert payment.state == "paid"
    (line,) = arrives(deal, payment.amount, payment=payment)
    assert queries.untied(payment) == 0
    assert queries.certain_matches(deal.office) == []
    assert [each.certain for each in queries.matches_of(deal.office, [line])[line.pk]] == [False]
    with pytest.raises(confirming.PaymentNotAwaited):
        allot(deal, line, payment)
    line.refresh_from_db()
    assert (line.state, line.open) == ("suspense", payment.amount)


def test_what_had_arrived_in_part_when_a_campaign_fails_is_in_suspense_again() -> None:
    deal = Deal().placed()
    first, second, _ = deal.payments()
    (part,) = arrives(deal, 1_000, payment=first)
    (whole,) = arrives(deal, second.amount, payment=second)
    allot(deal, part, first)
    allot(deal, whole, second)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    (late,) = arrives(deal, 50, payment=first)
    with pytest.raises(confirming.PaymentNotAwaited):
        allot(deal, late, first)
    assert [stage.return_money(), stage.return_money()] == [3, 0]
    part.refresh_from_db()
    assert (part.state, part.open) == ("suspense", 1_000)
    assert [p.state for p in deal.payments()] == ["cancelled", "refund_due", "cancelled"]
    assert left(deal) == {"bank": 1_050 + second.amount, "bank_suspense": -1_050,
                          "refund_payable": -second.amount}  # fmt: skip
    assert {each.why for found in queries.matches_of(deal.office, [part]).values()
            for each in found} == {"gone"}  # fmt: skip
    operations.mark_refunded(actor=deal.office, payment_id=second.pk, why="이체")
    assert left(deal) == {"bank": 1_050, "bank_suspense": -1_050}


def test_an_old_line_is_never_certain() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    with clock.shifted(timedelta(days=-200)):
        day = today()
    taken(deal.office, [Moved(day, payment.amount, "누구", payment.reference)])
    line = BankLine.objects.get()
    assert line.old
    assert press(deal) == (0, 0, 0)
    (found,) = queries.matches_of(deal.office, [line])[line.pk]
    assert (found.why, found.certain) == ("reference_old", False)


def test_a_depositor_is_known_by_the_firm_by_who_represents_it_and_by_earlier_transfers() -> None:
    deal = Deal().placed(30, 40)
    first, second = deal.payments()
    lines = arrives(deal, first.amount, depositor=first.firm.name)
    lines += arrives(deal, second.amount, depositor="다른이름")
    found = queries.matches_of(deal.office, lines)
    assert [found[line.pk][0].why for line in lines] == ["name", "amount"]
    Payment.objects.filter(pk=second.pk).update(depositor="")
    assert press(deal).count == 0


def test_what_changed_between_preview_and_press_is_told() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    (line,) = arrives(deal, payment.amount, payment=payment)
    pairs = [Pair(line.pk, payment.pk), Pair(line.pk, deal.payments()[1].pk)]
    deal.pay(payment)
    done = operations.confirm_matches(actor=deal.office, pairs=pairs)
    # By hand meanwhile: the line is tied to that, and the other pair was never certain.
    assert done == (1, payment.amount, 1)
    assert left(deal)["bank"] == payment.amount
    with pytest.raises(allotting.LineNotOpen):
        operations.allot_line(
            actor=deal.office, line_id=line.pk, payment_id=deal.payments()[1].pk, expected=1
        )


def test_lines_and_payments_of_another_office_are_as_if_they_were_not_there() -> None:
    deal = Deal().placed()
    payment = deal.payments()[0]
    (line,) = arrives(deal, payment.amount, payment=payment)
    stranger = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.allot_line(actor=stranger, line_id=line.pk, payment_id=payment.pk)
    (theirs,) = taken(stranger, [Moved(today(), payment.amount, "누구", payment.reference)])
    with pytest.raises(NotFound):
        operations.allot_line(actor=stranger, line_id=theirs.pk, payment_id=payment.pk)
    with pytest.raises(NotFound):
        operations.move_line(actor=stranger, line_id=line.pk, to="set_aside", why="?")
    assert queries.certain_matches(stranger) == []
