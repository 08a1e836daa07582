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

__all__ = [
    "ApplicantGone",
    "BusinessNumberWrong",
    "CooperativeExists",
    "CooperativeNotOpen",
    "FirmExists",
    "ZoneUnknown",
    "admit_cooperative",
    "admit_member",
    "apply_for_membership",
    "change_person",
    "clean_business_number",
    "found_cooperative",
    "leave_platform",
    "refuse_cooperative",
    "register_cooperative",
    "register_firm",
    "suspend_cooperative",
    "suspend_member",
]
