"""A provider in the test's own process, for what no HTTP is needed for: it keeps charges, answers a
key again as it did, and fails when it is told to. The simulator is the one that is asked by HTTP.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from mungchi.payments.providers import ONLINE, Capabilities
from mungchi.payments.providers.facts import (
    ChargeFact,
    Credentials,
    Event,
    ForgedEvent,
    OversizedEvent,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
    SetupFact,
    StaleEvent,
)

NAME = "till"
# What a method does, by how its id begins; anything else pays.
SOFT, HARD, ASKS, REFUSED, SLOW = "soft", "hard", "asks", "refused", "slow"


@dataclass
class Till:
    """`fault` is asked before and after every call that acts, by the name of the call; it may raise
    what a provider raises. `seconds`: how long each call takes."""

    name: str = NAME
    seconds: float = 0.0
    webhook_events: tuple[str, ...] = ("charge.succeeded",)
    # What a charge costs, in thousandths.
    fee: int = 20
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(
        save_method=True, charge_off_session=True, refund=True, partial_refund=True, payout=False,
        currencies=frozenset({"KRW", "USD"}), largest_amount=50_000_000))  # fmt: skip
    charges: dict[str, ChargeFact] = field(default_factory=dict)
    answered: dict[str, tuple[str, ChargeFact]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None
    events: list[Event] = field(default_factory=list)
    at: Callable[[], datetime] = lambda: datetime.now(UTC)
    setups: dict[str, SetupFact] = field(default_factory=dict)
    under_way: int = 0
    most_under_way: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def charge_parameters(self, **asked: Any) -> dict[str, Any]:
        if not self.capabilities.carries(asked["amount"], asked["currency"]):
            raise ProviderRefused("amount_not_carried")
        return {**asked, "metadata": dict(asked["metadata"])}

    def charge(
        self, credentials: Credentials, *, key: str, parameters: Mapping[str, Any]
    ) -> ChargeFact:
        return self._once("charge", key, parameters, lambda: self._new(parameters))

    def confirm(
        self,
        credentials: Credentials,
        *,
        key: str,
        charge_id: str,
        method_id: str,
        return_url: str,
    ) -> ChargeFact:
        def act() -> ChargeFact:
            there = self.charges[charge_id]
            if there.state in ("succeeded", "cancelled"):
                return there
            return self._tried(replace(there, method_id=method_id), return_url)

        return self._once("confirm", key, {"charge": charge_id, "method": method_id}, act)

    def cancel(self, credentials: Credentials, *, key: str, charge_id: str) -> ChargeFact:
        def act() -> ChargeFact:
            there = self.charges[charge_id]
            done = there.state in ("succeeded", "processing", "cancelled")
            return there if done else self._keep(replace(there, state="cancelled"))

        return self._once("cancel", key, {"charge": charge_id}, act)

    def sync(self, credentials: Credentials, charge_id: str) -> ChargeFact:
        self._begin("sync", charge_id)
        if charge_id not in self.charges:
            raise ProviderRefused("not_found")
        return self.charges[charge_id]

    def find_charge(
        self,
        credentials: Credentials,
        *,
        metadata: Mapping[str, str],
        customer_id: str,
        since: datetime,
    ) -> ChargeFact | None:
        self._begin("find_charge", customer_id)
        found = [c for c in self.charges.values() if metadata.items() <= c.metadata.items()]
        return next(iter(found), None)

    def setup_of(self, credentials: Credentials, session_id: str) -> SetupFact:
        self._begin("setup_of", session_id)
        return self.setups[session_id]

    def finish(self, charge_id: str) -> ChargeFact:
        """Let the payer pass the step at its bank."""
        return self._keep(replace(self.charges[charge_id], state="succeeded", next_url=None))

    def money(self) -> dict[str, list[ChargeFact]]:
        """Which charges got money, by payment: more than one is a double charge."""
        found: dict[str, list[ChargeFact]] = {}
        for charge in self.charges.values():
            if charge.state == "succeeded":
                found.setdefault(charge.metadata["payment"], []).append(charge)
        return found

    def doubles(self) -> int:
        """How often money was taken beside the one time."""
        return sum(len(charges) - 1 for charges in self.money().values())

    def verify_webhook(self, body: bytes, header: str, secret: str, now: datetime) -> Event:
        if len(body) > 100_000:
            raise OversizedEvent
        told = json.loads(body) if header == f"signed with {secret}" else None
        if told is None:
            raise ForgedEvent
        if abs(now.timestamp() - told["signed_at"]) > 300:
            raise StaleEvent
        return Event(told["id"], told["type"], told["object_kind"], told["object_id"],
                     datetime.fromtimestamp(told["created"], UTC), told["live"],
                     told.get("account"))  # fmt: skip

    def iter_events(self, credentials: Credentials, since: datetime) -> Iterator[Event]:
        self._begin("iter_events", "")
        yield from sorted((e for e in self.events if e.created >= since), key=lambda e: e.created)

    def iter_balance(self, credentials: Credentials, since: datetime, until: Any = None) -> Any:
        self._begin("iter_balance", "")
        return iter(())

    def iter_bank_payouts(self, credentials: Credentials, since: datetime) -> Any:
        self._begin("iter_bank_payouts", "")
        return iter(())

    def _begin(self, call: str, about: str) -> None:
        with self.lock:
            self.calls.append((call, about))
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            self.before(call)
            if self.seconds:
                time.sleep(self.seconds)
        finally:
            with self.lock:
                self.under_way -= 1

    def _once(
        self, call: str, key: str, asked: Mapping[str, Any], act: Callable[[], ChargeFact]
    ) -> ChargeFact:
        self._begin(call, key)
        body = json.dumps(asked, sort_keys=True)
        with self.lock:
            if key in self.answered:
                before, fact = self.answered[key]
                if before != body:
                    raise ProviderRefused("parameters_differ")
            else:
                fact = act()
                self.answered[key] = (body, fact)
        self.after(call)
        return fact

    def _new(self, asked: Mapping[str, Any]) -> ChargeFact:
        if str(asked["method_id"]).startswith(REFUSED):
            raise ProviderRefused("resource_missing")
        fact = ChargeFact(
            id=f"ch_{len(self.charges) + 1}", state="declined", amount=asked["amount"],
            currency=asked["currency"], at=self.at(), customer_id=asked["customer_id"],
            method_id=asked["method_id"], metadata=dict(asked["metadata"]),
        )  # fmt: skip
        return self._tried(fact, "")

    def _tried(self, fact: ChargeFact, return_url: str) -> ChargeFact:
        how = (fact.method_id or "").split("_")[0].rstrip("0123456789")
        if how == SOFT:
            return self._keep(replace(fact, state="declined", retriable=True,
                                      decline_code="insufficient_funds"))  # fmt: skip
        if how == HARD:
            return self._keep(replace(fact, state="declined", decline_code="expired_card"))
        if how == SLOW:
            return self._keep(replace(fact, state="processing"))
        if how == ASKS:
            url = f"https://bank.example/step?back={return_url}" if return_url else None
            return self._keep(replace(fact, state="requires_action", next_url=url,
                                      decline_code="authentication_required"))  # fmt: skip
        return self._keep(replace(
            fact, state="succeeded", decline_code=None, retriable=False, method_label="•••• 4242",
            fee=fact.amount * self.fee // 1000, fee_currency=fact.currency))  # fmt: skip

    def _keep(self, fact: ChargeFact) -> ChargeFact:
        self.charges[fact.id] = fact
        return fact


@contextmanager
def serving(till: Till) -> Iterator[Till]:
    """Let this installation know the provider."""
    ONLINE[till.name] = till  # type: ignore[assignment]
    try:
        yield till
    finally:
        del ONLINE[till.name]


def away(*names: str) -> Callable[[str], None]:
    """A fault: nobody answers calls of these names."""

    def fault(call: str) -> None:
        if call in names:
            raise ProviderAway(call)

    return fault


def busy(call: str) -> None:
    """A fault: asked too often."""
    raise ProviderBusy(call)


class Dies(BaseException):
    """A process that ends here: nothing after it runs."""


def dies(call: str) -> None:
    """A fault: the process ends during the call."""
    raise Dies(call)


def body_of(event: Event, at: float) -> bytes:
    """What is sent of an event, signed at a moment (seconds since 1970)."""
    told = {"id": event.id, "type": event.type, "object_kind": event.object_kind,
            "object_id": event.object_id, "created": event.created.timestamp(),
            "live": event.live, "signed_at": at}  # fmt: skip
    return json.dumps(told).encode()
