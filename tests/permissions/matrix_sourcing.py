"""The table of what happens between the first offer and the award."""

from tests.permissions import rows
from tests.permissions.line import OF_OFFICE, Line

SOURCING = [
    Line("GET", "campaigns/<uuid:pk>/comparison", "campaigns.inspect", rows.sourcing, OF_OFFICE),
]  # fmt: skip
