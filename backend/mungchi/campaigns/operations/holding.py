"""The host decides when payments lapsed and the rest does not carry the price.

Hold the price by the supplier's word, hold it by paying the difference, or let the campaign fail.
A coordinator whose own firm is concerned asks a second one (see deciding). A decision is about one
clearing of the rest: when more payments lapse, it is of no use any more.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import HOLD
from mungchi.campaigns.models import Campaign, ClearingRun, Hold
from mungchi.campaigns.operations.closing import TitleNotTyped
from mungchi.campaigns.operations.deciding import ask_second, lapse_decisions
from mungchi.campaigns.operations.moving import move
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

CHOICES: Final = ("word", "pay", "fail")
ENDS: Final = {"withdrawn": "hold_withdrawn", "lapsed": "hold_lapsed"}


class NothingToDecide(Conflict):
    """The rest carries its price, it is held already, or the campaign is not being settled."""

    code = "nothing_to_decide"
    message = Text(
        ko="지금은 결정할 것이 없습니다. 화면을 새로 고쳐 주십시오.",
        en="There is nothing to decide now. Please reload the page.",
    )


class RestChanged(Conflict):
    """More payments have lapsed since the page was read."""

    code = "rest_changed"
    message = Text(
        ko="그사이 결제 상황이 바뀌었습니다. 바뀐 내용을 확인하고 다시 결정해 주십시오.",
        en="Payments have changed since. Please look again and decide on what stands now.",
    )


class NoPriceForIt(Conflict):
    """The offer has no price for so little, or does not sell it: no difference could be paid."""

    code = "no_price_for_it"
    message = Text(
        ko="공급 제안에 이 물량의 단가가 없어 차액을 계산할 수 없습니다. 공급사에 물어 보십시오.",
        en="The offer has no price for this quantity, so there is no difference to pay. Please ask "
        "the supplier.",
    )


def decide_rest(
    *, actor: Actor, campaign_id: UUID, run_id: UUID, choice: str, reason: str, typed: str = ""
) -> Campaign:
    """The host's office decides what becomes of a campaign that is being settled, with a reason.

    choice: "word" (ask the supplier to hold the price), "pay" (the cooperative pays the
    difference), both where the rest is short and nothing holds it yet; "fail" while it is being
    settled. run_id: the clearing that was looked at. typed: the title, where must_type_rest says
    so. Raises NotFound, NothingToDecide, RestChanged, TitleNotTyped, NoPriceForIt,
    NoSecondCoordinator, DecisionWaits.
    """
    with transaction.atomic():
        campaign = queries.locked_by_host(actor, campaign_id)
        run = _decidable(campaign, choice)
        if run.pk != run_id:
            raise RestChanged
        if typed.strip() != campaign.title and queries.must_type_rest(campaign, run):
            raise TitleNotTyped
        at = clock.now()
        if queries.is_involved(actor.user_id, campaign.pk):
            ask_second(campaign, actor=actor, at=at, kind=choice, reason=reason)
            return campaign
        go_on(campaign, choice, actor=actor, at=at, reason=reason)
        return campaign


def go_on(campaign: Campaign, choice: str, *, actor: Actor, at: datetime, reason: str) -> None:
    """Do what was decided about a locked campaign. Raises NothingToDecide, NoPriceForIt."""
    run = _decidable(campaign, choice)
    if choice == "fail":
        lapse_decisions(campaign, actor=actor, at=at)
        lapse_holds(campaign, actor=actor, at=at)
        move(campaign, "failed", kind="campaign_failed", actor=actor, at=at, why=reason)
        wake_pipeline()
        return
    lapse_holds(campaign, actor=actor, at=at, to="withdrawn")
    row = Hold(campaign=campaign, run=run, kind=choice, reason=reason,
               decided_by_id=actor.user_id, at=at)  # fmt: skip
    if choice == "pay":
        lines = queries.standing_lines(run)
        difference = queries.difference_of(campaign, queries.rest_of(campaign, run, lines), lines)
        if difference is None:
            raise NoPriceForIt
        row.state, row.difference, row.difference_vat = "held", difference.value, difference.vat
    row.save(force_insert=True)
    record(
        row, kind="price_held" if choice == "pay" else "smaller_order_asked", actor=actor, at=at,
        moved=("", row.state), why=reason, thread=campaign.pk, cooperative_id=campaign.host_id,
        firm_id=run.offer.supplier_id if choice == "word" else None,
        data={"run": str(run.pk), "quantity": run.quantity,
              "amount": row.difference + row.difference_vat, "currency": campaign.currency},
    )  # fmt: skip
    wake_pipeline()


def _decidable(campaign: Campaign, choice: str) -> ClearingRun:
    run = queries.latest_run(campaign)
    if campaign.state != "settling" or run is None:
        raise NothingToDecide
    if choice == "fail":
        return run
    standing = queries.standing_hold(run)
    # What was asked of the supplier may still be decided otherwise.
    asked = standing is not None and (standing.state, standing.kind) == ("asked", "word")
    if run.outcome != "short" or (standing is not None and not (asked and choice == "pay")):
        raise NothingToDecide
    return run


def answer_word(*, actor: Actor, hold_id: UUID, accept: bool, why: str) -> Hold:
    """The supplier sells the smaller quantity at the same price, or does not. The same again:
    changes nothing. Raises NotFound, NothingToDecide."""
    with transaction.atomic():
        seen = queries.word_seen_by(actor, hold_id)
        campaign = queries.locked(seen.campaign_id)
        row = queries.word_seen_by(actor, hold_id)
        to = "held" if accept else "refused"
        if row.state == to:
            return row
        if row.state != "asked" or campaign.state != "settling":
            raise NothingToDecide
        at = clock.now()
        row.answer, row.answered_at = why, at
        set_state(
            row, to, machine=HOLD, kind="word_given" if accept else "word_refused", actor=actor,
            at=at, also=("answer", "answered_at"), why=why, thread=campaign.pk,
            cooperative_id=campaign.host_id, firm_id=actor.firm_id,
        )  # fmt: skip
        wake_pipeline()
        return row


def lapse_holds(
    campaign: Campaign, *, actor: Actor, at: datetime, to: str = "lapsed",
    because: Text | None = None,
) -> None:  # fmt: skip
    """What was decided about going on with a locked campaign is of no use any more; `withdrawn`:
    what the supplier has not answered is taken back. `because`: as for lapse_decisions."""
    states = ["asked"] if to == "withdrawn" else ["asked", "held"]
    # A supplier that refuses the order does not see what the cooperative pays.
    with wall.in_front():
        for row in Hold.objects.filter(campaign=campaign, state__in=states):
            set_state(
                row, to, machine=HOLD, kind=ENDS[to], actor=actor, at=at, thread=campaign.pk,
                cooperative_id=campaign.host_id, why=because.ko if because else "",
                data={"why_en": because.en} if because else None,
            )  # fmt: skip
