"""Which payment a line is for, whatever firms write on their transfers."""

from datetime import date, time, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.orders.domain.codes import ALPHABET, code_of, with_check
from mungchi.payments.domain import matching
from mungchi.payments.domain.matching import Arrived, Bill, match, references_in

DAY = date(2026, 11, 20)
_pk = count(1)
codes = st.integers(0, 10**9).map(lambda number: with_check(code_of(number, 7)))
A, B = (with_check(code_of(number, 7)) for number in (7, 8))


def line(**fields: object) -> Arrived:
    whole = {"day": DAY, "time": None, "open": 1000, "currency": "KRW", "depositor": "", "text": ""}
    return Arrived(UUID(int=next(_pk)), **{**whole, **fields})  # type: ignore[arg-type]


def bill(reference: str = A, **fields: object) -> Bill:
    whole = {"missing": 1000, "currency": "KRW", "asked": DAY - timedelta(days=3)}
    return Bill(UUID(int=next(_pk)), reference, **{**whole, **fields})  # type: ignore[arg-type]


def why(one: Arrived, *bills: Bill) -> str:
    found = match([one], bills).get(one.pk)
    return found[0].why if found else ""


separators = st.sampled_from(["", " ", "-", ".", " - ", "_"])
# What cannot be a part of a code itself.
around = st.text(st.sampled_from("가나다 ()주015aeiou"), max_size=8)


@given(codes, around, around, separators, st.booleans())
def test_a_code_is_found_wherever_and_however_it_is_written(
    code: str, before: str, behind: str, between: str, lower: bool
) -> None:
    written = between.join((code[:4], code[4:]))
    printed = before + (written.lower() if lower else written) + behind
    assert references_in(printed) == {code}
    assert references_in("보낸분", printed) == {code}


@given(codes, st.text(st.sampled_from(ALPHABET), max_size=4), st.text(st.sampled_from(ALPHABET)))
def test_a_code_is_found_among_other_letters_that_codes_have(
    code: str, before: str, behind: str
) -> None:
    assert code in references_in(before + code + behind)


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_code_that_was_misread_is_no_payments(code: str, at: int, letter: str) -> None:
    wrong = code[:at] + letter + code[at + 1 :]
    assert (code in references_in(wrong)) == (wrong == code)


def test_reference_and_amount_are_certain_and_all_else_is_a_suggestion() -> None:
    sure = match([one := line(text=f"타행 {A}")], [paid := bill()])[one.pk]
    assert [(each.payment, each.amount, each.certain) for each in sure] == [(paid.pk, 1000, True)]
    assert why(line(text=A, open=400), bill()) == "reference_part"
    assert why(line(text=A, open=1400), bill()) == "reference_over"
    assert why(line(text=A, currency="USD"), bill()) == ""
    assert why(line(text=A, old=True), bill()) == "reference_old"
    assert why(line(text=A, day=DAY - timedelta(days=9)), bill()) == "reference_old"
    assert why(line(text=f"{A} {B}"), bill(A), bill(B)) == "several"
    assert why(line(text=A), bill(closed="paid", missing=0)) == "paid"
    assert why(line(text=A), bill(closed="gone", missing=0)) == "gone"


def test_what_comes_twice_is_certain_once_and_the_earlier_counts() -> None:
    second, first = line(text=A, day=DAY + timedelta(days=1)), line(text=A)
    found = match([second, first], [bill()])
    assert [found[first.pk][0].why, found[second.pk][0].why] == ["reference", "again"]


def names(*given: str) -> frozenset[str]:
    return frozenset(map(matching.plain_party, given))


@pytest.mark.parametrize(
    ("printed", "firm"),
    [
        ("(주)한빛상사", "한빛상사"), ("한빛상사", "주식회사 한빛상사"), ("㈜한 빛 상", "한빛상"),
        ("한빛전자부품", "한빛전자부품유통 주식회사"), ("김대표", "김대표"),
        ("Hanbit Co.", "HANBIT CO"),
    ],
)  # fmt: skip
def test_a_depositor_is_known_by_the_firms_name_as_banks_print_it(printed: str, firm: str) -> None:
    assert why(line(depositor=printed), bill(names=names(firm))) == "name"


def test_a_name_says_something_only_with_the_amount_and_of_one() -> None:
    known = bill(names=names("한빛상사"))
    assert why(line(depositor="한빛상사", open=999), known) == ""
    other = bill(B, names=names("한빛상사"))
    assert why(line(depositor="한빛상사"), known, other) == ""
    assert why(line(depositor="홍길동"), known) == "amount"
    assert why(line(depositor="홍길동"), known, other) == ""
    assert why(line(depositor="한"), bill(names=names("한"))) == "amount"


def test_what_was_confirmed_by_hand_is_recognised() -> None:
    by_hand = bill(by_hand=True, depositor="(주)한빛", received=DAY, names=names("한빛"))
    assert why(line(text=A), by_hand) == "reference_hand"
    assert why(line(depositor="한빛", day=DAY + timedelta(days=3)), by_hand) == "depositor_hand"
    assert why(line(depositor="한빛", day=DAY + timedelta(days=4)), by_hand) == "name_hand"
    assert why(line(depositor="홍길동"), by_hand) == ""
    assert why(line(depositor="한빛", open=999), by_hand) == ""


