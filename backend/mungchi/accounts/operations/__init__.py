"""Everything that can happen to people, firms and memberships, one function an event."""

from mungchi.accounts.operations.firms import (
    BusinessNumberWrong,
    FirmExists,
    change_person,
    clean_business_number,
    found_cooperative,
    register_firm,
)
from mungchi.accounts.operations.invitations import (
    TooManyLetters,
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from mungchi.accounts.operations.letters import send_letter, write_letter
from mungchi.accounts.operations.members import (
    CooperativeNotOpen,
    admit_member,
    apply_for_membership,
    suspend_member,
)
from mungchi.accounts.operations.seats import (
    LastKeeper,
    change_role,
    hand_over,
    leave_seat,
    remove_seat,
)
from mungchi.accounts.queries.invitations import InvitationDead

__all__ = [
    "BusinessNumberWrong",
    "CooperativeNotOpen",
    "FirmExists",
    "InvitationDead",
    "LastKeeper",
    "TooManyLetters",
    "accept_invitation",
    "admit_member",
    "apply_for_membership",
    "change_person",
    "change_role",
    "clean_business_number",
    "found_cooperative",
    "hand_over",
    "invite",
    "leave_seat",
    "register_firm",
    "remove_seat",
    "resend_invitation",
    "revoke_invitation",
    "send_letter",
    "suspend_member",
    "write_letter",
]
