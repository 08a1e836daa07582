"""Asking a second coordinator, where one's own firm offers on a campaign or is in it.

Such a coordinator neither awards nor closes by hand alone: what it decides waits until a
coordinator of the same office without such a firm confirms or refuses. The database refuses it too
(trigger nobody_decides_about_its_own_firm). The clock closes as always.
"""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import DECISION
from mungchi.campaigns.models import Campaign, Decision, Offer
from mungchi.common import wall
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class NoSecondCoordinator(Conflict):
    """Nobody else in the office could confirm it."""

    code = "no_second_coordinator"
    message = Text(
        ko="담당자님의 기업이 이 공동구매에 제안했거나 참여하고 있어, 혼자 결정할 수 없습니다. "
        "확인할 수 있는 다른 담당자가 없으니 사무국에 담당자를 초대해 주십시오. 마감은 정해진 "
        "시각에 저절로 됩니다.",
        en="Your own firm offers on this campaign or is in it, so you cannot decide alone, and "
        "nobody else in the office could confirm it. Please invite another coordinator. At its "
        "deadline the campaign closes by itself.",
    )


class DecisionWaits(Conflict):
    """Another decision of the kind waits for its answer."""

    code = "decision_waits"
    message = Text(
        ko="다른 담당자의 확인을 기다리는 결정이 이미 있습니다. 먼저 그것을 확인하거나 거두어 "
        "주십시오.",
        en="Another decision waits for a second coordinator. Please have it answered, or take it "
        "back.",
    )


ANSWERS = {
    "confirmed": "decision_confirmed",
    "refused": "decision_refused",
    "withdrawn": "decision_withdrawn",
    "lapsed": "decision_lapsed",
}


def ask_second(
    campaign: Campaign, *, actor: Actor, at: datetime, kind: str, offer: Offer | None = None,
    reason: str = "",
) -> Decision:  # fmt: skip
    """Let a decision about a locked campaign wait for a second coordinator; the same again: no
    change.

    Raises NoSecondCoordinator, DecisionWaits.
    """
    if not queries.may_confirm(campaign, beside=actor.user_id):
        raise NoSecondCoordinator
    waiting = Decision.objects.filter(campaign=campaign, kind=kind, state="waiting").first()
    if waiting is not None:
        if (waiting.asked_by_id, waiting.offer_id) == (actor.user_id, offer and offer.pk):
            return waiting
        raise DecisionWaits
    row = Decision.objects.create(
        campaign=campaign, kind=kind, offer=offer, reason=reason, asked_by_id=actor.user_id,
        asked_at=at,
    )  # fmt: skip
    record(
        row, kind="decision_asked", actor=actor, at=at, moved=("", "waiting"), why=reason,
        thread=campaign.pk, cooperative_id=campaign.host_id, data={"decision": kind},
    )  # fmt: skip
    wake_pipeline()
    return row


def lapse_decisions(
    campaign: Campaign, *, actor: Actor, at: datetime, because: Text | None = None
) -> None:
    """What still waits about a locked campaign is no longer of use: it was decided otherwise.
    `because`: by what, where somebody else than the office did."""
    # A supplier that refuses the order, or takes its offer back, sees no decision of the office.
    with wall.in_front():
        for row in Decision.objects.filter(campaign=campaign, state="waiting"):
            answer(
                row, "lapsed", actor=actor, at=at, campaign=campaign,
                why=because.ko if because else "",
                data={"why_en": because.en} if because else None,
            )  # fmt: skip


def answer(
    row: Decision, to: str, *, actor: Actor, at: datetime, campaign: Campaign, why: str = "",
    data: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Move a waiting decision on; who answers is kept where it is an answer."""
    also: tuple[str, ...] = ("answered_at",)
    row.answered_at = at
    if to in {"confirmed", "refused"}:
        row.answered_by_id = actor.user_id
        row.refusal = why
        also = ("answered_at", "answered_by", "refusal")
    set_state(
        row, to, machine=DECISION, kind=ANSWERS[to], actor=actor, at=at, also=also, why=why,
        thread=campaign.pk, cooperative_id=campaign.host_id,
        data={"decision": row.kind, "asked_by": str(row.asked_by_id), **(data or {})},
    )  # fmt: skip
    wake_pipeline()
