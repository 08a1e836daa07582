"""Everything that can happen to an import, a need or a pool, one function an event."""

from mungchi.demand.operations.importing import run_import
from mungchi.demand.operations.imports import (
    delete_upload,
    map_columns,
    start_import,
    upload_purchases,
)
from mungchi.demand.operations.interests import choose_categories
from mungchi.demand.operations.need_lists import (
    change_need_list,
    delete_need_list,
    start_need_list,
    upload_needs,
)
from mungchi.demand.operations.needs import (
    change_need,
    expire_needs,
    reopen_need,
    state_need,
    withdraw_need,
)
from mungchi.demand.operations.plans import (
    change_plan,
    plan_need,
    resume_plan,
    skip_next,
    state_planned,
    stop_plan,
)
from mungchi.demand.operations.pools import meet_needs, release_needs, take_needs, take_pool
from mungchi.demand.operations.proposals import (
    Missed,
    accept_proposal,
    ask_members,
    dismiss_proposal,
    propose_missed,
    restore_proposal,
)
from mungchi.demand.operations.reading_history import read_history, want_reading
from mungchi.demand.operations.taking_needs import take_need_list

__all__ = [
    "Missed",
    "accept_proposal",
    "ask_members",
    "change_need",
    "change_need_list",
    "change_plan",
    "choose_categories",
    "delete_need_list",
    "delete_upload",
    "dismiss_proposal",
    "expire_needs",
    "map_columns",
    "meet_needs",
    "plan_need",
    "propose_missed",
    "read_history",
    "release_needs",
    "reopen_need",
    "restore_proposal",
    "resume_plan",
    "run_import",
    "skip_next",
    "start_import",
    "start_need_list",
    "state_need",
    "state_planned",
    "stop_plan",
    "take_need_list",
    "take_needs",
    "take_pool",
    "upload_needs",
    "upload_purchases",
    "want_reading",
    "withdraw_need",
]
