"""A campaign as one would keep it on paper: plain Python, nothing shared with the product.

Each deed says whether it is accepted (None) or the code of the refusal, and changes the paper.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from tests.campaigns.domain.reference import clear_slowly

from mungchi.campaigns.domain.filling import anything_to_fill
from mungchi.campaigns.domain.market import Commitment, Market, Threshold, Tier

TIERS = ((1, 120), (20, 100), (40, 90))
PACK, CAPACITY = 4, 60
THRESHOLD = Threshold(quantity=8, firms=2)
# What a firm's buyers commit it to without asking, in won with VAT.
ALONE = 1_500


@dataclass(frozen=True)
class Terms:
    """What a firm commits to."""

    quantity: int
    tolerance: int = 0
    minimum: int = 0
    limit: int | None = None


@dataclass
class Parcel:
    quantity: int
    answered: int | None = None


@dataclass
class Order:
    quantity: int
    state: str = "awaiting_payment"
    parcels: list[Parcel] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return sum(parcel.quantity for parcel in self.parcels)


@dataclass
class Paper:
    """The campaign. Firms are numbers; `queue` is the order in which they stand."""

    closes_at: datetime
    # The offer that it stands on holds so long.
    valid_until: datetime
    # For how many hours after that it is filled.
    fill_hours: int = 0
    fills_until: datetime | None = None
    filled: bool = False
    state: str = "open"
    commitments: dict[int, Terms] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    # What waits for the firm's owner; in nothing else.
    waiting: dict[int, Terms] = field(default_factory=dict)
    queue: list[int] = field(default_factory=list)
    price: int | None = None
    awards: dict[int, int] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    asked: bool = False
    purchase_order: str | None = None

    def _shut(self, now: datetime) -> str | None:
        if self.state == "filling":
            return "being_filled"
        if self.state != "open":
            return "campaign_not_open"
        return "deadline_over" if now >= self.closes_at else None

    def join(self, firm: int, terms: Terms, now: datetime) -> str | None:
        if terms.minimum > terms.quantity:
            return "minimum_above_quantity"
        if self.state == "filling":
            return self._fill(firm, terms, now)
        if refusal := self._shut(now):
            return refusal
        return self._place(firm, terms)

    def _place(self, firm: int, terms: Terms) -> None:
        before = self.commitments.get(firm)
        if before is None or _asks_for_more(terms, before):
            self.queue = [one for one in self.queue if one != firm] + [firm]
        self.withdrawn.discard(firm)
        self.waiting.pop(firm, None)
        self.commitments[firm] = terms

    def _fill(self, firm: int, terms: Terms, now: datetime) -> str | None:
        """After the deadline: only what fills, and harms nobody."""
        if self.fills_until is None or now >= self.fills_until:
            return "deadline_over"
        held = self.commitments.get(firm)
        if held == terms:
            self.waiting.pop(firm, None)
            return None
        if held is not None and _takes_back(terms, held):
            return "takes_back"
        then = replace(self, commitments=dict(self.commitments), queue=list(self.queue),
                       withdrawn=set(self.withdrawn), waiting=dict(self.waiting))  # fmt: skip
        then._place(firm, terms)
        (was, got), (deep, gets) = self._result(), then._result()
        ordered, then_ordered = sum(got.values()), sum(gets.values())
        wanted = sum(one.quantity for one in self.commitments.values() if _accepts(one, was))
        filled = deep == was and was is not None and ordered < wanted and ordered < then_ordered
        if not filled and (deep is None or (was is not None and deep <= was)):
            return "fills_nothing"
        if gets[firm] < terms.quantity:
            return "not_all_of_it"
        for other, award in got.items():
            if other != firm and gets[other] < min(award, self.commitments[other].quantity):
                return "takes_from_others"
        self._place(firm, terms)
        self.filled = not anything_to_fill(self._market())
        return None

    def ask(self, firm: int, terms: Terms, now: datetime) -> str | None:
        """A buyer's commitment: above the limit it waits, unless the firm is bound to as much."""
        late = self.fills_until is not None and now >= self.fills_until
        shut = late if self.state == "filling" else self._shut(now)
        if terms.minimum > terms.quantity or shut:
            return self.join(firm, terms, now)
        held = self.commitments.get(firm)
        if _worth(terms) <= max(ALONE, _worth(held) if held else 0):
            return self.join(firm, terms, now)
        if self.state == "filling":
            return "no_time_to_approve"
        self.waiting[firm] = terms
        return None

    def approve(self, firm: int, now: datetime) -> str | None:
        return self._shut(now) or self.join(firm, self.waiting[firm], now)

    def decline(self, firm: int) -> None:
        del self.waiting[firm]

    def lapse(self) -> None:
        if self.state != "open":
            self.waiting.clear()

    def withdraw(self, firm: int, now: datetime) -> str | None:
        if firm not in {*self.commitments, *self.withdrawn, *self.waiting}:
            return "not_found"
        if refusal := self._shut(now):
            return refusal
        self.waiting.pop(firm, None)
        if self.commitments.pop(firm, None):
            self.withdrawn.add(firm)
        return None

    def extend(self, to: datetime, now: datetime) -> str | None:
        if self.state != "open" or now >= self.closes_at:
            return "campaign_closed"
        if to <= self.closes_at:
            return "only_later"
        if to + timedelta(hours=self.fill_hours) > self.valid_until:
            return "offer_ends_too_soon"
        self.closes_at = to
        return None

    def close(self, now: datetime, *, clock: bool) -> str | None:
        if self.state == "cancelled":
            return "campaign_closed"
        if self.state == "open" and clock and now >= self.closes_at and self._to_be_filled(now):
            self.state = "filling"
            self.fills_until = self.closes_at + timedelta(hours=self.fill_hours)
        elif self.state == "open" and not (clock and now < self.closes_at):
            self.state = "closing"
        elif self.state == "filling":
            over = self.filled or self.fills_until is None or now >= self.fills_until
            self.state = "closing" if over or not clock else "filling"
        return None

    def _to_be_filled(self, now: datetime) -> bool:
        over = now >= self.closes_at + timedelta(hours=self.fill_hours)
        return not over and anything_to_fill(self._market())

    def cancel(self) -> str | None:
        if self.state not in {"open", "filling", "cancelled"}:
            return "state_does_not_allow"
        self.state = "cancelled"
        return None

    def clear(self) -> None:
        if self.state != "closing":
            return
        tier, awards = self._result()
        self.state = "failed" if tier is None else "settling"
        self.price = None if tier is None else TIERS[tier][1]
        self.awards = awards

    def _result(self) -> tuple[int | None, dict[int, int]]:
        tier, awards, _ = clear_slowly(self._market())
        return tier, {int(key): award for key, award in awards.items()}

    def _market(self) -> Market:
        people = [one for one in self.queue if one in self.commitments]
        return Market(
            tiers=tuple(Tier(least, Decimal(price)) for least, price in TIERS),
            commitments=tuple(
                Commitment(
                    key=str(firm), arrival=place, quantity=terms.quantity,
                    tolerance=terms.tolerance, minimum=terms.minimum,
                    limit=None if terms.limit is None else Decimal(terms.limit),
                )
                for place, firm in enumerate(people)
                for terms in [self.commitments[firm]]
            ),
            pack=PACK, capacity=CAPACITY, threshold=THRESHOLD,
        )  # fmt: skip

    def place_orders(self) -> None:
        if self.state == "settling" and not self.orders:
            self.orders = {firm: Order(got) for firm, got in self.awards.items() if got}

    def ask_for_money(self) -> None:
        self.asked = self.asked or (self.state == "settling" and bool(self.orders))

    def pay(self, firm: int, *, right_amount: bool) -> str | None:
        if not right_amount:
            return "amount_differs"
        order = self.orders[firm]
        if order.state == "awaiting_payment" and self.state == "settling":
            order.state = "paid"
            return None
        return None if order.state in {"paid", "shipped", "received"} else "payment_not_awaited"

    def undo(self, firm: int) -> str | None:
        order = self.orders[firm]
        if order.state == "awaiting_payment":
            return None
        if self.state != "settling":
            return "already_ordered"
        order.state = "awaiting_payment"
        return None

    def order_goods(self) -> None:
        paid = self.orders and all(order.state == "paid" for order in self.orders.values())
        if self.state == "settling" and paid and self.asked:
            self.state, self.purchase_order = "ordered", "issued"

    def fail(self) -> str | None:
        if self.state not in {"settling", "ordered", "failed"}:
            return "state_does_not_allow"
        self.state = "failed"
        return None

    def confirm(self) -> str | None:
        if self.state == "ordered":
            self.state, self.purchase_order = "delivering", "confirmed"
            return None
        return None if self.purchase_order == "confirmed" else "purchase_order_answered"

    def ship(self, firm: int, quantity: int) -> str | None:
        order = self.orders[firm]
        if self.purchase_order != "confirmed":
            return "purchase_order_not_confirmed"
        if quantity > order.quantity - order.sent:
            return "more_than_ordered"
        order.parcels.append(Parcel(quantity))
        order.state = "shipped"
        return None

    def receive(self, firm: int, parcel: int, quantity: int) -> str | None:
        order = self.orders[firm]
        row = order.parcels[parcel]
        if row.answered is not None:
            return None if row.answered == quantity else "received_otherwise"
        if quantity > row.quantity:
            return "more_than_sent"
        row.answered = quantity
        if order.sent == order.quantity and all(p.answered is not None for p in order.parcels):
            order.state = "received"
        return None

    def complete(self) -> None:
        if self.state == "delivering" and all(o.state == "received" for o in self.orders.values()):
            self.state, self.purchase_order = "completed", "fulfilled"


def _worth(terms: Terms) -> int:
    """The most that it comes to: all of it, at the limit or the first tier, with 10 % VAT."""
    price = min(terms.limit or TIERS[0][1], TIERS[0][1])
    value = (terms.quantity + terms.tolerance) * price
    return value + value // 10


def _takes_back(now: Terms, before: Terms) -> bool:
    lower = now.limit is not None and (before.limit is None or now.limit < before.limit)
    less = now.quantity + now.tolerance < before.quantity + before.tolerance
    return lower or less or now.quantity < before.quantity or now.minimum > before.minimum


def _accepts(terms: Terms, tier: int | None) -> bool:
    return tier is not None and (terms.limit is None or terms.limit >= TIERS[tier][1])


def _asks_for_more(now: Terms, before: Terms) -> bool:
    more = now.quantity > before.quantity
    return more or now.quantity + now.tolerance > before.quantity + before.tolerance
