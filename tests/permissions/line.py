"""One line of the permission matrix, and what lines share: who sees whose rows, simple bodies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.permissions.world import SIDES, Maker, World

FIRM = ("owner", "buyer", "viewer")
OFFICE = ("coordinator", "auditor")
EVERYBODY = (*FIRM, "supplier", *OFFICE, "operator", "seatless")
ROLES = ("anonymous", *EVERYBODY)

Sees = Mapping[str, tuple[str, ...]]
# Whose rows are seen by whom. What is not named is hidden.
OF_OFFICE: Sees = {"own": OFFICE, "sibling": OFFICE}
OF_FIRM: Sees = {"own": (*FIRM, *OFFICE), "sibling": OFFICE}
OF_FIRM_ALONE: Sees = {"own": FIRM}
OF_OWNER_ALONE: Sees = {"own": ("owner",)}
OF_SUPPLIER: Sees = {"own": ("supplier", *OFFICE), "sibling": OFFICE}
OF_SUPPLIER_ALONE: Sees = {"own": ("supplier",)}
OF_BOTH: Sees = {"own": (*FIRM, "supplier", *OFFICE), "sibling": OFFICE}
OF_MEMBERS: Sees = {"own": (*FIRM, *OFFICE), "sibling": (*FIRM, *OFFICE)}
CAMPAIGN: Sees = {"own": (*FIRM, "supplier", *OFFICE), "sibling": (*FIRM, *OFFICE)}
JOINING: Sees = {"own": FIRM, "sibling": FIRM}
PUBLIC: Sees = dict.fromkeys(SIDES, EVERYBODY)

# What is sent: a body made of the row's key (or of whatever the maker returned).
Body = Callable[[World, Any], Any]


@dataclass(frozen=True)
class Line:
    """One line of the table.

    make: makes the row; None when the request names no row (then there is one cell a role).
    at: "path" when the row's key stands in the address, "body" when in what is sent, "list" when
        the row is to be found, or not to be found, among the results.
    ok: the answer to who may and sees. but: (side, role) -> another answer, where the row is seen
        and something else forbids it. hidden: the answer in place of a row that is not seen.
    key: what stands in the address, of what the maker returned.
    """

    method: str
    path: str
    capability: str
    make: Maker | None = None
    sees: Sees = field(default_factory=dict)
    body: Body | None = None
    at: str = "path"
    ok: int = 200
    but: Mapping[tuple[str, str], int] = field(default_factory=dict)
    hidden: int = 404
    key: Callable[[Any], Any] = lambda row: row
    multipart: bool = False
    case: str = ""

    @property
    def name(self) -> str:
        """How the line is called in reports."""
        return f"{self.method} {self.path}{' · ' if self.case else ''}{self.case}"


def with_body(**body: Any) -> Body:
    return lambda world, row: body


def why(world: World, row: Any) -> dict[str, Any]:
    return {"why": "사정이 있어서"}


def named(member: str, /, **rest: Any) -> Body:
    """The row's key as one member of the body."""
    return lambda world, row: {**rest, member: row}
