"""Everything that can happen to a campaign, an offer or a commitment, one function an event."""

from mungchi.campaigns.operations.answering import (
    confirm_decision,
    refuse_decision,
    withdraw_decision,
)
from mungchi.campaigns.operations.approving import (
    approve_commitment,
    decline_commitment,
    lapse_approval,
    remind_of_approval,
    withdraw_request,
)
from mungchi.campaigns.operations.asking_again import ask_left_out
from mungchi.campaigns.operations.bundles import dismiss_bundle, open_bundle, restore_bundle
from mungchi.campaigns.operations.bundling import make_bundles, take_up_changes, want_bundles
from mungchi.campaigns.operations.carrying_out import carry_out_plan
from mungchi.campaigns.operations.clearing_again import clear_again
from mungchi.campaigns.operations.clearing_less import clear_less
from mungchi.campaigns.operations.closing import TitleNotTyped, clear_campaign, close_campaign
from mungchi.campaigns.operations.commitments import commit, withdraw_commitment
from mungchi.campaigns.operations.deciding import ask_second, lapse_decisions
from mungchi.campaigns.operations.drafting import (
    change_campaign,
    create_campaign,
    create_campaign_from_foretold,
    create_campaign_from_pool,
)
from mungchi.campaigns.operations.files import attach_to_campaign, attach_to_offer, remove_file
from mungchi.campaigns.operations.following import (
    complete_campaign,
    fail_campaign,
    mark_delivering,
    mark_ordered,
    settle_needs,
)
from mungchi.campaigns.operations.guests import admit_guest, remove_guest
from mungchi.campaigns.operations.holding import answer_word, decide_rest
from mungchi.campaigns.operations.offers import (
    award_offer,
    invite_suppliers,
    post_offer,
    revise_offer,
    take_offer,
)
from mungchi.campaigns.operations.progress import note_progress, remind_of_closing
from mungchi.campaigns.operations.questions import answer_question, ask_question
from mungchi.campaigns.operations.reoffering import (
    accept_change,
    change_offer,
    refuse_change,
    remind_of_answers,
    try_change,
    withdraw_change,
)
from mungchi.campaigns.operations.running import (
    cancel_campaign,
    extend_campaign,
    open_campaign,
    start_sourcing,
)
from mungchi.campaigns.operations.sharing import (
    end_share,
    fingerprint_of,
    glimpse,
    picture,
    renew_share,
    share_campaign,
)
from mungchi.campaigns.operations.splitting import split_award
from mungchi.campaigns.operations.withdrawing import withdraw_offer

__all__ = [
    "TitleNotTyped",
    "accept_change",
    "admit_guest",
    "answer_question",
    "answer_word",
    "approve_commitment",
    "ask_left_out",
    "ask_question",
    "ask_second",
    "attach_to_campaign",
    "attach_to_offer",
    "award_offer",
    "cancel_campaign",
    "carry_out_plan",
    "change_campaign",
    "change_offer",
    "clear_again",
    "clear_campaign",
    "clear_less",
    "close_campaign",
    "commit",
    "complete_campaign",
    "confirm_decision",
    "create_campaign",
    "create_campaign_from_foretold",
    "create_campaign_from_pool",
    "decide_rest",
    "decline_commitment",
    "dismiss_bundle",
    "end_share",
    "extend_campaign",
    "fail_campaign",
    "fingerprint_of",
    "glimpse",
    "invite_suppliers",
    "lapse_approval",
    "lapse_decisions",
    "make_bundles",
    "mark_delivering",
    "mark_ordered",
    "note_progress",
    "open_bundle",
    "open_campaign",
    "picture",
    "post_offer",
    "refuse_change",
    "refuse_decision",
    "remind_of_answers",
    "remind_of_approval",
    "remind_of_closing",
    "remove_file",
    "remove_guest",
    "renew_share",
    "restore_bundle",
    "revise_offer",
    "settle_needs",
    "share_campaign",
    "split_award",
    "start_sourcing",
    "take_offer",
    "take_up_changes",
    "try_change",
    "want_bundles",
    "withdraw_change",
    "withdraw_commitment",
    "withdraw_decision",
    "withdraw_offer",
    "withdraw_request",
]
