"""States of a firm's membership in a cooperative, and of an invitation to a seat."""

from mungchi.common.states import Machine

# A cooperative that names a firm with people of its own invites it; that firm's owner decides.
MEMBERSHIP = Machine(
    name="membership",
    start=("applied", "active", "invited"),
    moves={
        "applied": ("active", "left"),
        "invited": ("active", "left"),
        "active": ("suspended", "left"),
        "suspended": ("active", "left"),
        "left": ("applied", "active", "invited"),
    },
)

# Time alone makes a pending one worthless; it can be sent again then, with another key.
SEAT_INVITATION = Machine(
    name="seat_invitation",
    start=("pending",),
    moves={"pending": ("accepted", "revoked")},
)
