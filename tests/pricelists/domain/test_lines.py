"""What the lines of a file of prices lead to: both shapes, and against the list that stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mungchi.pricelists.domain.columns import FIELDS, missing_fields, read, recognise_mapping
from mungchi.pricelists.domain.lines import (
    REASONS,
    Defaults,
    Judged,
    Known,
    Present,
    Thing,
    judge,
)
from mungchi.pricelists.domain.terms import Terms

TODAY = date(2026, 11, 27)
PAPER = Thing("i1", "복사용지 A4", "P-1", 4, None)
CUP = Thing("i2", "종이컵", "C-1", 1, None)
OWN = Thing("i3", "맞춤 상자", "B-1", 1, "k1")
TERMS = Terms(
    tiers=((1, Decimal(120)), (50, Decimal(100))), pack_size=4, minimum=1, capacity=None,
    capacity_per="order", lead_time_days=5, delivery_cost=0, currency="KRW", vat_included=False,
    valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1), for_all=True, cooperatives=(),
    code="S-1", note="",
)  # fmt: skip
STANDING = Present("s1", PAPER, TERMS)
DEFAULTS = Defaults("KRW", lead_time_days=7, valid_until=date(2027, 6, 30))
WIDE = ["관리 코드", "품목코드", "수량1", "단가1", "수량2", "단가2", "납기", "유효기한", "메모"]


def known(*present: Present) -> Known:
    things = [PAPER, CUP, OWN]
    return Known(
        by_code={one.code: [one] for one in things},
        by_name={one.name: [one] for one in things},
        present=present,
        cooperatives={"한빛조합": "k1", "다온조합": "k2"},
        today=TODAY,
    )


def judged(
    header: Sequence[str], *rows: Sequence[str], present: Sequence[Present] = (),
    defaults: Defaults = DEFAULTS,
) -> Judged:  # fmt: skip
    mapping = recognise_mapping(header)
    mapped = [name for name, index in mapping.items() if index is not None]
    said = [(at, read(row, mapping, defaults.currency)) for at, row in enumerate(rows, start=2)]
    return judge(said, known(*present), defaults, mapped)


def verdicts(result: Judged) -> list[tuple[str, str]]:
    return [(verdict, reason) for _, (verdict, reason, _) in sorted(result.lines.items())]


def test_columns_are_recognised_in_both_languages_and_shapes() -> None:
    for language in ("ko", "en"):
        names = [label.say(language) for label in FIELDS.values()]
        assert recognise_mapping(names) == {name: at for at, name in enumerate(FIELDS)}
    long = recognise_mapping(["품번", "품명", "수량부터", "공급단가(원)"])
    assert {name: at for name, at in long.items() if at is not None} == {
        "item_code": 0, "item_name": 1, "quantity1": 2, "price1": 3,
    }  # fmt: skip
    assert missing_fields(recognise_mapping(["메모"])) == ["item_code", "price1"]
    assert missing_fields(long) == []


def test_tiers_side_by_side_and_a_line_each_are_the_same_offer() -> None:
    wide = judged(WIDE, ["", "P-1", "1", "120", "50", "100", "3", "2027.03.31", ""])
    long = judged(
        ["품목코드", "수량", "단가", "납기", "종료일"],
        ["P-1", "1개", "120원", "3", "2027-03-31"],
        ["p-1", "50", "100", "", ""],
    )
    assert verdicts(wide) == [("new", "")]
    assert verdicts(long) == [("new", ""), ("part", "")]
    assert [one.terms for one in wide.wanted] == [one.terms for one in long.wanted]
    (one,) = wide.wanted
    assert (one.terms.tiers, one.terms.pack_size) == (((1, 120), (50, 100)), 4)
    assert (one.terms.lead_time_days, one.terms.valid_until) == (3, date(2027, 3, 31))


@pytest.mark.parametrize(
    ("prices", "verdict", "percent"),
    [
        (("120", "100"), "same", None),
        (("126", "100"), "up", "5.0"),
        (("120", "90"), "down", "-10.0"),
        (("121", "98"), "mixed", "-2.0"),
        (("126", "99"), "mixed", "5.0"),
    ],
)
def test_what_changes_against_the_list(
    prices: tuple[str, str], verdict: str, percent: str | None
) -> None:
    first, second = prices
    result = judged(WIDE[:6], ["S-1", "", "1", first, "50", second], present=[STANDING])
    assert verdicts(result) == [(verdict, "")]
    assert result.lines[2][2].get("percent") == percent
    moves = result.lines[2][2].get("moves", [])
    assert len(moves) == (2 if verdict == "mixed" else 0)
    assert not moves or Decimal(moves[0]) > 0 > Decimal(moves[1])
    assert len(result.wanted) == (0 if verdict == "same" else 1)


def test_other_terms_change_too_and_blank_cells_keep_what_stands() -> None:
    row = ["S-1", "", "1", "120", "50", "100", "", "2027-02-01", "새 조건"]
    result = judged(WIDE, row, present=[STANDING])
    assert verdicts(result) == [("changed", "")]
    assert result.lines[2][2]["terms"] == ["valid_until", "note"]
    assert result.wanted[0].terms.lead_time_days == 5
    # A column that is there and blank empties what may be empty.
    noted = Present("s1", PAPER, replace(TERMS, note="옛 조건"))
    row[7:] = ["", ""]
    assert judged(WIDE, row, present=[noted]).wanted[0].terms.note == ""


def test_an_item_tells_its_only_offer_and_codes_tell_several_apart() -> None:
    row = ["P-1", "1", "95"]
    header = ["품목코드", "수량", "단가"]
    assert verdicts(judged(header, row, present=[STANDING])) == [("down", "")]
    other = Present("s2", PAPER, replace(TERMS, code="S-2"))
    assert verdicts(judged(header, row, present=[STANDING, other])) == [("rejected", "which")]
    # Both are named by it: neither is left out of the file.
    assert judged(header, row, present=[STANDING, other]).missing == []


def test_an_own_code_says_which_offer_it_is_though_the_item_is_called_otherwise() -> None:
    header = ["관리 코드", "품명", "수량", "단가"]
    result = judged(header, ["S-1", "복사지(한박스)", "1", "95"], present=[STANDING])
    assert verdicts(result) == [("down", "")]
    assert result.wanted[0].present is STANDING
    other = judged(header, ["S-1", "종이컵", "1", "95"], present=[STANDING])
    assert verdicts(other) == [("rejected", "other_item")]
    assert verdicts(judged(header, ["S-9", "복사지(한박스)", "1", "95"], present=[STANDING])) == [
        ("rejected", "no_item")
    ]


def test_what_the_file_leaves_out_is_told() -> None:
    other = Present("s2", CUP, replace(TERMS, code="S-2"))
    result = judged(WIDE[:4], ["S-1", "", "1", "x"], present=[STANDING, other])
    assert verdicts(result) == [("rejected", "price")]
    assert [one.pk for one in result.missing] == ["s2"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["", "없는 코드", "1", "9", "", "", "", "", ""], "no_item"),
        (["S-1", "C-1", "1", "9", "", "", "", "", ""], "other_item"),
        (["", "C-1", "1", "무료", "", "", "", "", ""], "price"),
        (["", "C-1", "1.5", "9", "", "", "", "", ""], "quantity_cell"),
        (["", "C-1", "1", "9", "", "8", "", "", ""], "quantity_cell"),
        (["", "C-1", "1", "", "", "", "", "", ""], "price"),
        (["", "C-1", "10", "9", "5", "8", "", "", ""], "terms_price"),
        (["", "C-1", "1", "9", "5", "9", "", "", ""], "terms_price"),
        (["", "C-1", "1", "9", "1", "8", "", "", ""], "tier_twice"),
        (["", "C-1", "1", "9", "", "", "빨리", "", ""], "cell_lead_time_days"),
        (["", "C-1", "1", "9", "", "", "", "언제나", ""], "cell_valid_until"),
        (["", "C-1", "1", "9", "", "", "", "2020-01-01", ""], "terms_dates"),
        (["", "B-1", "1", "9", "", "", "", "", ""], ""),
    ],
)
def test_every_line_that_cannot_be_taken_has_its_reason(row: list[str], reason: str) -> None:
    result = judged(WIDE, row, present=[STANDING])
    assert verdicts(result) == [("rejected", reason) if reason else ("new", "")]
    assert not reason or REASONS[reason]


def test_an_offer_is_taken_whole_or_not_at_all() -> None:
    header = ["품목코드", "수량", "단가", "납기"]
    result = judged(header, ["C-1", "1", "9", "3"], ["C-1", "10", "?", ""], ["P-1", "1", "5", ""])
    assert verdicts(result) == [
        ("rejected", "with_another"), ("rejected", "price"), ("new", ""),
    ]  # fmt: skip
    differing = judged(header, ["C-1", "1", "9", "3"], ["C-1", "10", "8", "4"])
    assert verdicts(differing) == [("rejected", "differs")] * 2


def test_for_whom() -> None:
    header = ["품목코드", "단가", "대상 조합"]

    def audience(code: str, names: str, *present: Present) -> Any:
        result = judged(header, [code, "9", names], present=present)
        _, reason, _ = result.lines[2]
        if reason:
            return reason
        return (result.wanted[0].terms.for_all, result.wanted[0].terms.cooperatives)

    assert audience("C-1", "") == audience("C-1", "모두") == (True, ())
    assert audience("C-1", "다온조합, 한빛조합") == (False, ("k1", "k2"))
    assert audience("C-1", "없는조합") == "cooperative"
    assert audience("B-1", "") == (False, ("k1",))
    assert audience("B-1", "다온조합") == "terms_item_of_one"
    without = judged(header[:2], ["P-1", "9"], present=[
        Present("s1", PAPER, replace(TERMS, for_all=False, cooperatives=("k2",)))
    ])  # fmt: skip
    assert without.wanted[0].terms.cooperatives == ("k2",)


def test_what_lines_do_not_say_comes_from_what_was_said_for_all() -> None:
    header, row = ["품목코드", "단가"], ["C-1", "9"]
    bare = Defaults("USD", vat_included=True)
    assert verdicts(judged(header, row, defaults=bare)) == [("rejected", "no_lead_time")]
    some = replace(bare, lead_time_days=2)
    assert verdicts(judged(header, row, defaults=some)) == [("rejected", "no_last_day")]
    whole = judged(header, row, defaults=replace(some, valid_until=date(2027, 1, 31)))
    terms = whole.wanted[0].terms
    assert (terms.currency, terms.vat_included, terms.valid_from) == ("USD", True, TODAY)


def test_money_is_read_in_the_currency_of_its_line() -> None:
    result = judged(
        ["품목코드", "단가", "통화", "배송비", "부가세"],
        ["C-1", "$1.25", "USD", "12.5", "포함"], ["P-1", "1,250", "", "3,000원", "별도"],
        ["B-1", "1", "XXX", "", ""],
    )  # fmt: skip
    cup, paper = [one.terms for one in result.wanted]
    assert (cup.tiers, cup.delivery_cost, cup.vat_included) == (((1, Decimal("1.25")),), 1250, True)
    assert (paper.tiers, paper.delivery_cost) == (((1, Decimal(1250)),), 3000)
    assert verdicts(result)[2] == ("rejected", "cell_currency")
