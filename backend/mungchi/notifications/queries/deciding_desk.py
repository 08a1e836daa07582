"""What an office has to decide about campaigns that run: two queries."""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.common.text import Text
from mungchi.notifications.queries.waiting import MOST, Waiting
from mungchi.orders import queries as orders

DECIDE = Text(
    ko="‘{title}’ 미입금으로 단가가 유지되지 않음: 진행 방법 결정",
    en="“{title}”: payments lapsed, decide how it goes on",
)
LESS = Text(
    ko="‘{title}’ {supplier}이(가) 적게 확인함: 받아들일지 결정",
    en="“{title}”: {supplier} confirms less, decide whether to accept it",
)


def undecided(actor: Actor, at: datetime) -> list[Waiting]:
    """Campaigns whose rest does not carry the price, and nothing has been decided about."""
    found = campaigns.undecided_of(actor)
    return [
        Waiting("decide", DECIDE.format(title=row.title), f"/desk/campaigns/{row.pk}")
        for row in found[:MOST]
    ]


def confirmed_less(actor: Actor, at: datetime) -> list[Waiting]:
    """What suppliers confirm less, by when it is to be answered."""
    return [
        Waiting(
            "decide", LESS.format(title=row.campaign.title, supplier=row.supplier.name),
            f"/desk/campaigns/{row.campaign_id}", row.answer_by,
        )
        for row in orders.lesses_waiting(actor)[:MOST]
    ]  # fmt: skip
