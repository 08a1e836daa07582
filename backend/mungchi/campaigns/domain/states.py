"""States of campaigns, offers and commitments (see docs/concepts.md)."""

from typing import Final

from mungchi.common.states import Machine

CAMPAIGN = Machine(
    name="campaign",
    start=("draft",),
    moves={
        "draft": ("sourcing", "cancelled"),
        "sourcing": ("open", "cancelled"),
        "open": ("filling", "closing", "cancelled"),
        "filling": ("closing", "cancelled"),
        "closing": ("settling", "failed"),
        "settling": ("ordered", "failed"),
        "ordered": ("delivering", "failed"),
        "delivering": ("completed",),
    },
)

OFFER = Machine(
    name="offer",
    start=("submitted",),
    moves={
        "submitted": ("withdrawn", "awarded", "declined"),
        "withdrawn": ("submitted",),
        # Another offer may be chosen until the campaign opens.
        "awarded": ("declined",),
        "declined": ("awarded",),
    },
)

COMMITMENT = Machine(
    name="commitment",
    start=("active",),
    moves={"active": ("withdrawn",), "withdrawn": ("active",)},
)

APPROVAL = Machine(
    name="approval",
    start=("waiting",),
    moves={"waiting": ("approved", "declined", "withdrawn", "lapsed")},
)

# What one coordinator may not decide alone.
DECISION = Machine(
    name="decision",
    start=("waiting",),
    moves={"waiting": ("confirmed", "refused", "withdrawn", "lapsed")},
)

# Other terms for an open campaign's offer, which may need the word of the host's office.
OFFER_CHANGE = Machine(
    name="offer_change",
    start=("waiting",),
    moves={"waiting": ("accepted", "refused", "withdrawn", "lapsed")},
)

# What needs of partners propose; what was set aside may be taken back.
BUNDLE = Machine(
    name="bundle",
    start=("open",),
    moves={"open": ("dismissed", "opened"), "dismissed": ("open", "opened")},
)

BEFORE_OPENING: Final = ("draft", "sourcing")
# While firms may still commit; in filling only what fills (see domain.filling).
TAKING: Final = ("open", "filling")
MOST_FILL_HOURS: Final = 72
AFTER_AWARD: Final = (
    "open", "filling", "closing", "settling", "ordered", "delivering", "completed",
)  # fmt: skip
ENDED: Final = ("completed", "failed", "cancelled")
