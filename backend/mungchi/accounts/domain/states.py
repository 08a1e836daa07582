"""States of a firm's membership in a cooperative."""

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
