"""What is kept of introductions, listings and wishes to be left alone, in words."""

from typing import Final

from mungchi.catalog.domain.units import UNITS
from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.outreach.domain.words import INTRODUCTION_STATES, KINDS, LISTING_STATES

TALK = "talk of people: the office reads it on the introduction itself"

KEPT: Final[dict[str, Kept]] = {
    "outreach.introduction": Kept(
        Text(ko="기업 연결", en="Introduction"),
        "outreach_introduction",
        {
            "state": said("상태", "State", "code", INTRODUCTION_STATES),
            "value": said("거래 금액", "Value", "money"),
            "declined_by_id": said("사양한 기업", "Declined by", "firm"),
            "follow_up_date": said("다시 물을 날", "To ask again on", "day"),
        },
        {"cooperative_id": "whose it is", "partner_id": "does not change",
         "seeker_id": "does not change",
         "giver_id": "does not change", "listing_id": "does not change",
         "by_office": "does not change", "reason": TALK, "decline_reason": TALK,
         "outcome_note": TALK, "seeker_person_id": "contact data", "seeker_phone": "contact data",
         "giver_person_id": "contact data", "giver_phone": "contact data",
         "seeker_agreed_at": "the time of the event", "giver_agreed_at": "the time of the event",
         "created_at": "the time of the row", "expires_at": "follows from it",
         "introduced_at": "the time of the change", "outcome_at": "the time of the change"},
    ),
    "outreach.listing": Kept(
        Text(ko="제공 항목", en="Listing"),
        "outreach_listing",
        {
            "title": said("제목", "Title"),
            "state": said("상태", "State", "code", LISTING_STATES),
            "kind": said("종류", "Kind", "code", KINDS),
            "unit": said("단위", "Unit", "code", UNITS),
            "price": said("단가", "Price", "price"),
            "currency": said("통화", "Currency"),
            "for_campaigns": said("공동구매에도 공급", "Also for campaigns", "yes"),
            "for_partners": said("협력 조합에도 공개", "Open to partners", "yes"),
        },
        {"firm_id": "whose it is", "description": "no figure", "category_id": "no figure",
         "region": "no figure", "created_at": "the time of the row",
         "changed_at": "the time of the change"},
    ),
    "outreach.quiet": Kept(
        Text(ko="연락 사양", en="Wish to be left alone"),
        "outreach_quiet",
        {"since_at": said("언제부터", "Since", "moment")},
        {"cooperative_id": "whose it is", "firm_id": "whose it is"},
    ),
}  # fmt: skip
