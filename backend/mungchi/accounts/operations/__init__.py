"""Everything that can happen to people, firms and memberships, one function an event."""

from mungchi.accounts.operations.factors import (
    note_codes_renewed,
    note_factor_added,
    remove_factors,
    reset_second_factor,
)
from mungchi.accounts.operations.firms import (
    BusinessNumberWrong,
    FirmExists,
    change_person,
    clean_business_number,
    found_cooperative,
    register_firm,
)
from mungchi.accounts.operations.keys import make_key, revoke_key
from mungchi.accounts.operations.members import (
    CooperativeNotOpen,
    admit_member,
    apply_for_membership,
    suspend_member,
)
from mungchi.accounts.operations.sessions import (
    change_password,
    end_other_sessions,
    end_session,
    forget_expired_sessions,
)

__all__ = [
    "BusinessNumberWrong",
    "CooperativeNotOpen",
    "FirmExists",
    "admit_member",
    "apply_for_membership",
    "change_password",
    "change_person",
    "clean_business_number",
    "end_other_sessions",
    "end_session",
    "forget_expired_sessions",
    "found_cooperative",
    "make_key",
    "note_codes_renewed",
    "note_factor_added",
    "register_firm",
    "remove_factors",
    "reset_second_factor",
    "revoke_key",
    "suspend_member",
]
