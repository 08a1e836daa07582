"""The table of what a firm's people join, and what of it waits inside the firm."""

from tests.permissions import rows
from tests.permissions import rows_joining as made
from tests.permissions.line import (
    CAMPAIGN,
    OF_FIRM_ALONE,
    OF_OFFICE,
    OF_OWNER_ALONE,
    PUBLIC,
    Line,
    Sees,
    why,
    with_body,
)

from mungchi.accounts.domain.permissions import SIGNED_IN

# The awarded supplier sees the campaign as well, and finds nothing that it could join instead.
JOINING: Sees = {"own": ("owner", "buyer", "supplier"), "sibling": ("owner", "buyer")}

JOINING_IN_DEPTH = [
    Line("GET", "firm/approval-limit", "approvals.read"),
    Line("PUT", "firm/approval-limit", "approvals.decide",
         body=with_body(amount=500_000, currency="KRW")),
    Line("GET", "campaigns/<uuid:pk>/alternatives", "commitments.write", rows.running, JOINING),
    Line("GET", "delivery-places", "commitments.write"),
    Line("GET", "campaigns/<uuid:pk>/course", "campaigns.read", rows.running, CAMPAIGN),
    Line("POST", "campaigns/<uuid:pk>/share", "campaigns.read", rows.running, CAMPAIGN),
    Line("POST", "campaigns/<uuid:pk>/share/renew", "campaigns.write", rows.running, OF_OFFICE),
    Line("DELETE", "campaigns/<uuid:pk>/share", "campaigns.write", rows.running, OF_OFFICE,
         ok=204),
    Line("GET", "shared?token=<uuid:pk>", SIGNED_IN, made.shared, PUBLIC),
    Line("GET", "campaigns/<uuid:pk>/filling", "campaigns.read", made.being_filled, CAMPAIGN),
    Line("GET", "campaigns/<uuid:pk>/left-out", "campaigns.inspect", made.left_out, OF_OFFICE),
    Line("POST", "campaigns/<uuid:pk>/left-out", "campaigns.write", made.left_out, OF_OFFICE),
    Line("GET", "commitments", "campaigns.read", made.committed, OF_FIRM_ALONE, at="list"),
    Line("GET", "commitments/totals", "campaigns.read"),
    Line("GET", "approvals", "approvals.read", made.waiting, OF_FIRM_ALONE, at="list"),
    Line("POST", "approvals/<uuid:pk>/approve", "approvals.decide", made.waiting, OF_OWNER_ALONE),
    Line("POST", "approvals/<uuid:pk>/decline", "approvals.decide", made.waiting, OF_OWNER_ALONE,
         why),
    Line("POST", "approvals/<uuid:pk>/withdraw", "commitments.write", made.waiting, OF_FIRM_ALONE),
]  # fmt: skip
