"""Who may do what: one table, read by every view and by the permission-matrix test.

A capability is a verb on a kind of thing. A role not listed for it may not (403). Which *rows* of
that kind a seat sees is another matter: each app's `queries.visible_to` decides that (404).
"""

from typing import Final

OWNER, BUYER, VIEWER = "owner", "buyer", "viewer"
COORDINATOR, AUDITOR, OPERATOR = "coordinator", "auditor", "operator"

FIRM_ROLES: Final = frozenset({OWNER, BUYER, VIEWER})
COOPERATIVE_ROLES: Final = frozenset({COORDINATOR, AUDITOR})
PLATFORM_ROLES: Final = frozenset({OPERATOR})
ALL_ROLES: Final = FIRM_ROLES | COOPERATIVE_ROLES | PLATFORM_ROLES

_DEALING = frozenset({OWNER, BUYER})
_RUNNING = frozenset({COORDINATOR})
_TRADING = FIRM_ROLES | COOPERATIVE_ROLES

# "seatless": a signed-in person who has no seat yet; "anyone": without signing in.
SIGNED_IN: Final = "signed_in"

CAPABILITIES: Final[dict[str, frozenset[str]]] = {
    "members.read": COOPERATIVE_ROLES,
    "members.write": _RUNNING,
    "firm.read": FIRM_ROLES,
    "firm.write": _DEALING,
    "documents.read": _TRADING,
    "cooperative.read": COOPERATIVE_ROLES,
    "cooperative.write": _RUNNING,
    "cooperatives.decide": PLATFORM_ROLES,
    "items.read": ALL_ROLES,
    "items.write": _RUNNING,
    "imports.read": COOPERATIVE_ROLES,
    "imports.write": _RUNNING,
    "purchases.read": _TRADING,
    "needs.read": _TRADING,
    "needs.write": _DEALING,
    "pools.read": _TRADING,
    "pools.write": _RUNNING,
    "campaigns.read": _TRADING,
    "campaigns.write": _RUNNING,
    "campaigns.inspect": COOPERATIVE_ROLES,
    "offers.read": _TRADING,
    "offers.write": _DEALING,
    "commitments.write": _DEALING,
    "orders.read": _TRADING,
    "payments.read": COOPERATIVE_ROLES,
    "payments.write": _RUNNING,
    "purchase_orders.read": _TRADING,
    "purchase_orders.answer": _DEALING,
    "shipments.write": _DEALING,
    "receipts.write": _DEALING,
    "trade.read": COOPERATIVE_ROLES,
    "notifications.read": ALL_ROLES,
}


def may(role: str, capability: str) -> bool:
    """Whether `role` has `capability`; an unknown capability is a KeyError, never a yes."""
    return role in CAPABILITIES[capability]


def capabilities_of(role: str) -> list[str]:
    """All capabilities of a role, sorted: what the screen uses to offer or hide an action."""
    return sorted(name for name, roles in CAPABILITIES.items() if role in roles)
