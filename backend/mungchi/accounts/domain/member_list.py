"""A cooperative's list of its members: what a line says, and what becomes of it. Pure.

A line is told by its business number. What it leads to depends on who is there already: a firm that
nobody represents becomes a member at once, one with people of its own is invited, one that a
purchase history knew by its code only is completed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from mungchi.accounts.domain import business_number
from mungchi.common.sheets.cells import clean_code, clean_text
from mungchi.common.sheets.headers import columns_by_name, filled_cells, mostly
from mungchi.common.text import Text

FIELDS: Final[dict[str, Text]] = {
    "name": Text(ko="기업 이름", en="Firm"),
    "number": Text(ko="사업자등록번호", en="Business number"),
    "representative": Text(ko="대표자", en="Representative"),
    "address": Text(ko="주소", en="Address"),
    "email": Text(ko="대표 이메일", en="Owner's e-mail"),
    "division": Text(ko="분과", en="Division"),
    "code": Text(ko="조합원 번호", en="Member code"),
}
NEEDED: Final = ("name", "number")
LONGEST: Final = {
    "name": 100, "representative": 60, "address": 200, "email": 254, "division": 60, "code": 40,
}  # fmt: skip

# Names in the order of preference; written as `plain_name` leaves them.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        "기업명", "기업이름", "상호", "상호명", "업체명", "회사명", "법인명", "조합원사명",
        "조합원사", "조합원명", "회원사명", "회원사", "거래처명", "기업", "업체", "회사",
        "firmname", "firm", "companyname", "company", "membername", "name", "businessname",
    ),
    "number": (
        "사업자등록번호", "사업자번호", "사업자등록no", "사업자no", "등록번호",
        "businessnumber", "businessno", "businessregistrationnumber", "registrationnumber", "brn",
    ),
    "representative": (
        "대표자", "대표자명", "대표자성명", "대표", "대표이사", "대표명", "성명",
        "representative", "ceo", "owner", "director",
    ),
    "address": (
        "주소", "사업장주소", "사업장소재지", "소재지", "본점소재지", "주소지", "회사주소",
        "address",
    ),
    "email": (
        "대표이메일", "대표자이메일", "이메일", "이메일주소", "전자우편", "메일", "메일주소",
        "email", "emailaddress", "owneremail", "ownersemail", "mail",
    ),
    "division": ("분과", "분과명", "소속분과", "업종분과", "지회", "division", "group"),
    "code": (
        "조합원번호", "조합원코드", "조합원사번호", "조합원사코드", "회원번호", "회원코드",
        "거래처코드", "관리번호", "membercode", "memberno", "membernumber", "memberid", "code",
    ),
}  # fmt: skip

REASONS: Final[dict[str, Text]] = {
    "name": Text(ko="기업 이름이 비어 있습니다.", en="The line names no firm."),
    "number": Text(ko="사업자등록번호가 비어 있습니다.", en="There is no business number."),
    "number_wrong": Text(
        ko="사업자등록번호가 올바르지 않습니다(검증 숫자 불일치).",
        en="The business number is not valid (check digit).",
    ),
    "email": Text(ko="이메일 주소가 올바르지 않습니다.", en="The e-mail address is not valid."),
    "too_long": Text(ko="너무 긴 칸이 있습니다.", en="A cell is too long."),
    "double_number": Text(
        ko="같은 사업자등록번호가 파일의 앞줄에 있습니다.",
        en="The same business number stands in an earlier line.",
    ),
    "double_code": Text(
        ko="같은 조합원 번호가 파일의 앞줄에 있습니다.",
        en="The same member code stands in an earlier line.",
    ),
    "code_taken": Text(
        ko="다른 조합원사가 쓰는 조합원 번호입니다.", en="Another member firm has this code."
    ),
    "already_member": Text(ko="이미 조합원사입니다.", en="The firm is a member already."),
    "already_invited": Text(ko="이미 초대했습니다.", en="The firm is invited already."),
    "already_applied": Text(
        ko="가입을 신청해 둔 기업입니다. 조합원사 목록에서 승인해 주십시오.",
        en="The firm has applied. Please admit it in the list of members.",
    ),
    "changed": Text(
        ko="처리하는 동안 다른 곳에서 바뀌었습니다. 다시 올려 주십시오.",
        en="Something else changed it meanwhile. Please upload the line again.",
    ),
}

# What becomes of a line. "already" and "rejected" change nothing.
VERDICTS: Final[dict[str, Text]] = {
    "new": Text(ko="조합원사가 됩니다", en="becomes a member"),
    "completes": Text(ko="번호를 채웁니다", en="is completed"),
    "asks": Text(ko="초대합니다", en="is invited"),
    "already": Text(ko="그대로 둡니다", en="stays as it is"),
    "rejected": Text(ko="제외합니다", en="is left out"),
}
CHANGING: Final = ("new", "completes", "asks")
_ALREADY: Final = {
    "active": "already_member",
    "suspended": "already_member",
    "invited": "already_invited",
    "applied": "already_applied",
}
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be taken: ten digits, an address in lower case or none."""

    name: str
    number: str
    representative: str = ""
    address: str = ""
    email: str = ""
    division: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """The member that has a code: its firm, that firm's number, and whether it has people."""

    firm_id: UUID
    number: str | None
    represented: bool
    state: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already, as far as a file's lines go.

    firms: number -> (firm, whether it has people). members: firm -> state of its membership.
    codes: member code -> who has it.
    """

    firms: Mapping[str, tuple[UUID, bool]] = field(default_factory=dict)
    members: Mapping[UUID, str] = field(default_factory=dict)
    codes: Mapping[str, Holder] = field(default_factory=dict)


def recognise_mapping(
    headers: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, int | None]:
    """Return field -> column index, None where none fits: by names, then by contents."""
    mapping: dict[str, int | None] = dict.fromkeys(FIELDS)
    mapping |= columns_by_name(headers, NAMES)
    columns = filled_cells(headers, samples)
    for name, holds in (("number", _is_number), ("email", is_email)):
        if mapping[name] is None:
            free = [index for index in columns if index not in mapping.values()]
            fitting = [index for index in free if mostly(columns[index], holds)]
            mapping[name] = fitting[0] if len(fitting) == 1 else None
    return mapping


def _is_number(cell: str) -> bool:
    return business_number.parse(cell) is not None


def is_email(text: str) -> bool:
    """Whether a cell is an address that a letter could be sent to."""
    return len(text) <= LONGEST["email"] and _EMAIL.fullmatch(text.strip()) is not None


def read(values: Sequence[str], mapping: Mapping[str, int | None]) -> Line | str:
    """Return what a line says, or the code of the first reason against it."""

    def cell(name: str) -> str:
        index = mapping.get(name)
        return clean_text(values[index]) if index is not None and index < len(values) else ""

    name, written = cell("name"), cell("number")
    if not name:
        return "name"
    if not written:
        return "number"
    # Spreadsheets keep a number that is only digits as a number: 2208162517.0
    number = business_number.parse(clean_code(written))
    if number is None:
        return "number_wrong"
    email = cell("email").lower()
    if email and not is_email(email):
        return "email"
    texts = {
        "name": name,
        "representative": cell("representative"),
        "address": cell("address"),
        "email": email,
        "division": cell("division"),
        "code": clean_code(cell("code")),
    }
    if any(len(text) > LONGEST[key] for key, text in texts.items()):
        return "too_long"
    return Line(number=number, **texts)


def verdict(line: Line, known: Known) -> tuple[str, str]:
    """Return what becomes of a line, and the reason when that is nothing: (verdict, reason)."""
    holder = known.codes.get(line.code) if line.code else None
    there = known.firms.get(line.number)
    if there is None:
        if holder is None:
            return "new", ""
        unnumbered = holder.number is None and not holder.represented
        if unnumbered and holder.state in {"active", "suspended"}:
            return "completes", ""
        return "rejected", "code_taken"
    firm_id, represented = there
    state = known.members.get(firm_id, "")
    if state in _ALREADY:
        return "already", _ALREADY[state]
    if holder is not None and holder.firm_id != firm_id:
        return "rejected", "code_taken"
    return ("asks" if represented else "new"), ""


class Doubles:
    """Remembers the numbers and codes of the lines so far; a later one with the same is refused."""

    def __init__(self) -> None:
        self._numbers: set[str] = set()
        self._codes: set[str] = set()

    def refuses(self, line: Line) -> str:
        """The reason against a line that repeats an earlier one; "" and remembered otherwise."""
        if line.number in self._numbers:
            return "double_number"
        if line.code and line.code in self._codes:
            return "double_code"
        self._numbers.add(line.number)
        if line.code:
            self._codes.add(line.code)
        return ""
