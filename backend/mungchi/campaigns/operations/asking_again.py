"""An office asks those whom a campaign left out whether they still need it."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import queries
from mungchi.campaigns.models import AskedAgain
from mungchi.campaigns.operations.carrying_out import NEED_STANDS
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.demand.operations import Missed, propose_missed


class NobodyLeftOut(Conflict):
    """Nobody got nothing, or all of them said what they want, were asked, or are left alone."""

    code = "nobody_left_out"
    message = Text(
        ko="다시 물어볼 조합원사가 없습니다. 받지 못한 기업이 없거나, 모두 이미 수요를 올렸거나, "
        "질문을 받았거나, 사무국의 연락을 사양했습니다.",
        en="There is nobody to ask again: no member got nothing, or all of them have stated a "
        "need, been asked already, or have asked to be left alone.",
    )


def ask_left_out(*, actor: Actor, campaign_id: UUID) -> int:
    """Propose to each member of this office to whom a campaign gave nothing to state as much as a
    need, which gathers in the item's pool; return how many are asked.

    Whoever hosts the campaign: each office asks its own members. It binds nobody. Who wants to be
    left alone is not asked. Again: asks those whom it can ask by now. Raises NotFound,
    NobodyLeftOut.
    """
    with transaction.atomic():
        seen = queries.visible_to(actor).filter(pk=campaign_id).first()
        if seen is None or not actor.is_office:
            raise NotFound
        # One office's two presses wait for each other.
        home = Cooperative.objects.select_for_update(no_key=True).get(pk=actor.cooperative_id)
        lines = queries.askable(actor, seen).lines
        at = clock.now()
        closed = (seen.closed_at or at).astimezone(home.timezone).date()
        rows = propose_missed(
            actor=actor,
            cooperative=home,
            item_id=seen.item.merged_into_id or seen.item_id,
            currency=seen.currency,
            missed=[Missed(line.firm_id, line.quantity, closed) for line in lines],
            needed_by=at.astimezone(home.timezone).date() + NEED_STANDS,
            at=at,
        )
        if not rows:
            raise NobodyLeftOut
        AskedAgain.objects.bulk_create(
            [AskedAgain(campaign=seen, cooperative=home, proposal=row, at=at) for row in rows]
        )
        record(seen, kind="left_out_asked", actor=actor, at=at, thread=seen.pk,
               cooperative_id=home.pk, data={"firms": len(rows)})  # fmt: skip
        wake_pipeline()
        return len(rows)
