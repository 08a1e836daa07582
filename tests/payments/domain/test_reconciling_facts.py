"""What a tie writes and what a finding says, to the last field, and which of several is taken."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.payments.domain.test_reconciling import (
    ABOUT,
    LONG_AGO,
    NOW,
    ONE,
    PAID,
    entry,
    found,
    judged,
    line,
)

from mungchi.payments.domain.reconciling import (
    NOTHING,
    About,
    Booked,
    Finding,
    Held,
    Known,
    Moved,
    UnderWay,
)

OTHER = About(uuid4(), uuid4(), uuid4())
DOLLARS = {"currency": "USD", "source_amount": 10_000, "amount": 720, "fee": 22}


def said(there: Moved, kind: str, name: str, about: About, **more: object) -> Finding:
    told = {"theirs": there.said[0], "currency": "KRW", "note": there.kind, **more}
    return Finding(kind, name, about, there.pk, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("there", "known", "kind", "about"),
    [
        (line("pi_1", fee=3), ONE, "missing_here", ABOUT),
        (line("pi_2", payment="p:1"), Known(payments={"p:1": ABOUT}), "missing_here", ABOUT),
        # What the charge is about is known better by its name than by a mark.
        (line("pi_1", payment="p:1"), replace(ONE, payments={"p:1": replace(OTHER, paid=True)}),
         "missing_here", ABOUT),
        (line("pi_5"), ONE, "orphan", NOTHING),
        (line("pi_5", payment="p:9"), ONE, "orphan", NOTHING),
        (line("pi_5"), Known(payments={"": ABOUT}), "orphan", NOTHING),
        (line("re_1", "refund", -5, refund="r"), Known(refund_marks={"r": ABOUT}), "missing_here",
         ABOUT),
        (line("re_1", "refund", -5, refund="r", charge="pi_1"),
         replace(ONE, refund_marks={"r": OTHER}), "missing_here", OTHER),
        (line("re_1", "refund", -5, refund="r"),
         Known(refunds={"re_1": ABOUT}, refund_marks={"r": OTHER}), "missing_here", ABOUT),
        (line("re_1", "refund", -5), Known(refund_marks={"": ABOUT}), "orphan", NOTHING),
        (line("re_1", "refund", -5, charge="pi_1"), ONE, "refund_elsewhere", ABOUT),
        (line("re_1", "refund", -5, charge="pi_9"), ONE, "orphan", NOTHING),
        (line("re_1", "refund_failure", 5, refund="r"), Known(refund_marks={"r": ABOUT}),
         "missing_here", ABOUT),
        (line("re_1", "refund_failure", 5), Known(), "orphan", NOTHING),
        (line("tr_1", "transfer", -5), Known(), "orphan", NOTHING),
        (line("tr_1", "transfer_reversal", 5), Known(), "orphan", NOTHING),
        (line("x_1", "other", 5), Known(), "orphan", NOTHING),
    ],
)  # fmt: skip
def test_what_is_said_of_a_movement_without_an_entry(
    there: Moved, known: Known, kind: str, about: About
) -> None:
    result = judged([there], [], known)
    assert result.findings == (said(there, kind, there.source, about),)
    assert (result.ties, result.returned) == ((), ())


def test_what_has_no_source_is_called_by_its_own_name() -> None:
    there = line("", "other", 5)
    assert judged([there], []).findings == (said(there, "orphan", there.id, NOTHING),)


def test_movements_without_a_source_are_not_each_other() -> None:
    """Nor are they entries without a name, and none of them is told twice."""
    lines = [line("", kind, amount) for kind, amount in
             [("charge", 5), ("charge", 6), ("refund", -5), ("refund_failure", 5),
              ("transfer", -5)]]  # fmt: skip
    lines = [replace(each, id=f"{each.id}{number}") for number, each in enumerate(lines)]
    ours = [entry("", "charged", 5), entry("", "refunded", -5), entry("", "refunded_undone", 5),
            entry("", "paid_out", -5), entry("", "late_returned", -5)]  # fmt: skip
    result = judged(lines, [replace(each, at=NOW) for each in ours])
    assert found(result) == [("orphan", each.id) for each in sorted(lines, key=lambda it: it.id)]


def test_a_charge_told_twice_is_said_of_the_second() -> None:
    first = line("pi_1")
    second = replace(line("pi_1"), id="txn_again", at=LONG_AGO + timedelta(minutes=1))
    result = judged([second, first], [entry("pi_1")], ONE)
    assert result.findings == (said(second, "told_twice", "txn_again", ABOUT),)
    assert [tie.line for tie in result.ties] == [first]
    unknown = judged([first], [], Known(tied=frozenset({"pi_1"})))
    assert unknown.findings == (said(first, "told_twice", first.id, NOTHING),)


def test_what_was_charged_once_more_is_taken_in_whole_and_owed_back() -> None:
    there = line("pi_2", payment="p:2", fee=300)
    result = judged([there], [], PAID)
    (tie,) = result.ties
    about = replace(ABOUT, paid=True)
    assert (tie.line, tie.entries, tie.about) == (there, (), about)
    assert tie.writes == (("charged_late", 10_000, "KRW"), ("provider_fee", 300, "KRW"))
    assert result.findings == (said(there, "duplicate_charge", "pi_2", about),)
    dollars = replace(there, currency="USD", amount=720, fee=22)
    (tie,) = judged([dollars], [], PAID).ties
    assert tie.writes == (
        ("charged_late", 10_000, "KRW"), ("converted", 10_000, "KRW"),
        ("settled_in", 720, "USD"), ("provider_fee", 22, "USD"),
    )  # fmt: skip


def test_what_differs_is_said_with_both_numbers_and_used_for_nothing_else() -> None:
    ours = entry("pi_1")
    there = line("pi_1", amount=9_999)
    result = judged([there], [ours], ONE)
    assert result.findings == (
        Finding("other_amount", "pi_1", ABOUT, there.pk, 10_000, 9_999, "KRW", ""),
    )
    there = line("pi_1", source_currency="USD")
    result = judged([there], [ours], ONE)
    assert result.findings == (
        Finding("other_currency", "pi_1", ABOUT, there.pk, 10_000, 10_000, "USD", "KRW"),
    )
    fees = [entry("pi_1", "provider_fee", -200), entry("pi_1", "provider_fee", -99)]
    there = line("pi_1", fee=300)
    result = judged([there], [ours, *fees], ONE)
    assert result.findings == (Finding("other_fee", "pi_1", ABOUT, there.pk, 299, 300, "KRW"),)
    assert result.ties == ()


def test_fees_in_parts_and_in_another_currency() -> None:
    ours = entry("pi_1")
    fees = [entry("pi_1", "provider_fee", -200), entry("pi_1", "provider_fee", -100)]
    dollar = entry("pi_1", "provider_fee", -7, currency="USD")
    (tie,) = judged([line("pi_1", fee=300)], [ours, *fees, dollar]).ties
    assert tie.entries == (ours, *sorted(fees, key=lambda each: each.pk))
    # The fee that is in the currency of the balance is the movement's, and no other.
    there = line("pi_1", **{**DOLLARS, "fee": 7})
    (tie,) = judged([there], [ours, fees[0], dollar]).ties
    assert tie.entries == (ours, dollar)
    assert tie.writes == (("converted", 10_000, "KRW"), ("settled_in", 720, "USD"))


def test_a_movement_of_nothing_writes_nothing() -> None:
    (tie,) = judged([line("x_1", "fee", 0)], []).ties
    assert tie.writes == ()


def test_what_leaves_the_balance_is_what_is_left_after_its_own_fee() -> None:
    sent, back = line("po_1", "payout", -5_000, fee=40), line("po_2", "payout_failure", 900, fee=9)
    kept = line("fee_1", "fee", -500, fee=3)
    told = {tie.line.source: (tie.writes, tie.about) for tie in judged([sent, back, kept], []).ties}
    assert told == {
        "po_1": ((("to_bank", 5_040, "KRW"),), NOTHING),
        "po_2": ((("to_bank_failed", 891, "KRW"),), NOTHING),
        "fee_1": ((("provider_fee", 503, "KRW"),), NOTHING),
    }


def test_the_sign_is_the_movements_and_the_amount_its_sources() -> None:
    there = line("re_1", "refund", -720, currency="USD", source_amount=10_000)
    assert there.said == (-10_000, "KRW")
    assert replace(there, source_amount=-10_000).said == (-10_000, "KRW")
    assert replace(there, amount=720).said == (10_000, "KRW")
    assert replace(there, amount=0).said == (10_000, "KRW")
    assert replace(there, source_amount=None).said == (-720, "USD")
    assert replace(there, source_currency="").said == (-720, "USD")


def test_a_late_charge_is_a_charge_and_its_oldest_entry_is_taken() -> None:
    late = entry("pi_1", "charged_late")
    assert judged([line("pi_1")], [late]).ties[0].entries == (late,)
    older = replace(late, pk=uuid4(), at=LONG_AGO - timedelta(seconds=1))
    assert judged([line("pi_1")], [late, older]).ties[0].entries == (older,)
    # What is booked of a charge and is no charge is not what the provider lists as one.
    assert judged([line("pi_1")], [entry("pi_1", "late_returned")], ONE).ties == ()


def test_money_that_came_too_late_goes_back_by_its_amount_and_currency() -> None:
    there = line("re_2", "refund", -7_000, charge="pi_9")
    right = entry("pi_9", "late_returned", -7_000)
    others = [entry("pi_9", "late_returned", -6_000, at=LONG_AGO - timedelta(days=1)),
              entry("pi_9", "late_returned", -7_000, currency="USD",
                    at=LONG_AGO - timedelta(days=1))]  # fmt: skip
    assert judged([there], [*others, right]).ties[0].entries == (right,)
    assert judged([there], others).ties == ()
    # A refund that is booked by its own name goes before.
    named = entry("re_2", "refunded", -7_000)
    assert judged([there], [right, named]).ties[0].entries == (named,)


def test_a_fee_without_a_name_is_not_the_fee_of_a_refund_without_one() -> None:
    there = replace(line("", "refund", -7_000), charge="pi_9")
    right, fee = entry("pi_9", "late_returned", -7_000), entry("", "provider_fee", 0)
    assert judged([there], [right, fee]).ties[0].entries == (right,)


@pytest.mark.parametrize(
    "changed", [{"charge": "pi_8"}, {"amount": 6_999}, {"amount": -7_000}, {"currency": "USD"}]
)
def test_held_money_of_another_charge_or_amount_stays(changed: dict[str, object]) -> None:
    there = line("re_2", "refund", -7_000, charge="pi_9")
    item = Held(uuid4(), "pi_9", 7_000, "KRW")
    same = judged([there], [], Known(held=[item]))
    assert (same.returned, same.findings) == (((item.pk, there.pk),), ())
    other = judged([there], [], Known(held=[replace(item, **changed)]))  # type: ignore[arg-type]
    assert (other.returned, found(other)) == ((), [("orphan", "re_2")])


def test_two_refunds_of_held_money_settle_two_items_and_a_third_none() -> None:
    items = [Held(UUID(int=number), "pi_9", 7_000, "KRW") for number in (2, 1)]
    lines = [replace(line(f"re_{number}", "refund", -7_000, charge="pi_9"),
                     at=LONG_AGO + timedelta(minutes=number)) for number in range(3)]  # fmt: skip
    result = judged(lines, [], Known(held=items))
    assert result.returned == ((UUID(int=1), lines[0].pk), (UUID(int=2), lines[1].pk))
    assert found(result) == [("orphan", "re_2")]


def beside(name: str, kind: str) -> list[Booked]:
    """Entries that a movement of -5 of that name is not."""
    others = [
        entry(name, kind, -6),
        entry(name, kind, -5, currency="USD"),
        entry(name, "refunded", -5),
        entry(name, "provider_fee", -5, charge="pi_8"),
    ]
    return [replace(each, at=NOW) for each in others]


@pytest.mark.parametrize(
    ("kind", "of"), [("transfer", "paid_out"), ("transfer_reversal", "paid_out_undone")]
)
def test_a_transfer_is_the_entry_over_as_much(kind: str, of: str) -> None:
    there, booked, others = line("tr_1", kind, -5), entry("tr_1", of, -5), beside("tr_1", of)
    result = judged([there], [*others, booked])
    assert [tie.entries for tie in result.ties] == [(booked,)]
    assert result.ties[0].about == ABOUT
    without = judged([there], others)
    assert without.ties == ()
    assert found(judged([there], others[:1])) == [("other_amount", "tr_1")]
    assert found(judged([there], others[1:2])) == [("other_currency", "tr_1")]
    assert found(judged([there], others[2:])) == [("orphan", "tr_1")]


def test_a_dispute_is_the_entry_that_says_just_the_same_or_no_finding() -> None:
    there, booked = line("dp_1", "dispute", -5), entry("dp_1", "dispute_withdrawn", -5)
    others = beside("dp_1", "dispute_withdrawn")
    result = judged([there], [*others, booked])
    assert [tie.entries for tie in result.ties] == [(booked,)]
    assert result.ties[0].about == ABOUT
    without = judged([there], others)
    assert (without.ties, found(without)) == ((), [])


@pytest.mark.parametrize(("amount", "fee"), [(-9_000, 1_500), (9_000, -1_500)])
def test_another_fee_of_a_dispute_than_was_booked_is_a_finding_of_its_movement(
    amount: int, fee: int
) -> None:
    kinds = ("dispute_withdrawn", "dispute_fee")
    if amount > 0:
        kinds = ("dispute_reinstated", "dispute_fee_back")
    moved = entry("dp_1", kinds[0], amount)
    booked = entry("dp_1", kinds[1], -fee)
    away = entry("dp_1", kinds[1], fee)  # of the other way: of another movement
    there = line("dp_1", "dispute", amount, fee=fee + 7)
    result = judged([there], [away, moved, booked])
    assert result.ties == ()
    assert result.findings == (
        Finding("other_fee", there.id, ABOUT, there.pk, fee, fee + 7, "KRW"),
    )
    # Once the rest of it is booked as well, all of it is that movement.
    more = entry("dp_1", "dispute_fee", -7)
    result = judged([there], [away, moved, booked, more])
    assert found(result) == []
    assert [set(tie.entries) for tie in result.ties] == [{moved, booked, more}]
    assert result.ties[0].writes == ()


def test_a_fee_of_a_dispute_that_nobody_booked_is_taken_from_its_movement() -> None:
    moved = entry("dp_1", "dispute_withdrawn", -9_000)
    away = entry("dp_1", "dispute_fee_back", 1_500)
    result = judged([line("dp_1", "dispute", -9_000, fee=1_500)], [moved, away])
    assert found(result) == []
    assert [(tie.entries, tie.writes) for tie in result.ties] == [
        ((moved,), (("provider_fee", 1_500, "KRW"),))
    ]


def missing(entries: list[Booked]) -> tuple[Finding, ...]:
    return judged([], entries).findings


def test_what_the_provider_never_listed_is_said_by_its_name_or_by_ours() -> None:
    named, nameless = entry("pi_1"), entry("", "refunded", -5)
    told = {each.name: each for each in missing([named, nameless])}
    assert told["pi_1"] == Finding(
        "missing_there", "pi_1", ABOUT, None, 10_000, None, "KRW", "charged"
    )
    assert told[str(nameless.pk)] == Finding(
        "missing_there", str(nameless.pk), ABOUT, None, -5, None, "KRW", "refunded"
    )


@pytest.mark.parametrize(
    "kind",
    ["charged", "charged_late", "refunded", "late_returned", "paid_out", "paid_out_undone"],
)
def test_it_has_two_days_for_listing_it(kind: str) -> None:
    assert missing([entry("a", kind, at=NOW - timedelta(days=2))])
    assert not missing([entry("a", kind, at=NOW - timedelta(days=2) + timedelta(microseconds=1))])


def test_a_fee_alone_or_what_went_to_the_bank_is_not_looked_for() -> None:
    assert missing([entry("pi_1", "provider_fee", -3), entry("po_1", "to_bank", -5)]) == ()


def test_a_refund_that_came_back_of_one_that_was_listed_is_missing() -> None:
    """Only where neither was listed did nothing move there."""
    sent = entry("re_1", "refunded", -5)
    back = entry("re_1", "refunded_undone", 5, undoes=sent.pk)
    result = judged([line("re_1", "refund", -5)], [sent, back])
    assert found(result) == [("missing_there", "re_1")]
    assert result.findings[0].note == "refunded_undone"
    kept = entry("re_2", "refunded", -9)
    assert found(judged([], [sent, back, kept])) == [("missing_there", "re_2")]


def test_what_is_stuck_is_told_in_the_order_of_names() -> None:
    since = NOW - timedelta(hours=24)
    under_way = (UnderWay("b", 6, "USD", since, OTHER), UnderWay("a", 5, "KRW", since, ABOUT),
                 UnderWay("c", 7, "KRW", since + timedelta(microseconds=1), ABOUT))  # fmt: skip
    assert judged([], [], under_way=under_way).findings == (
        Finding("stuck", "a", ABOUT, ours=5, currency="KRW"),
        Finding("stuck", "b", OTHER, ours=6, currency="USD"),
    )
