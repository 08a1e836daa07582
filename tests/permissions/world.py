"""People of every role, and rows of every kind that are theirs, a sibling's, or a stranger's.

Everything is made by the real operations and rolled back at the end.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from rest_framework.test import APIClient
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    SeatFactory,
    UserFactory,
    buyer_of,
    coordinator_of,
    member,
    supplier,
)
from tests.factories.catalog import ItemFactory
from tests.factories.clients import proved
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.orders import operations as orders
from mungchi.payments import operations as payments

# A world may stand for a whole file of tests.
HOURS = 6 * 3600
SIDES = ("own", "sibling", "foreign")


@dataclass(frozen=True)
class Side:
    """Whose rows: a cooperative, its office, one of its firms, and the supplier of its campaigns.

    own: of the people who ask. sibling: another firm and supplier, the same cooperative. foreign:
    nothing in common.
    """

    name: str
    cooperative: Cooperative
    office: Actor
    firm: Actor
    supplier: Actor


Maker = Callable[[Side], Any]


@dataclass
class World:
    """Three sides, a client for every role, and the rows made so far."""

    clients: dict[str, APIClient] = field(default_factory=dict)
    made: dict[tuple[Maker, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ours, theirs = CooperativeFactory(), CooperativeFactory()
        office = coordinator_of(ours)
        self.sides = {
            "own": Side("own", ours, office, member(ours), supplier()),
            "sibling": Side("sibling", ours, office, member(ours), supplier()),
            "foreign": Side("foreign", theirs, coordinator_of(theirs), member(theirs), supplier()),
        }
        self._seat_everybody()
        stranger = FirmFactory()
        buyer_of(stranger)
        self.guest_number = stranger.business_number

    def _seat_everybody(self) -> None:
        own = self.sides["own"]
        firm = Firm.objects.get(pk=own.firm.firm_id)
        self.clients = {
            "anonymous": _client(None),
            "seatless": _client(UserFactory().pk),
            "owner": _client(own.firm.user_id, own.firm),
            "supplier": _client(own.supplier.user_id, own.supplier),
            "coordinator": _client(own.office.user_id, own.office),
        }
        for role, place in (
            ("buyer", {"firm": firm}),
            ("viewer", {"firm": firm}),
            ("auditor", {"cooperative": own.cooperative}),
            ("operator", {}),
        ):
            actor = actor_for(SeatFactory(role=role, **place))
            self.clients[role] = _client(actor.user_id, actor)

    def row(self, maker: Maker, side: str) -> Any:
        """The row that `maker` makes for a side: made once, since every request is undone."""
        key = (maker, side)
        if key not in self.made:
            self.made[key] = maker(self.sides[side])
        return self.made[key]

    def again(self) -> "World":
        """The same for one more test, which keeps what it does to clients and objects to itself."""
        other = copy.copy(self)
        other.sides, other.made = copy.deepcopy(self.sides), dict(self.made)
        other.clients = {role: copy.copy(client) for role, client in self.clients.items()}
        for client in other.clients.values():
            client.cookies = copy.deepcopy(client.cookies)
        return other


def _client(user_id: UUID | None, actor: Actor | None = None) -> APIClient:
    """A client that does not raise what the server raises: a crash is a 500 like any other."""
    client = APIClient(raise_request_exception=False)
    if user_id is not None:
        client.force_login(
            User.objects.get(pk=user_id),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        proved(client, lasting=HOURS)
    seat = {"HTTP_X_SEAT": str(actor.seat_id)} if actor else {}
    client.credentials(HTTP_ACCEPT_LANGUAGE="ko", **seat)
    return client


class Affair(Deal):
    """A campaign of a side, for its members and its supplier alone."""

    def __init__(self, side: Side, **given: object) -> None:
        self.side = side
        super().__init__(host=side.cooperative, given=given)

    def __post_init__(self) -> None:
        self.office, self.supplier = self.side.office, self.side.supplier
        self.item = ItemFactory(cooperative=self.host)
        self.given = {"for_all_suppliers": False, **self.given}
        self.campaign = self._draft()
        campaigns.invite_suppliers(
            actor=self.office, campaign_id=self.campaign.pk, suppliers=[self.supplier.firm_id]
        )

    def joined(self) -> "Affair":
        """Open, with the side's firm and one that is nobody's in it."""
        self.opened()
        self.join(30, "130", firm=self.side.firm)
        self.join(40)
        return self

    def settling(self, *quantities: int) -> "Affair":
        """Cleared with success."""
        self.joined()
        self.cleared()
        return self

    def placed(self, *quantities: int) -> "Affair":
        """Orders made and money asked for, of this campaign alone: stages would move others."""
        self.settling()
        orders.place_orders(campaign_id=self.campaign.pk)
        payments.ask_for_payment(campaign_id=self.campaign.pk)
        return self

    def ordered(self, *quantities: int) -> "Affair":
        """The purchase order issued."""
        self.paid()
        orders.issue_purchase_order(campaign_id=self.campaign.pk)
        return self

    def refunding(self) -> "Affair":
        """Failed after money came in: refunds are due."""
        self.ordered()
        campaigns.fail_campaign(actor=self.office, campaign_id=self.campaign.pk, why="공급 불가")
        payments.return_money(campaign_id=self.campaign.pk)
        return self

    @property
    def order(self) -> Any:
        """The order of the side's firm."""
        return next(o for o in self.orders() if o.firm_id == self.side.firm.firm_id)

    @property
    def payment(self) -> Any:
        """The payment of the side's firm."""
        return next(p for p in self.payments() if p.firm_id == self.side.firm.firm_id)

    @property
    def shipment(self) -> Any:
        """The shipment to the side's firm."""
        return next(s for s in self.shipments if s.order.firm_id == self.side.firm.firm_id)


def later(days: int) -> str:
    """A moment some days ahead, as written in a request."""
    return (clock.now() + timedelta(days=days)).isoformat()
