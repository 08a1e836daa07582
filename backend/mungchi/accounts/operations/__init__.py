"""Everything that can happen to people, firms and memberships, one function an event."""

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
    "BusinessNumberWrong",
    "CooperativeNotOpen",
    "FirmExists",
    "admit_member",
    "apply_for_membership",
    "change_person",
    "clean_business_number",
    "found_cooperative",
    "register_firm",
    "suspend_member",
]
