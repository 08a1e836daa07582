"""Lines of statements, whatever a bank or a hand writes into them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.statements import LAYOUTS, Moved

from mungchi.common.sheets.tables import read_table
from mungchi.payments.domain import statement
from mungchi.payments.domain.statement import Line

DAY = date(2026, 11, 20)
HEADINGS = ["거래일시", "적요", "보낸분", "출금액", "입금액", "잔액", "통화"]
MAPPING = statement.recognise_mapping(HEADINGS)


def said(**cells: str) -> Line | str:
    whole = {"거래일시": "2026-11-20 09:30", "입금액": "1,000", "보낸분": "한빛상사", **cells}
    return statement.read([whole.get(name, "") for name in HEADINGS], MAPPING, "KRW", "ymd")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout: str) -> None:
    moved = [
        Moved(DAY, 1_234_567, "(주)한빛", "타행이체"),
        Moved(DAY, -50_000, "전기요금"),
        Moved(DAY + timedelta(days=1), 900, "김대표", "CMS", time="23:59:01"),
    ]
    table = read_table(LAYOUTS[layout](moved), statement.NAMES, most=100, least=2)
    headers, lines = statement.below_two_headings(table.headers, table.lines)
    mapping = statement.recognise_mapping(headers)
    assert statement.missing_fields(mapping) == []
    found = [statement.read(values, mapping, "KRW", "ymd") for _, values in lines]
    if layout == "workbook":
        found.reverse()
    assert found.count("outgoing") == 1
    first, second = (each for each in found if isinstance(each, Line))
    assert (first.day, first.time, first.amount) == (DAY, time(10, 11, 12), 1_234_567)
    assert (first.depositor, first.text, first.balance) == ("(주)한빛", "타행이체", 6_234_567)
    assert (second.amount, second.time) == (900, time(23, 59, 1))
    # The line of totals is left out with a reason, and not taken for money.
    assert [each for each in found if each == "date"] == ["date"] * (layout == "wide_csv")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"거래일시": "합계"}, "date"),
        ({"거래일시": ""}, "date"),
        ({"입금액": "-1,000"}, "negative"),
        ({"입금액": "△1,000"}, "negative"),
        ({"입금액": "0", "출금액": "0"}, "zero"),
        ({"입금액": "", "출금액": ""}, "zero"),
        ({"입금액": "0", "출금액": "5,000"}, "outgoing"),
        ({"입금액": "5", "출금액": "5"}, "both"),
        ({"입금액": "=1+1"}, "amount"),
        ({"입금액": "천원"}, "amount"),
        ({"입금액": "10.5"}, "amount"),
        ({"입금액": "$1,000"}, "foreign"),
        ({"통화": "USD"}, "foreign"),
        ({"통화": "외화"}, "foreign"),
        ({"입금액": str(2**53)}, "too_large"),
        ({"입금액": "9" * 39}, "too_large"),
        ({"잔액": str(2**53)}, "too_large"),
    ],
)
def test_what_no_line_can_be_says_why(cells: dict[str, str], reason: str) -> None:
    assert said(**cells) == reason
    assert reason == "outgoing" or statement.REASONS[reason].ko != statement.REASONS[reason].en


def test_what_stands_at_the_edge_is_taken() -> None:
    line = said(입금액=str(2**53 - 1), 보낸분="=HYPERLINK(1)", 통화="원")
    assert isinstance(line, Line)
    assert (line.amount, line.depositor) == (2**53 - 1, "=HYPERLINK(1)")
    noon = said(거래일시="2026-11-20 오후 1:05:09")
    assert isinstance(noon, Line)
    assert noon.time == time(13, 5, 9)
    packed = said(거래일시="20261120140322")
    assert isinstance(packed, Line)
    assert (packed.day, packed.time) == (DAY, time(14, 3, 22))
    assert isinstance(said(입금액="1,000원"), Line)


def test_a_day_decides_what_becomes_of_it() -> None:
    line = said()
    assert isinstance(line, Line)
    today = line.day
    assert statement.verdict(line, today, taken=False) == ("new", "")
    assert statement.verdict(line, today, taken=True) == ("already", "taken")
    assert statement.verdict(line, today - timedelta(days=1), taken=False) == ("rejected", "ahead")
    assert statement.verdict(line, today + statement.OLD, taken=False) == ("new", "")
    later = today + statement.OLD + timedelta(days=1)
    assert statement.verdict(line, later, taken=False) == ("old", "")


texts = st.text(max_size=40)


@given(st.lists(texts, max_size=9), st.sampled_from(["KRW", "USD", "KWD"]))
def test_nothing_that_a_file_holds_breaks_the_reading(cells: list[str], currency: str) -> None:
    found = statement.read(cells, MAPPING, currency, "ymd")
    if isinstance(found, Line):
        assert 0 < found.amount < 2**53
    else:
        assert found == "outgoing" or found in statement.REASONS


lines = st.builds(
    Line, day=st.dates(), time=st.none() | st.times(), amount=st.integers(1, 2**53 - 1),
    currency=st.just("KRW"), depositor=texts, text=texts, balance=st.none() | st.integers(),
)  # fmt: skip


@given(lines, lines, st.integers(0, 9), st.integers(0, 9))
def test_a_line_is_known_by_what_it_says_and_by_its_number(
    one: Line, other: Line, nth: int, mth: int
) -> None:
    assert one.digest(nth) == one.digest(nth)
    if nth != mth:
        assert one.digest(nth) != one.digest(mth)
    if (one.day, one.amount, one.balance) != (other.day, other.amount, other.balance):
        assert one.digest(nth) != other.digest(nth)


def test_a_form_is_known_by_the_set_of_its_headings() -> None:
    assert statement.headings_of(HEADINGS) == statement.headings_of([*HEADINGS[::-1], ""])
    assert statement.headings_of(HEADINGS) != statement.headings_of(HEADINGS[1:])
    assert statement.missing_fields(statement.recognise_mapping(["가", "나"])) == ["day", "credit"]


def test_an_account_is_in_the_currency_that_its_lines_state() -> None:
    assert statement.statement_currency(["USD", "usd", "KRW", "?"], "KRW") == "USD"
    assert statement.statement_currency(["", "?"], "KRW") == "KRW"
