"""Writes: a supplier's standing offers, their way into campaigns, price lists brought in."""

from mungchi.pricelists.operations.applying import apply_prices
from mungchi.pricelists.operations.sheets import (
    change_sheet,
    delete_sheet,
    resume_lost_sheets,
    start_sheet,
    upload_prices,
)
from mungchi.pricelists.operations.standing import (
    change_standing,
    end_standing,
    make_standing,
)
from mungchi.pricelists.operations.using import post_standing, take_standing

__all__ = [
    "apply_prices",
    "change_sheet",
    "change_standing",
    "delete_sheet",
    "end_standing",
    "make_standing",
    "post_standing",
    "resume_lost_sheets",
    "start_sheet",
    "take_standing",
    "upload_prices",
]
