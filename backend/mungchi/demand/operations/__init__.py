"""Everything that can happen to an import, a need or a pool, one function an event."""

from mungchi.demand.operations.importing import run_import
from mungchi.demand.operations.imports import (
    delete_upload,
    map_columns,
    start_import,
    upload_purchases,
)
from mungchi.demand.operations.interests import choose_categories
from mungchi.demand.operations.needs import (
    change_need,
    expire_needs,
    reopen_need,
    state_need,
    withdraw_need,
)
from mungchi.demand.operations.pools import meet_needs, release_needs, take_pool

__all__ = [
    "change_need",
    "choose_categories",
    "delete_upload",
    "expire_needs",
    "map_columns",
    "meet_needs",
    "release_needs",
    "reopen_need",
    "run_import",
    "start_import",
    "state_need",
    "take_pool",
    "upload_purchases",
    "withdraw_need",
]
