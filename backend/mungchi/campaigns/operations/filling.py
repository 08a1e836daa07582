"""The fill phase: after the deadline, for some hours, only what fills is taken.

Unlike joins of an open campaign, changes here wait for each other: two firms that each complete the
same pack would break it together. So they take the campaign's exclusive lock, then the clock, then
the clearing says what the change would do (see domain.filling). Nobody waits long: what is asked
for after the deadline is little, and the lock is held for one clearing or a few.
"""

from datetime import datetime, timedelta
from uuid import UUID

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import queries
from mungchi.campaigns.domain.filling import Refusal, anything_to_fill, judge, ways
from mungchi.campaigns.domain.filling_words import WHY_NOT, WOULD_TAKE, all_said
from mungchi.campaigns.domain.market import Commitment as Standing
from mungchi.campaigns.domain.market import Market
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.campaigns.operations.changing import lapse_changes
from mungchi.campaigns.operations.deciding import lapse_decisions
from mungchi.campaigns.operations.moving import move, note
from mungchi.common import clock
from mungchi.common.errors import REFUSED_BY_DATABASE, Conflict, NotFound
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text


class BeingFilled(Conflict):
    """The deadline is over; what fills is taken, and this is not of that kind."""

    code = "being_filled"
    message = Text(
        ko="모집이 마감되어 물량을 채우는 중입니다. 이제 포장을 채우거나 다음 수량 구간에 이르게 "
        "하는 추가만 받으며, 줄이거나 철회할 수 없습니다.",
        en="The deadline has passed and the campaign is being filled: only what completes a pack "
        "or reaches the next tier is taken now, and nothing is taken back.",
    )


class _NotTaken(Conflict):
    message = Text(ko="{why}", en="{why}")


class TakesBack(_NotTaken):
    """It asks for less than the firm has committed to."""

    code = "takes_back"
    message = WHY_NOT[Refusal.TAKES_BACK]


class FillsNothing(_NotTaken):
    """No pack is completed by it and no tier reached."""

    code = "fills_nothing"


class TakesFromOthers(_NotTaken):
    """Another firm would get less of what it asked for."""

    code = "takes_from_others"


class NotAllOfIt(_NotTaken):
    """The firm itself would get less than it asks for."""

    code = "not_all_of_it"


class NoTimeToApprove(Conflict):
    """It is above the firm's approval limit, and nothing waits while a campaign is filled: what
    would fill now may fill nothing by the time an owner has read it."""

    code = "no_time_to_approve"
    message = Text(
        ko="기업의 승인 한도를 넘는 변경입니다. 물량 채우기 동안에는 승인을 기다릴 수 없으니 "
        "기업의 대표가 직접 참여해 주십시오.",
        en="This is above your firm's approval limit. While a campaign is being filled nothing "
        "waits for approval: an owner of your firm has to commit to it.",
    )


REFUSALS: dict[Refusal, type[_NotTaken]] = {
    Refusal.TAKES_BACK: TakesBack,
    Refusal.FILLS_NOTHING: FillsNothing,
    Refusal.TAKES_FROM_OTHERS: TakesFromOthers,
    Refusal.NOT_ALL_OF_IT: NotAllOfIt,
}
REFUSED_BY_DATABASE["nothing_is_taken_back_in_filling"] = TakesBack


def hold_alone(campaign_id: UUID) -> tuple[Campaign, datetime]:
    """Keep a campaign to oneself until this transaction ends; return it and the time, read under
    the lock. Raises NotFound."""
    campaign = queries.locked(campaign_id)
    at = clock.now()
    if campaign.published_at is None:
        raise NotFound
    return campaign, at


def check_fills(campaign: Campaign, row: Commitment | None, wanted: Wanted) -> None:
    """Raise TakesBack, FillsNothing, TakesFromOthers or NotAllOfIt unless the change is taken.

    `row`: the firm's locked commitment, if it has one. The caller holds the campaign alone.
    """
    market = queries.filling_market(campaign)
    verdict = judge(market, _asked(market, row, wanted))
    if isinstance(verdict, Refusal):
        raise _refusal(verdict, campaign, market, row)


def note_filled(campaign: Campaign, *, at: datetime) -> None:
    """After a change of a campaign that is held alone: where nothing is left to fill it is written
    down, and the pipeline closes at once."""
    if not anything_to_fill(queries.filling_market(campaign)):
        note(campaign, kind=queries.FILLED, actor=SYSTEM, at=at)
        wake_pipeline()


def begin_filling(campaign: Campaign, *, at: datetime) -> bool:
    """At the deadline of a locked, open campaign: begin to fill it, if it is to be and can be.

    `fills_until` counts from the deadline, whenever the pipeline comes to it. What waits for a
    second coordinator lapses: it was about closing an open campaign. So does what the supplier
    asked to change. Who has not answered an earlier change is out from now on.
    """
    closes = campaign.closes_at
    if not campaign.fill_hours or closes is None:
        return False
    until = closes + timedelta(hours=campaign.fill_hours)
    if at >= until:
        return False
    if not anything_to_fill(queries.market(campaign, queries.active_commitments(campaign))):
        return False
    campaign.fills_until = until
    move(campaign, "filling", kind="filling_began", actor=SYSTEM, at=at, also=("fills_until",),
         data={"until": until.isoformat()})  # fmt: skip
    lapse_decisions(campaign, actor=SYSTEM, at=at)
    lapse_changes(campaign, actor=SYSTEM, at=at)
    wake_pipeline()
    wake_pipeline(at=until)
    return True


def is_due(campaign: Campaign, at: datetime) -> bool:
    """Whether the clock closes a locked campaign at a moment, or it is filled up."""
    ends = campaign.ends_at
    if ends is not None and at >= ends:
        return True
    return queries.to_be_closed(Campaign.objects.filter(pk=campaign.pk)).exists()


def _asked(market: Market, row: Commitment | None, wanted: Wanted) -> Standing:
    held = row if row is not None and queries.is_in(row) else None
    last = 1 + max((one.arrival for one in market.commitments), default=0)
    queues = held is None or wanted.asks_for_more_than(held)
    return Standing(
        key=queries.key_of(row),
        arrival=last if held is None or queues else held.arrival,
        quantity=wanted.quantity,
        tolerance=wanted.tolerance,
        minimum=wanted.minimum,
        limit=wanted.price_limit,
    )


def _refusal(
    verdict: Refusal, campaign: Campaign, market: Market, row: Commitment | None
) -> _NotTaken:
    if verdict is Refusal.TAKES_BACK:
        return TakesBack()
    why = WHY_NOT[verdict]
    found = queries.may_be_told(ways(market, queries.key_of(row)))
    would = all_said(found, queries.numbers_in(campaign))
    if would is not None:
        more = WOULD_TAKE.format(ways=would)
        why = Text(ko=f"{why.ko} {more.ko}", en=f"{why.en} {more.en}")
    return REFUSALS[verdict](why=why)
