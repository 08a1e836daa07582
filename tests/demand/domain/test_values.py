"""Numbers, dates and codes as bookkeeping programs write them."""

from datetime import date
from decimal import Decimal

import pytest

from mungchi.common.sheets.cells import clean_code, clean_text
from mungchi.demand.domain.values import (
    parse_currency,
    parse_date,
    parse_number,
    recognise_date_order,
    to_price,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,250", "1250"),
        ("1,250.50", "1250.50"),
        ("１，２５０", "1250"),
        ("₩1,250", "1250"),
        ("￦1,250", "1250"),
        ("\\1,250", "1250"),
        ("1,250원", "1250"),
        (" 1 250 ", "1250"),
        ("1\u00a0250", "1250"),
        ("£4.95", "4.95"),
        ("4,95", "4.95"),
        ("1.234,5", "1234.5"),
        ("10개", "10"),
        ("10 EA", "10"),
        (".5", "0.5"),
        ("6.0", "6.0"),
        ("1.2E+05", "120000"),
        ("-5", "-5"),
        ("(5)", "-5"),
        ("5-", "-5"),
        ("△5", "-5"),
        ("▲1,000", "-1000"),
        ("+7", "7"),
    ],
)
def test_numbers_are_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "abc", "1,25,0", "1,2345", "1.2.3", "NaN", "inf", "1e999", "9" * 50, "=1+1",
     "12 34x56", "0x10", "①"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    # Full-width and circled digits are normalised; a circled one is the digit that it shows.
    assert parse_number(text) == (Decimal(1) if text == "①" else None)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-03-05", "ymd", date(2024, 3, 5)),
        ("2024.03.05", "ymd", date(2024, 3, 5)),
        ("2024. 3. 5.", "ymd", date(2024, 3, 5)),
        ("2024/3/5", "ymd", date(2024, 3, 5)),
        ("2024년 3월 5일", "ymd", date(2024, 3, 5)),
        ("２０２４.０３.０５", "ymd", date(2024, 3, 5)),
        ("2010-12-01 08:34:00", "ymd", date(2010, 12, 1)),
        ("2024-03-05T10:00:00Z", "ymd", date(2024, 3, 5)),
        ("2024-03-05T10:00:00.123+09:00", "ymd", date(2024, 3, 5)),
        ("2024-03-05 오후 3:20", "ymd", date(2024, 3, 5)),
        ("2024-03-05(화)", "ymd", date(2024, 3, 5)),
        ("20240305", "ymd", date(2024, 3, 5)),
        ("20240305093000", "ymd", date(2024, 3, 5)),
        ("240305", "ymd", date(2024, 3, 5)),
        ("24.03.05", "ymd", date(2024, 3, 5)),
        ("45356", "ymd", date(2024, 3, 5)),
        ("45356.75", "ymd", date(2024, 3, 5)),
        ("12/1/2010 8:26", "mdy", date(2010, 12, 1)),
        ("12/1/2010 8:26", "dmy", date(2010, 1, 12)),
        ("03/04/24", "mdy", date(2024, 3, 4)),
        ("5 Mar 2024", "ymd", date(2024, 3, 5)),
        ("05-Mar-24", "ymd", date(2024, 3, 5)),
        ("March 5, 2024", "ymd", date(2024, 3, 5)),
        ("2024-02-29", "ymd", date(2024, 2, 29)),
    ],
)
def test_dates_are_read(text: str, order: str, day: date) -> None:
    assert parse_date(text, order) == day


@pytest.mark.parametrize(
    "text",
    ["", "2023-02-29", "2024-13-01", "2024-00-10", "1899-01-01", "3024-01-01", "12345", "hello",
     "2024-03-05 and more", "99999999", "0", "13/13/2024", "٣/٤/٢٠٢٤x"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, "mdy") is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["12/1/2010", "12/13/2010"], "mdy"),
        (["1/12/2010", "13/12/2010"], "dmy"),
        (["1/2/2010"], "mdy"),
        (["24.03.05", "24.12.31"], "ymd"),
        (["2024-03-05"], "mdy"),
        ([], "mdy"),
    ],
)
def test_the_order_of_a_date_is_what_fits_all(texts: list[str], order: str) -> None:
    assert recognise_date_order(texts, default="mdy") == order


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("13047.0", "13047"),
        (" 13047 ", "13047"),
        ("１３０４７", "13047"),
        ("nan", ""),
        ("#N/A", ""),
        ("M-001", "M-001"),
        ("124-81-00998", "1248100998"),
        ("123-45-00000", "123-45-00000"),
        ("1.50", "1.50"),
    ],
)
def test_codes_are_compared_in_one_form(text: str, code: str) -> None:
    assert clean_code(text) == code


def test_text_loses_control_characters_and_double_blanks() -> None:
    assert clean_text(" 복사용지\x00\t A4 \u200b") == "복사용지 A4"


def test_a_price_is_above_zero_with_six_decimals_at_most() -> None:
    assert to_price(Decimal("0.30000000000000004")) == Decimal("0.300000")
    assert to_price(Decimal("4.95")) == Decimal("4.95")
    for wrong in ("0", "-1", "0.0000001", "1e11"):
        assert to_price(Decimal(wrong)) is None


def test_currencies_are_known_by_sign_and_name() -> None:
    assert [parse_currency(text) for text in ("원", "￦", "£", "usd", "XYZ", "")] == [
        "KRW", "KRW", "GBP", "USD", "XYZ", "",
    ]  # fmt: skip
