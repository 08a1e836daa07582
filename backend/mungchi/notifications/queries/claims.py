"""Claims that wait for somebody, as rows of a desk."""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.common.text import Text
from mungchi.deliveries.models import Claim
from mungchi.notifications.queries.waiting import MOST, Waiting

DECIDE = Text(ko="{firm}의 클레임 결정 (‘{title}’)", en="Decide {firm}’s claim (“{title}”)")
SIDES = {"open": "supplier_id", "offered": "firm_id", "deciding": "host_id"}


def claims_to_answer(actor: Actor, state: str, text: Text) -> list[Waiting]:
    """Claims in a state in which the actor's side has to answer, the first due first. One query."""
    mine = {SIDES[state]: actor.cooperative_id if state == "deciding" else actor.firm_id}
    found = Claim.objects.filter(state=state, **mine).select_related("firm", "order__campaign")
    return [
        Waiting("claim", text.format(firm=row.firm.name, title=row.order.campaign.title),
                f"/claims/{row.pk}", row.answer_by)
        for row in found.order_by("answer_by", "id")[:MOST]
    ]  # fmt: skip


def claims_to_decide(actor: Actor, at: datetime) -> list[Waiting]:
    """What firm and supplier do not agree on, or somebody did not answer."""
    return claims_to_answer(actor, "deciding", DECIDE)
