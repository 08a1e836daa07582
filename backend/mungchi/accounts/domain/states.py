"""States of cooperatives, and of firms' memberships in them."""

from mungchi.common.states import Machine

MEMBERSHIP = Machine(
    name="membership",
    start=("applied", "active"),
    moves={
        "applied": ("active", "left"),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("applied", "active"),
    },
)

COOPERATIVE = Machine(
    name="cooperative",
    # Active from the beginning: founded by the installation itself, not registered by its people.
    start=("applied", "active"),
    moves={
        "applied": ("active", "refused"),
        "refused": ("applied",),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("active",),
    },
)

# Of a cooperative's bank account; confirmed from the beginning where nobody else could confirm it.
ACCOUNT_CHANGE = Machine(
    name="account_change",
    start=("proposed", "confirmed"),
    moves={"proposed": ("confirmed", "declined")},
)

PARTNERSHIP = Machine(
    name="partnership",
    start=("proposed",),
    moves={"proposed": ("active", "declined", "withdrawn"), "active": ("ended",)},
)
