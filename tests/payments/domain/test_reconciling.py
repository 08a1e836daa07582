"""Movements of a provider's balance against entries of the books: each classification, and that
nothing is used twice whatever the order."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from mungchi.payments.domain.open_items import KINDS, outcomes_of
from mungchi.payments.domain.reconciling import (
    About,
    Booked,
    Compared,
    Held,
    Known,
    Moved,
    UnderWay,
    compare,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)
ABOUT = About(uuid4(), uuid4(), uuid4())


def line(name: str, kind: str = "charge", amount: int = 10_000, **more: object) -> Moved:
    told = {
        "source": name, "charge": name if kind == "charge" else "", "fee": 0, "currency": "KRW",
        "source_amount": abs(amount), "source_currency": "KRW", "at": LONG_AGO, **more,
    }  # fmt: skip
    return Moved(pk=uuid4(), id=f"txn_{name}_{kind}", kind=kind, amount=amount, **told)  # type: ignore[arg-type]


def entry(name: str, kind: str = "charged", amount: int = 10_000, **more: object) -> Booked:
    told = {"charge": name, "currency": "KRW", "at": LONG_AGO, "about": ABOUT, **more}
    return Booked(uuid4(), kind, name, amount=amount, **told)  # type: ignore[arg-type]


def judged(
    lines: list[Moved],
    entries: list[Booked],
    known: Known | None = None,
    under_way: tuple[UnderWay, ...] = (),
) -> Compared:
    return compare(lines, entries, known or Known(), under_way, NOW)


def found(result: Compared) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in result.findings]


def test_a_charge_with_its_fee_is_tied_to_both_entries() -> None:
    there = line("pi_1", fee=300)
    ours = [entry("pi_1"), entry("pi_1", "provider_fee", -300)]
    result = judged([there], ours)
    assert found(result) == []
    (tie,) = result.ties
    assert {each.pk for each in tie.entries} == {each.pk for each in ours}
    assert tie.writes == ()
    assert tie.about == ABOUT


def test_a_fee_that_nobody_told_is_written_out_of_the_movement() -> None:
    (tie,) = judged([line("pi_1", fee=300)], [entry("pi_1")]).ties
    assert tie.writes == (("provider_fee", 300, "KRW"),)


def test_another_currency_of_the_balance_is_a_conversion_and_a_fee_of_its_own() -> None:
    there = line("pi_1", amount=720, fee=22, currency="USD", source_amount=10_000)
    (tie,) = judged([there], [entry("pi_1")]).ties
    assert tie.writes == (
        ("converted", 10_000, "KRW"), ("settled_in", 720, "USD"), ("provider_fee", 22, "USD"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "amount", "writes"),
    [
        ("fee", -500, (("provider_fee", 500, "KRW"),)),
        ("fee", 500, (("provider_fee", -500, "KRW"),)),
        ("payout", -9_700, (("to_bank", 9_700, "KRW"),)),
        ("payout_failure", 9_700, (("to_bank_failed", 9_700, "KRW"),)),
    ],
)
def test_what_only_the_provider_can_say_is_written(kind: str, amount: int, writes: object) -> None:
    (tie,) = judged([line("x_1", kind, amount)], []).ties
    assert tie.writes == writes


def test_refunds_are_found_by_name_or_are_money_that_was_owed_for_nothing() -> None:
    lines = [line("re_1", "refund", -4_000), line("re_2", "refund", -7_000, charge="pi_9"),
             line("re_3", "refund_failure", 4_000)]  # fmt: skip
    lines[2] = replace(lines[2], source="re_1", id="txn_back")
    ours = [entry("re_1", "refunded", -4_000), entry("pi_9", "late_returned", -7_000),
            entry("re_1", "refunded_undone", 4_000)]  # fmt: skip
    result = judged(lines, ours)
    assert found(result) == []
    assert len(result.ties) == 3


def test_a_refund_of_held_money_settles_its_item() -> None:
    item = Held(uuid4(), "pi_9", 7_000, "KRW")
    there = line("re_2", "refund", -7_000, charge="pi_9")
    result = judged([there], [], Known(held=[item]))
    assert result.returned == ((item.pk, there.pk),)
    assert found(result) == []
    other = judged([replace(there, amount=-6_999, source_amount=6_999)], [], Known(held=[item]))
    assert other.returned == ()


ONE = Known(charges={"pi_1": ABOUT})
PAID = Known(payments={"p:2": replace(ABOUT, paid=True)})
EACH: list[tuple[str, list[Moved], list[Booked], Known]] = [
    ("missing_here", [line("pi_1")], [], ONE),
    ("missing_here", [line("pi_2", payment="p:1")], [], Known(payments={"p:1": ABOUT})),
    ("missing_here", [line("re_1", "refund", -5, refund="r")], [],
     Known(refund_marks={"r": ABOUT})),
    ("missing_here", [line("re_1", "refund_failure", 5)], [], Known(refunds={"re_1": ABOUT})),
    ("missing_there", [], [entry("pi_1")], Known()),
    ("missing_there", [], [entry("re_1", "refunded", -5)], Known()),
    ("other_amount", [line("pi_1", amount=9_999)], [entry("pi_1")], ONE),
    ("other_currency", [line("pi_1", source_currency="USD")], [entry("pi_1")], ONE),
    ("other_fee", [line("pi_1", fee=301)], [entry("pi_1"), entry("pi_1", "provider_fee", -300)],
     ONE),
    ("duplicate_charge", [line("pi_2", payment="p:2")], [], PAID),
    ("orphan", [line("pi_5")], [], Known()),
    ("orphan", [line("re_5", "refund", -5)], [], Known()),
    ("orphan", [line("x", "other", 5)], [], Known()),
    ("orphan", [line("tr_1", "transfer", -5)], [], Known()),
    ("refund_elsewhere", [line("re_7", "refund", -5, charge="pi_1")], [], ONE),
    ("told_twice", [line("pi_1")], [], Known(charges={"pi_1": ABOUT}, tied=frozenset({"pi_1"}))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "lines", "entries", "known"), EACH)
def test_each_kind_of_difference(
    kind: str, lines: list[Moved], entries: list[Booked], known: Known
) -> None:
    result = judged(lines, entries, known)
    assert [one.kind for one in result.findings] == [kind]
    assert kind in KINDS
    assert outcomes_of(kind)
    # Only what is owed back is booked of what differs.
    assert bool(result.ties) == (kind == "duplicate_charge")


def test_a_charge_of_which_nobody_knows_is_stuck_after_a_day() -> None:
    old = UnderWay("a", 5, "KRW", NOW - timedelta(hours=24), ABOUT)
    young = replace(old, name="b", since=NOW - timedelta(hours=23))
    assert found(judged([], [], under_way=(old, young))) == [("stuck", "a")]


def test_what_the_provider_may_still_list_is_not_missing() -> None:
    young = entry("pi_1", at=NOW - timedelta(days=1))
    assert found(judged([], [young])) == []


def test_a_refund_that_was_taken_back_before_it_went_is_not_missing() -> None:
    sent = entry("re_1", "refunded", -5)
    back = entry("re_1", "refunded_undone", 5, undoes=sent.pk)
    assert found(judged([], [sent, back])) == []
    assert found(judged([], [sent])) == [("missing_there", "re_1")]


def test_disputes_are_known_and_no_finding() -> None:
    there = line("dp_1", "dispute", -10_000)
    assert judged([there], []) == Compared((), (), ())
    booked = entry("dp_1", "disputed", -10_000)
    assert judged([there], [booked]).ties[0].entries == (booked,)


def everything(random: Random) -> tuple[list[Moved], list[Booked], Known]:
    """Some hundred movements and entries, most of which agree."""
    lines: list[Moved] = []
    entries: list[Booked] = []
    charges: dict[str, About] = {}
    for number in range(60):
        name, amount, fee = f"pi_{number}", random.randrange(1_000, 90_000), random.randrange(300)
        at = LONG_AGO - timedelta(minutes=random.randrange(3))
        charges[name] = About(ABOUT.campaign, uuid4(), uuid4())
        fate = random.randrange(8)
        if fate != 0:
            entries.append(entry(name, amount=amount, at=at, about=charges[name]))
        if fate != 1:
            off = 1 if fate == 2 else 0
            lines.append(line(name, amount=amount + off, fee=fee, at=at))
        if fate == 3:
            lines.append(replace(lines[-1], pk=uuid4(), id=f"{lines[-1].id}_again"))
        if fate > 4:
            booked = fee + (1 if fate == 5 else 0)
            entries.append(entry(name, "provider_fee", -booked, at=at, about=charges[name]))
        if fate == 7:
            lines.append(line(f"re_{number}", "refund", -amount, charge=name, at=at))
    lines.append(line("po_1", "payout", -5_000))
    return lines, entries, Known(charges=charges)


@pytest.mark.parametrize("seed", range(40))
def test_no_order_of_lines_changes_anything_and_none_is_used_twice(seed: int) -> None:
    random = Random(seed)
    lines, entries, known = everything(random)
    first = judged(lines, entries, known)
    used = Counter(each.pk for tie in first.ties for each in tie.entries)
    of_lines = Counter(tie.line.pk for tie in first.ties)
    of_lines.update(one.line for one in first.findings if one.line is not None)
    assert set(used.values()) <= {1}
    assert set(of_lines.values()) == {1}
    assert set(of_lines) == {each.pk for each in lines}
    assert len({(one.kind, one.name) for one in first.findings}) == len(first.findings)
    for tie in first.ties:
        written = {
            "provider_fee": -1, "converted": -1, "to_bank": -1, "settled_in": 1,
        }  # fmt: skip
        net = sum(each.amount for each in tie.entries)
        net += sum(written[what] * amount for what, amount, _ in tie.writes)
        assert net == tie.line.net
    for _ in range(5):
        random.shuffle(lines)
        random.shuffle(entries)
        again = judged(lines, entries, known)
        assert _told(again) == _told(first)


def _told(result: Compared) -> tuple[object, ...]:
    ties = {
        tie.line.pk: (frozenset(each.pk for each in tie.entries), tie.writes) for tie in result.ties
    }
    return ties, frozenset(result.findings), result.returned


def test_control_without_taking_entries_out_a_line_is_used_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The defence is that a used entry is gone: without it one refund of two is nobody's."""
    from mungchi.payments.domain import reconciling

    one = line("re_1", "refund", -5)
    two = replace(one, pk=UUID(int=2), id="txn_other")
    ours = [entry("re_1", "refunded", -5)]
    assert len(judged([one, two], ours).ties) == 1
    monkeypatch.setattr(reconciling._Work, "_take", lambda self, entries: None)
    assert len(judged([one, two], ours).ties) == 2
