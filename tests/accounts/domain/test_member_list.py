"""Reading a line of a member list, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.accounts.domain.member_list import (
    FIELDS,
    REASONS,
    VERDICTS,
    Doubles,
    Holder,
    Known,
    Line,
    is_email,
    read,
    recognise_mapping,
    verdict,
)
from mungchi.common.ids import uuid7

VALID, OTHER = "2208162517", "1248100998"
MAPPING = {name: index for index, name in enumerate(FIELDS)}
FULL = ["가온정밀", "220-81-62517", "김대표", "서울", "Kim@Mungchi.example", "인쇄", "A-1"]
A, B = uuid7(), uuid7()


def with_(**cells: str) -> list[str]:
    return [cells.get(name, FULL[index]) for name, index in MAPPING.items()]


def test_a_full_line() -> None:
    assert read(FULL, MAPPING) == Line(
        "가온정밀", VALID, "김대표", "서울", "kim@mungchi.example", "인쇄", "A-1"
    )


@pytest.mark.parametrize("written", [VALID, "220-81-62517", " 220 81 62517", "2208162517.0",
                                     "２２０－８１－６２５１７"])  # fmt: skip
def test_numbers_as_spreadsheets_have_them(written: str) -> None:
    said = read(with_(number=written), MAPPING)
    assert isinstance(said, Line)
    assert said.number == VALID


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize("by", range(1, 10))
def test_a_number_wrong_in_any_digit_is_rejected(place: int, by: int) -> None:
    wrong = VALID[:place] + str((int(VALID[place]) + by) % 10) + VALID[place + 1 :]
    assert read(with_(number=wrong), MAPPING) == "number_wrong"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [({"name": " "}, "name"), ({"number": ""}, "number"), ({"number": "123"}, "number_wrong"),
     ({"email": "kim"}, "email"), ({"email": "a@b"}, "email"), ({"email": "a b@c.kr"}, "email"),
     ({"email": "a@c.kr, b@c.kr"}, "email"), ({"email": "a@" + "x" * 260 + ".kr"}, "email"),
     ({"name": "가" * 101}, "too_long"), ({"code": "x" * 41}, "too_long"),
     ({"division": "x" * 61}, "too_long")],
)  # fmt: skip
def test_what_is_rejected_and_why(cells: dict[str, str], reason: str) -> None:
    assert read(with_(**cells), MAPPING) == reason
    assert reason in REASONS


@given(st.lists(st.text(max_size=300), max_size=9))
def test_nothing_in_a_cell_breaks_it(cells: list[str]) -> None:
    said = read(cells, MAPPING)
    assert isinstance(said, Line) or said in REASONS


@given(st.text(max_size=60))
def test_an_address_has_no_blank_and_one_at(text: str) -> None:
    if is_email(text):
        inside = text.strip()
        assert inside.count("@") == 1
        assert not any(letter.isspace() for letter in inside)


@pytest.mark.parametrize(
    "headers",
    [["No", "상호명", "사업자등록번호", "대표자", "사업장 소재지", "E-mail", "분과", "조합원번호"],
     ["No", "Company name", "Business No.", "Representative", "Address", "Email", "Division",
      "Member code"]],
)  # fmt: skip
def test_columns_are_known_by_their_names(headers: list[str]) -> None:
    assert recognise_mapping(headers, []) == {name: at for at, name in enumerate(FIELDS, 1)}


def test_numbers_and_addresses_are_known_by_what_they_look_like() -> None:
    rows = [["가온", VALID, "a@b.kr"], ["나래", OTHER, "c@d.kr"]]
    mapping = recognise_mapping(["상호", "번호", "연락"], rows)
    assert (mapping["name"], mapping["number"], mapping["email"]) == (0, 1, 2)


def test_doubles_are_found_by_number_and_by_code() -> None:
    doubles = Doubles()
    assert doubles.refuses(Line("a", VALID, code="1")) == ""
    assert doubles.refuses(Line("b", VALID, code="2")) == "double_number"
    assert doubles.refuses(Line("c", OTHER, code="1")) == "double_code"
    assert doubles.refuses(Line("c", OTHER, code="2")) == "", "what was refused holds nothing"
    assert doubles.refuses(Line("d", "1078614075")) == ""


LINE = Line("가온", VALID, code="A-1")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(), ("new", "")),
        (Known(firms={VALID: (A, False)}), ("new", "")),
        (Known(firms={VALID: (A, True)}), ("asks", "")),
        (Known(firms={VALID: (A, True)}, members={A: "left"}), ("asks", "")),
        (Known(firms={VALID: (A, False)}, members={A: "left"}), ("new", "")),
        (Known(firms={VALID: (A, True)}, members={A: "active"}), ("already", "already_member")),
        (Known(firms={VALID: (A, True)}, members={A: "suspended"}), ("already", "already_member")),
        (Known(firms={VALID: (A, True)}, members={A: "invited"}), ("already", "already_invited")),
        (Known(firms={VALID: (A, True)}, members={A: "applied"}), ("already", "already_applied")),
        (Known(codes={"A-1": Holder(B, None, False, "active")}), ("completes", "")),
        (Known(codes={"A-1": Holder(B, None, True, "active")}), ("rejected", "code_taken")),
        (Known(codes={"A-1": Holder(B, OTHER, False, "active")}), ("rejected", "code_taken")),
        (Known(codes={"A-1": Holder(B, None, False, "left")}), ("rejected", "code_taken")),
        (Known(firms={VALID: (A, False)}, codes={"A-1": Holder(B, None, False, "active")}),
         ("rejected", "code_taken")),
        (Known(firms={VALID: (A, False)}, members={A: "left"},
               codes={"A-1": Holder(A, VALID, False, "left")}), ("new", "")),
    ],
)  # fmt: skip
def test_what_becomes_of_a_line(known: Known, expected: tuple[str, str]) -> None:
    found = verdict(LINE, known)
    assert found == expected
    assert found[0] in VERDICTS
    assert not found[1] or found[1] in REASONS
