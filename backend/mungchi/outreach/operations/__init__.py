"""Everything that can happen in outreach, one function an event."""

from mungchi.outreach.operations.contacting import (
    answer_proposal,
    ask_for_needs,
    change_contact,
    introduce_member,
    record_contact,
    suggest_campaign,
    suggest_pool,
)
from mungchi.outreach.operations.introducing import (
    accept_introduction,
    ask_again_on,
    ask_for_introduction,
    decline_introduction,
    expire_introductions,
    record_outcome,
    withdraw_introduction,
)
from mungchi.outreach.operations.listings import (
    add_listing,
    change_listing,
    show_listing,
    start_campaign_from_listing,
    withdraw_listing,
)
from mungchi.outreach.operations.surveying import survey_cooperative
from mungchi.outreach.operations.wishes import leave_us_alone, speak_to_us_again

__all__ = [
    "accept_introduction",
    "add_listing",
    "answer_proposal",
    "ask_again_on",
    "ask_for_introduction",
    "ask_for_needs",
    "change_contact",
    "change_listing",
    "decline_introduction",
    "expire_introductions",
    "introduce_member",
    "leave_us_alone",
    "record_contact",
    "record_outcome",
    "show_listing",
    "speak_to_us_again",
    "start_campaign_from_listing",
    "suggest_campaign",
    "suggest_pool",
    "survey_cooperative",
    "withdraw_introduction",
    "withdraw_listing",
]
