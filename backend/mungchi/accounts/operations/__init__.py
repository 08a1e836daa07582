"""Everything that can happen to people, firms and memberships, one function an event."""

from mungchi.accounts.operations.divisions import (
    make_division,
    remove_division,
    rename_division,
)
from mungchi.accounts.operations.factors import (
    note_codes_renewed,
    note_factor_added,
    remove_factors,
    reset_second_factor,
)
from mungchi.accounts.operations.firms import (
    BusinessNumberWrong,
    FirmExists,
    become_supplier,
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
from mungchi.accounts.operations.keys import (
    make_key,
    revoke_key,
)
from mungchi.accounts.operations.letters import (
    send_letter,
    write_letter,
)
from mungchi.accounts.operations.member_lists import (
    change_list,
    delete_list,
    resume_lost_lists,
    start_list,
    upload_members,
)
from mungchi.accounts.operations.members import (
    CooperativeNotOpen,
    accept_membership,
    admit_member,
    apply_for_membership,
    change_member,
    decline_application,
    decline_membership,
    invite_member,
    name_firm,
    record_left,
    suspend_member,
    withdraw_membership_invitation,
)
from mungchi.accounts.operations.seats import (
    LastKeeper,
    change_role,
    hand_over,
    leave_seat,
    remove_seat,
)
from mungchi.accounts.operations.sessions import (
    change_password,
    end_other_sessions,
    end_session,
    forget_expired_sessions,
)
from mungchi.accounts.operations.taking_members import (
    take_members,
)
from mungchi.accounts.queries.invitations import (
    InvitationDead,
)

__all__ = [
    "BusinessNumberWrong",
    "CooperativeNotOpen",
    "FirmExists",
    "InvitationDead",
    "LastKeeper",
    "TooManyLetters",
    "accept_invitation",
    "accept_membership",
    "admit_member",
    "apply_for_membership",
    "become_supplier",
    "change_list",
    "change_member",
    "change_password",
    "change_person",
    "change_role",
    "clean_business_number",
    "decline_application",
    "decline_membership",
    "delete_list",
    "end_other_sessions",
    "end_session",
    "forget_expired_sessions",
    "found_cooperative",
    "hand_over",
    "invite",
    "invite_member",
    "leave_seat",
    "make_division",
    "make_key",
    "name_firm",
    "note_codes_renewed",
    "note_factor_added",
    "record_left",
    "register_firm",
    "remove_division",
    "remove_factors",
    "remove_seat",
    "rename_division",
    "resend_invitation",
    "reset_second_factor",
    "resume_lost_lists",
    "revoke_invitation",
    "revoke_key",
    "send_letter",
    "start_list",
    "suspend_member",
    "take_members",
    "upload_members",
    "withdraw_membership_invitation",
    "write_letter",
]
