"""States of listings and introductions. Pure."""

from datetime import timedelta
from typing import Final

from mungchi.common.states import Machine
from mungchi.outreach.domain.words import INTRODUCTION_STATES, LISTING_STATES

LISTING = Machine(
    name="listing",
    labels=LISTING_STATES,
    start=("active",),
    moves={"active": ("withdrawn",), "withdrawn": ("active",)},
)

# proposed: neither firm has agreed (the office's idea); accepted: one has (a firm that asks agrees
# by asking); introduced: both have, and see how to reach each other.
INTRODUCTION = Machine(
    name="introduction",
    labels=INTRODUCTION_STATES,
    start=("proposed", "accepted"),
    moves={
        "proposed": ("accepted", "declined", "withdrawn", "expired"),
        "accepted": ("introduced", "declined", "withdrawn", "expired"),
        "introduced": ("worked_out", "came_to_nothing"),
        # What came of it may turn out otherwise later.
        "worked_out": ("came_to_nothing",),
        "came_to_nothing": ("worked_out",),
    },
)

WAITING: Final = ("proposed", "accepted")
MADE: Final = ("introduced", "worked_out", "came_to_nothing")
# To the other firm these are one thing: not now. Who said no, and how, stays with the office.
ENDED_WITHOUT: Final = ("declined", "withdrawn", "expired")

# How long a proposal waits for an answer, and after how long the office asks what came of it.
PATIENCE: Final = timedelta(days=21)
ASK_AFTER: Final = timedelta(days=14)
