"""The lines of the matrix about people, seats, invitations, members and divisions."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.permissions import rows, rows_cooperatives
from tests.permissions.line import (
    EVERYBODY,
    FIRM,
    OF_FIRM_ALONE,
    OF_OFFICE,
    OFFICE,
    PUBLIC,
    ROLES,
    Line,
    Sees,
)
from tests.permissions.line import named as _named
from tests.permissions.line import why as _why
from tests.permissions.line import with_body as _with
from tests.permissions.world import SIDES, World

from mungchi.accounts.domain.permissions import ANYONE, SIGNED_IN


def _asked_for(world: World, email: Any) -> dict[str, Any]:
    return {"email": email, "why": "전화로 요청"}


def _members(world: World, row: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("m.csv", rows.MEMBERS.encode(), content_type="text/csv")}


MEMBERS = [
    Line("GET", "members", "members.read", rows.membership, OF_OFFICE, at="list"),
    Line("POST", "members/<uuid:pk>/admit", "members.write", rows.applicant, OF_OFFICE),
    Line("POST", "members/<uuid:pk>/suspend", "members.write", rows.membership, OF_OFFICE, _why),
    Line("GET", "members/<uuid:pk>", "members.read", rows.membership, OF_OFFICE),
    Line(
        "PATCH",
        "members/<uuid:pk>",
        "members.write",
        rows.membership,
        OF_OFFICE,
        _with(division=None, member_code="Z-9"),
    ),
    Line("POST", "members/<uuid:pk>/decline", "members.write", rows.applicant, OF_OFFICE, _why),
    Line("POST", "members/<uuid:pk>/invite", "members.write", rows.gone, OF_OFFICE),
    Line(
        "POST",
        "members/<uuid:pk>/withdraw-invitation",
        "members.write",
        rows.invited_firm,
        OF_OFFICE,
    ),
    Line("GET", "members/<uuid:pk>/running", "members.read", rows.membership, OF_OFFICE),
    Line("POST", "members/<uuid:pk>/leave", "members.write", rows.membership, OF_OFFICE, _why),
    Line("GET", "member-lists", "members.read", rows.member_list, OF_OFFICE, at="list"),
    Line("POST", "member-lists", "members.write", body=_members, ok=201, multipart=True),
    Line("GET", "member-lists/<uuid:pk>", "members.read", rows.member_list, OF_OFFICE),
    Line(
        "PATCH",
        "member-lists/<uuid:pk>",
        "members.write",
        rows.member_list,
        OF_OFFICE,
        _with(invites=True),
    ),
    Line("DELETE", "member-lists/<uuid:pk>", "members.write", rows.member_list, OF_OFFICE, ok=204),
    Line("POST", "member-lists/<uuid:pk>/start", "members.write", rows.member_list, OF_OFFICE),
    Line("GET", "member-lists/<uuid:pk>/lines", "members.read", rows.member_list, OF_OFFICE),
    Line("GET", "memberships", "memberships.read", rows.membership, OF_FIRM_ALONE, at="list"),
    Line(
        "POST",
        "memberships",
        "memberships.write",
        rows.cooperative,
        PUBLIC,
        at="body",
        ok=201,
        hidden=422,
        body=_named("cooperative"),
    ),
    Line(
        "POST", "memberships/<uuid:pk>/accept", "memberships.write", rows.invited_own, OF_FIRM_ALONE
    ),
    Line(
        "POST",
        "memberships/<uuid:pk>/decline",
        "memberships.write",
        rows.invited_own,
        OF_FIRM_ALONE,
    ),
    Line("GET", "memberships/<uuid:pk>/leaving", "memberships.read", rows.membership,
         OF_FIRM_ALONE),
    Line("POST", "memberships/<uuid:pk>/leave", "memberships.write", rows.membership,
         OF_FIRM_ALONE, _with(why="다른 지역으로 옮깁니다")),
    Line("GET", "divisions", "members.read", rows.division, OF_OFFICE, at="list"),
    Line("POST", "divisions", "members.write", body=_with(name="새 분과"), ok=201),
    Line(
        "PUT",
        "divisions/<uuid:pk>",
        "members.write",
        rows.division,
        OF_OFFICE,
        _with(name="고친 분과"),
    ),
    Line(
        "POST",
        "divisions/<uuid:pk>/remove",
        "members.write",
        rows.division,
        OF_OFFICE,
        _with(into=None),
    ),
]  # fmt: skip

# Who has a place; the office sees what it sent on behalf of itself, a firm what it sent.
OF_PLACE: Sees = {"own": ("owner",)}
OF_OWN_OFFICE: Sees = {"own": OFFICE, "sibling": OFFICE}
ALL_OF_THEM: Sees = dict.fromkeys(SIDES, ROLES)
TAKING: Sees = dict.fromkeys(SIDES, EVERYBODY)
SEATED_THERE = {("own", role): 409 for role in FIRM}


def _key(world: World, invitation: Any) -> dict[str, Any]:
    return {"key": invitation}


PEOPLE = [
    Line("GET", "people", "people.read", rows.colleague, OF_PLACE, at="list"),
    Line("GET", "people", "people.read", rows.staff, OF_OWN_OFFICE, at="list", case="of an office"),
    Line("PATCH", "people/<uuid:pk>", "people.write", rows.colleague, OF_PLACE,
         _with(role="viewer")),
    Line("PATCH", "people/<uuid:pk>", "people.write", rows.staff, OF_OWN_OFFICE,
         _with(role="coordinator"), case="of an office"),
    Line("DELETE", "people/<uuid:pk>", "people.write", rows.colleague, OF_PLACE, ok=204),
    Line("DELETE", "people/<uuid:pk>", "people.write", rows.staff, OF_OWN_OFFICE, ok=204,
         case="of an office"),
    Line("POST", "people/<uuid:pk>/hand-over", "people.write", rows.colleague, OF_PLACE,
         _with(staying_as="")),
    Line("POST", "people/<uuid:pk>/hand-over", "people.write", rows.staff, OF_OWN_OFFICE,
         _with(staying_as="auditor"), case="of an office"),
    Line("GET", "me/close", SIGNED_IN),
    # The last owner and the last coordinator hand over before they go.
    Line("POST", "me/close", SIGNED_IN, ok=204,
         but={("none", role): 409 for role in ("owner", "supplier", "coordinator")}),
    Line("POST", "people/close", "people.recover", rows_cooperatives.somebody, PUBLIC,
         _asked_for, at="body", ok=204, hidden=422),
    Line("POST", "me/seats/<uuid:pk>/leave", SIGNED_IN, rows.buyers_seat, {"own": ("buyer",)},
         ok=204),
    Line("GET", "seat-invitations", "people.read", rows.invited, OF_PLACE, at="list"),
    Line("GET", "seat-invitations", "people.read", rows.invited_to_office, OF_OWN_OFFICE,
         at="list", case="to an office"),
    Line("POST", "seat-invitations", "people.write", rows.vacant, OF_OFFICE, at="body", ok=201,
         hidden=422, body=_named("firm", role="owner", email="new@mungchi.example"),
         case="to own a firm"),
    Line("POST", "seat-invitations/<uuid:pk>/resend", "people.write", rows.invited, OF_PLACE),
    Line("POST", "seat-invitations/<uuid:pk>/revoke", "people.write", rows.invited, OF_PLACE,
         ok=204),
    Line("POST", "invitation", ANYONE, rows.invitation_key, ALL_OF_THEM, _key, at="body"),
    Line("POST", "invitation/accept", SIGNED_IN, rows.invitation_key, TAKING, _key, at="body",
         but=SEATED_THERE),
]  # fmt: skip