bills = st.lists(
    st.builds(
        bill, codes, missing=st.integers(1, 5), by_hand=st.booleans(),
        depositor=st.sampled_from(["한빛", "새롬"]), received=st.just(DAY),
        names=st.sampled_from([names("한빛"), names("새롬", "김대표")]),
    ),
    max_size=6, unique_by=lambda each: each.reference,
)  # fmt: skip


@given(bills, st.data())
def test_a_line_is_certain_for_one_payment_and_a_payment_for_one_line_in_any_order(
    asked: list[Bill], data: st.DataObject
) -> None:
    written = st.sampled_from([each.reference for each in asked] or [A])
    arrived = data.draw(
        st.lists(
            st.builds(
                line, open=st.integers(1, 5), text=written | st.just(""),
                depositor=st.sampled_from(["한빛", "새롬", "김대표", "누구"]),
                day=st.sampled_from([DAY, DAY + timedelta(days=1)]),
            ),
            max_size=8,
        )
    )  # fmt: skip
    found = match(arrived, asked)
    certain = [each for matches in found.values() for each in matches if each.certain]
    assert len({each.payment for each in certain}) == len(certain)
    assert len({each.line for each in certain}) == len(certain)
    by_bill = {each.pk: each for each in asked}
    by_line = {each.pk: each for each in arrived}
    for each in certain:
        assert each.amount == by_bill[each.payment].missing == by_line[each.line].open
    mixed = match(data.draw(st.permutations(arrived)), data.draw(st.permutations(asked)))
    assert mixed == found


@pytest.mark.parametrize(
    ("name", "plain"),
    [("(주)한빛-상사", "한빛상사"), ("한 빛 상 사", "한빛상사"), ("HANBIT Co.", "hanbitco"),
     ("농업회사법인㈜한빛", "농업회사법인한빛"), ("（주）한빛", "한빛")],
)  # fmt: skip
def test_a_name_without_what_tells_nothing_apart(name: str, plain: str) -> None:
    assert matching.plain_party(name) == plain


def test_names_that_banks_cut_are_known_from_four_letters_on() -> None:
    assert matching.same_party("한빛전자", ["한빛전자부품"])
    assert not matching.same_party("한빛전", ["한빛전자부품"])
    assert not matching.same_party("전자부품", ["한빛전자부품"])
    assert not matching.same_party("한빛상사", ["새롬상사"])
    assert not matching.same_party("한", ["한"])


def test_of_one_day_the_earlier_hour_counts_and_no_hour_comes_first() -> None:
    late, early = line(text=A, time=time(9)), line(text=A, time=time(8, 59))
    found = match([late, early], [bill()])
    assert [found[early.pk][0].why, found[late.pk][0].why] == ["reference", "again"]
    midnight, none = line(text=A, time=time(0, 0, 1)), line(text=A)
    found = match([midnight, none], [bill()])
    assert [found[none.pk][0].why, found[midnight.pk][0].why] == ["reference", "again"]


def test_what_was_certain_for_one_line_stays_taken_whatever_comes_between() -> None:
    first, other, third = (
        line(text=text, day=DAY + timedelta(days=after)) for after, text in enumerate((A, B, A))
    )
    found = match([first, other, third], [one := bill(A), bill(B)])
    assert [found[each.pk][0].why for each in (first, other, third)] == [
        "reference", "reference", "again",
    ]  # fmt: skip
    again = found[third.pk][0]
    assert (again.line, again.payment, again.amount) == (third.pk, one.pk, 1000)


def test_beside_a_certain_payment_no_other_is_suggested() -> None:
    found = match([one := line(text=f"{A} {B}")], [sure := bill(A), bill(B, missing=5000)])
    assert [each.payment for each in found[one.pk]] == [sure.pk]


def test_a_code_in_the_depositors_name_counts() -> None:
    assert why(line(depositor=f"한빛 {A}"), bill()) == "reference"


def test_of_what_is_closed_nothing_is_proposed_and_others_are_looked_at() -> None:
    paid = bill(A, closed="paid", missing=0)
    found = match([one := line(text=A)], [paid])
    assert [(each.payment, each.amount) for each in found[one.pk]] == [(paid.pk, 0)]
    part = match([two := line(text=A, open=400)], [bill(A)])[two.pk]
    assert [each.amount for each in part] == [400]
    known = bill(B, names=names("한빛상사"))
    assert why(line(depositor="한빛상사"), paid, known) == "name"


def test_money_that_came_the_day_it_was_asked_for_counts() -> None:
    assert why(line(text=A), bill(asked=DAY)) == "reference"
    assert why(line(depositor="한빛상사"), bill(asked=DAY, names=names("한빛상사"))) == "name"
    early = line(depositor="한빛상사", day=DAY - timedelta(days=1))
    assert why(early, bill(asked=DAY, names=names("한빛상사"))) == ""
