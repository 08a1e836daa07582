"""Judging lines: the reasons, and their order."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.demand import KOREAN, RETAIL

from mungchi.demand.domain.columns import recognise_mapping
from mungchi.demand.domain.fields import Layout, Rules, missing_fields
from mungchi.demand.domain.lines import REASONS, PurchaseLine, judge

RETAIL_LAYOUT = Layout(
    recognise_mapping(RETAIL, []), "GBP", Rules(five_digit_codes=True, c_is_cancelled=True)
)
KOREAN_LAYOUT = Layout(recognise_mapping(KOREAN, []), "KRW", Rules())
GOOD = ["536368", " 84970s", "HEART", "6", "2010-12-01 08:34:00", "4.95", "13047.0", "UK"]


def changed(**cells: str) -> list[str]:
    """Return the good line with some of its cells changed."""
    return [cells.get(name, value) for name, value in zip(RETAIL, GOOD, strict=True)]


def test_a_good_line_becomes_a_purchase() -> None:
    assert judge(GOOD, RETAIL_LAYOUT) == PurchaseLine(
        "536368", "84970S", "HEART", "13047", "", 6, Decimal("4.95"), "GBP", date(2010, 12, 1)
    )


WRONG = {
    "cancelled": {"InvoiceNo": "C536368"},
    "not_goods": {"StockCode": "POST"},
    "quantity": {"Quantity": "-6"},
    "price": {"UnitPrice": "0.0"},
    "no_firm": {"CustomerID": ""},
    "date": {"InvoiceDate": "soon"},
    "too_long": {"InvoiceNo": "5" * 41},
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_line_that_is_wrong_in_many_ways_counts_under_the_first(reason: str) -> None:
    """From each reason on, all later ones are wrong as well."""
    reasons = list(WRONG)
    cells: dict[str, str] = {}
    for later in reversed(reasons[reasons.index(reason) :]):
        cells |= WRONG[later]
    assert judge(changed(**cells), RETAIL_LAYOUT) == reason


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"StockCode": "1234A"}, "not_goods"),
        ({"StockCode": ""}, "not_goods"),
        ({"StockCode": "１２３４５"}, None),
        ({"StockCode": "12345"}, None),
        ({"InvoiceNo": "A563185"}, None),
        ({"Quantity": "0"}, "quantity"),
        ({"Quantity": "1.5"}, "quantity"),
        ({"Quantity": "6.0"}, None),
        ({"Quantity": "many"}, "quantity"),
        ({"Quantity": "2000000000"}, "quantity"),
        ({"UnitPrice": "-11062.06"}, "price"),
        ({"UnitPrice": "free"}, "price"),
        ({"CustomerID": " nan "}, "no_firm"),
    ],
)
def test_the_edges_of_the_keep_rule(cells: dict[str, str], reason: str | None) -> None:
    verdict = judge(changed(**cells), RETAIL_LAYOUT)
    assert (verdict if isinstance(verdict, str) else None) == reason


def test_ordinary_korean_codes_and_documents_are_not_taken_for_fees() -> None:
    line = ["C-2024-1", "가-100", "볼트", "1,000개", "24.03.05", "￦12.5", "124-81-00998", "한빛"]
    verdict = judge(line, Layout(KOREAN_LAYOUT.mapping, "KRW", Rules(date_order="ymd")))
    assert isinstance(verdict, PurchaseLine)
    assert (verdict.item_code, verdict.firm_code, verdict.quantity) == (
        "가-100",
        "1248100998",
        1000,
    )


def test_without_a_code_the_name_tells_item_and_firm() -> None:
    line = ["", "", "볼트", "1", "2024-03-05", "10", "", "한빛"]
    assert isinstance(judge(line, KOREAN_LAYOUT), PurchaseLine)
    assert judge([*line[:2], " ", *line[3:]], KOREAN_LAYOUT) == "item"
    assert judge([*line[:7], ""], KOREAN_LAYOUT) == "no_firm"


def test_a_short_line_and_an_unknown_currency_are_rejected_not_crashed_on() -> None:
    assert judge([], KOREAN_LAYOUT) == "item"
    layout = Layout({**KOREAN_LAYOUT.mapping, "currency": 0}, "KRW", Rules())
    line = ["XYZ", "A", "볼트", "1", "2024-03-05", "10", "M1", "한빛"]
    assert judge(line, layout) == "currency"


def test_equal_lines_have_one_digest_whatever_the_spelling() -> None:
    def digest(**cells: str) -> str:
        verdict = judge(changed(**cells), RETAIL_LAYOUT)
        assert isinstance(verdict, PurchaseLine)
        return verdict.digest()

    assert digest() == digest(StockCode="84970S", CustomerID="13047", Description="heart ",
                              UnitPrice="4.950", InvoiceDate="2010-12-01")  # fmt: skip
    others = {digest(Quantity="7"), digest(UnitPrice="4.96"), digest(InvoiceNo="536369"),
              digest(InvoiceDate="2010-12-02"), digest(CustomerID="13048")}  # fmt: skip
    assert len(others | {digest()}) == 6


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    for text in REASONS.values():
        assert text.ko.endswith("다.")
        assert text.en.endswith(".")


def test_what_must_be_mapped_is_named() -> None:
    assert missing_fields(KOREAN_LAYOUT.mapping) == []
    assert missing_fields({}) == ["quantity", "date", "unit_price", "item_code", "firm_code"]
    assert missing_fields({**KOREAN_LAYOUT.mapping, "item_code": None}) == []
