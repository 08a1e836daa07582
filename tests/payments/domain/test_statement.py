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


ONE_COLUMN = ["거래일자", "시간", "구분", "거래금액", "내용", "통화"]


def moved(**cells: str) -> Line | str:
    whole = {"거래일자": "2026-11-20", "거래금액": "1,000", **cells}
    mapping = statement.recognise_mapping(ONE_COLUMN)
    return statement.read([whole.get(name, "") for name in ONE_COLUMN], mapping, "KRW", "ymd")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"거래금액": "-1,000"}, "outgoing"), ({"구분": "출금"}, "outgoing"),
        ({"거래금액": "0"}, "zero"), ({"거래금액": "-"}, "zero"), ({"거래금액": "–"}, "zero"),
        ({"거래금액": "원천"}, "amount"), ({"거래금액": "$1,000"}, "foreign"),
        ({"통화": "USD"}, "foreign"),
    ],
)  # fmt: skip
def test_where_one_column_has_what_comes_and_what_goes(cells: dict[str, str], found: str) -> None:
    assert moved(**cells) == found


@pytest.mark.parametrize(
    ("cell", "at"),
    [("오후 12:05", time(12, 5)), ("오전 9:05", time(9, 5)), ("오후 9시 05분 07초", time(21, 5, 7)),
     ("140322", time(14, 3, 22)), ("1403", time(14, 3)), ("", None), ("25:00", None)],
)  # fmt: skip
def test_the_time_of_a_line(cell: str, at: time | None) -> None:
    line = moved(시간=cell, 구분="입금", 거래금액="1")
    assert isinstance(line, Line)
    assert (line.time, line.amount, line.currency, line.balance) == (at, 1, "KRW", None)


@pytest.mark.parametrize(
    ("cell", "order", "day", "at"),
    [
        ("2026-11-20 00:00:00", "ymd", DAY, None),
        ("2026-11-20(금) 09:30", "ymd", DAY, time(9, 30)),
        ("03/04/2026", "dmy", date(2026, 4, 3), None),
        ("03/04/2026", "mdy", date(2026, 3, 4), None),
        ("03/04/2026 at 9:30", "dmy", date(2026, 4, 3), time(9, 30)),
        ("03/04/2026 at 9:30", "mdy", date(2026, 3, 4), time(9, 30)),
    ],
)  # fmt: skip
def test_the_day_of_a_line_and_the_time_behind_it(
    cell: str, order: str, day: date, at: time | None
) -> None:
    mapping = statement.recognise_mapping(ONE_COLUMN)
    line = statement.read([cell, "", "", "5"], mapping, "KRW", order)
    assert isinstance(line, Line)
    assert (line.day, line.time) == (day, at)


def test_beside_a_column_of_money_in_others_say_nothing_more() -> None:
    mapping = statement.recognise_mapping(["거래일자", "구분", "거래금액", "출금액", "입금액"])
    assert (mapping["amount"], mapping["direction"]) == (None, None)
    assert (mapping["day"], mapping["credit"], mapping["debit"]) == (0, 4, 3)
    assert set(mapping) == set(statement.FIELDS)


def test_two_rows_of_headings_become_one_whichever_is_wider() -> None:
    lower = (2, ["", "입금액", "출금액"])
    line = (3, ["2026-11-20", "5", ""])
    assert statement.below_two_headings(["거래일자", "금액"], [lower, line]) == (
        ["거래일자", "입금액", "출금액"], [line],
    )  # fmt: skip
    assert statement.below_two_headings(["거래일자", "", "", "비고"], [lower]) == (
        ["거래일자", "입금액", "출금액", "비고"], [],
    )  # fmt: skip
    unknown = (2, ["", "가", "나"])
    assert statement.below_two_headings(["거래일자"], [unknown]) == (["거래일자"], [unknown])
    assert statement.below_two_headings(["거래일자"], []) == (["거래일자"], [])
    numbered = (2, ["", "입금액", "5"])
    assert statement.below_two_headings(["거래일자"], [numbered]) == (["거래일자"], [numbered])


def test_digests_are_those_under_which_lines_were_taken_before() -> None:
    # They stand in the database: another digest would take every line a second time.
    bare = Line(DAY, None, 1000, "KRW", "한빛", "이체", None)
    whole = Line(DAY, time(9, 30, 15), 1000, "KRW", "한빛", "이체", 5000)
    assert bare.digest(0) == "59d0c7b521df6a6999586026c3f98bf9"
    assert whole.digest(1) == "b3abbe8ac2da4be3b64c674082f5b99e"
    assert statement.headings_of(["거래일자", "입금액"]) == "8a07ea5e84ca3a1c13ad6db95d977d84"


def test_an_account_is_in_the_currency_of_most_lines() -> None:
    assert statement.statement_currency(["KRW", "USD", "USD", "KRW", "USD"], "KRW") == "USD"
    assert statement.statement_currency(["KRW", "KRW", "USD"], "USD") == "KRW"


def test_what_becomes_of_a_line_is_said_by_its_reason_where_there_is_one() -> None:
    assert statement.outcome("rejected", "date") == statement.REASONS["date"]
    assert statement.outcome("new", "") == statement.VERDICTS["new"]
