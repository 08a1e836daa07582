"""Everything that can happen to people, firms and memberships, one function an event."""

from mungchi.accounts.operations.cooperatives import (
    ApplicantGone,
    CooperativeExists,
    ZoneUnknown,
    admit_cooperative,
    leave_platform,
    refuse_cooperative,
    register_cooperative,
    suspend_cooperative,
)
from mungchi.accounts.operations.firms import (
    BusinessNumberWrong,
    FirmExists,
    change_person,
    clean_business_number,
    found_cooperative,
    register_firm,
)
from mungchi.accounts.operations.members import (
    CooperativeNotOpen,
    admit_member,
    apply_for_membership,
    suspend_member,
)
from mungchi.accounts.operations.profile import (
    AccountChangeWaiting,
    AccountUnchanged,
    CampaignsRunning,
    SecondPersonNeeded,
    change_cooperative,
    confirm_account,
    decline_account,
    propose_account,
)

__all__ = [
    "AccountChangeWaiting",
    "AccountUnchanged",
    "ApplicantGone",
    "BusinessNumberWrong",
    "CampaignsRunning",
    "CooperativeExists",
    "CooperativeNotOpen",
    "FirmExists",
    "SecondPersonNeeded",
    "ZoneUnknown",
    "admit_cooperative",
    "admit_member",
    "apply_for_membership",
    "change_cooperative",
    "change_person",
    "clean_business_number",
    "confirm_account",
    "decline_account",
    "found_cooperative",
    "leave_platform",
    "propose_account",
    "refuse_cooperative",
    "register_cooperative",
    "register_firm",
    "suspend_cooperative",
    "suspend_member",
]
