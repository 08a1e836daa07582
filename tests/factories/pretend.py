"""A provider that stands in for a remote one where tests are about what we do with its answers: no
network, sessions in memory, failures to order. Of its own name, beside those that are real.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from tests.factories.accounts import coordinator_of

from mungchi.accounts.access import Actor
from mungchi.payments import operations
from mungchi.payments.models import Mandate, ProviderAccount
from mungchi.payments.providers import ONLINE
from mungchi.payments.providers.facts import (
    AccountFact,
    Credentials,
    Event,
    ForgedEvent,
    PayeeFact,
    ProviderError,
    ProviderRefused,
    SetupFact,
)
from mungchi.payments.providers.interface import AmountRule, Capabilities

KEY, OTHERS_KEY = "sk_test_canary_of_ours", "sk_test_canary_of_another"
WEBHOOK = "whsec_canary"
NAME = "pretend"


def account_fact(**changes: Any) -> AccountFact:
    """An account in test mode that takes cards and a wallet."""
    fact = AccountFact(
        account_id="acct_ours", name="한빛사무용품협동조합", country="KR", default_currency="KRW",
        live=False, charges_enabled=True, payouts_enabled=True,
        methods=frozenset({"card", "kakao_pay"}),
    )  # fmt: skip
    return replace(fact, **changes)


@dataclass
class Pretend:
    """Knows two keys; calls are kept in `calls`, and `failing` is raised instead of an answer."""

    name: str = NAME
    webhook_events: tuple[str, ...] = ("payment_intent.succeeded",)
    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(
            save_method=True, charge_off_session=True, refund=True, partial_refund=True,
            payout=True, currencies=frozenset({"KRW", "USD"}), largest_amount=99_999_999,
            by_kind={("kakao_pay", "KRW"): AmountRule(100, 2_000_000)},
        )
    )  # fmt: skip
    accounts: dict[str, AccountFact] = field(
        default_factory=lambda: {
            KEY: account_fact(),
            OTHERS_KEY: account_fact(account_id="acct_another", name="다른 계정"),
        }
    )
    sessions: dict[str, SetupFact] = field(default_factory=dict)
    by_key: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    failing: ProviderError | None = None
    before: Callable[[], None] = lambda: None

    def _asked(self, what: str, credentials: Credentials) -> AccountFact:
        self.calls.append(what)
        self.before()
        if self.failing is not None:
            raise self.failing
        if credentials.secret_key not in self.accounts:
            raise ProviderRefused("key_invalid", message=f"No such key: {credentials.secret_key}")
        return self.accounts[credentials.secret_key]

    def verify_webhook(self, body: bytes, header: str, secret: str, now: object) -> Event:
        raise ForgedEvent("nothing comes from here")

    def check(self, credentials: Credentials) -> AccountFact:
        fact = self._asked("check", credentials)
        if fact.live != credentials.live:
            raise ProviderRefused("mode_mismatch")
        return fact

    def start_setup(self, credentials: Credentials, *, key: str, **asked: Any) -> SetupFact:
        self._asked("start_setup", credentials)
        if key in self.by_key:
            parameters, session = self.by_key[key]
            if parameters != asked:
                raise ProviderRefused("parameters_differ")
            return self.sessions[session]
        session = f"cs_{uuid4().hex}"
        customer = asked["customer_id"] or f"cus_{uuid4().hex}"
        self.by_key[key] = (asked, session)
        self.sessions[session] = SetupFact(
            session_id=session, state="pending", customer_id=customer,
            url=f"https://pay.example/{session}", metadata=asked["metadata"],
        )  # fmt: skip
        return self.sessions[session]

    def setup_of(self, credentials: Credentials, session_id: str) -> SetupFact:
        self._asked("setup_of", credentials)
        if session_id not in self.sessions:
            raise ProviderRefused("not_found")
        return self.sessions[session_id]

    def forget_method(self, credentials: Credentials, *, key: str, method_id: str) -> None:
        self._asked("forget_method", credentials)
        self.forgotten.append(method_id)

    def make_payee(self, credentials: Credentials, *, key: str, **asked: Any) -> PayeeFact:
        self._asked("make_payee", credentials)
        return self.payee_of(credentials, f"acct_{key.rpartition(':')[2]}")

    def payee_link(self, credentials: Credentials, *, key: str, **asked: Any) -> str:
        self._asked("payee_link", credentials)
        return "https://pay.example/connect"

    def payee_of(self, credentials: Credentials, payee_id: str) -> PayeeFact:
        self._asked("payee_of", credentials)
        return PayeeFact(payee_id, True, True, "KRW", "KR")

    def finish(self, session_id: str, kind: str = "card", label: str = "Visa •••• 4242") -> None:
        """What the provider's page does when the firm has gone through it."""
        before = self.sessions[session_id]
        self.sessions[session_id] = replace(
            before, state="done", url=None, method_id=f"pm_{uuid4().hex}", kind=kind, label=label,
            expires="2028-02" if kind == "card" else None,
        )  # fmt: skip

    def expire(self, session_id: str) -> None:
        """What it does when nobody comes for a day."""
        self.sessions[session_id] = replace(self.sessions[session_id], state="expired", url=None)


@contextmanager
def known(provider: Pretend) -> Iterator[Pretend]:
    """The installation knows it, in this context."""
    before = ONLINE.get(NAME)
    ONLINE[NAME] = provider  # type: ignore[assignment]
    try:
        yield provider
    finally:
        ONLINE.pop(NAME)
        if before is not None:
            ONLINE[NAME] = before


def connected(office: Actor, key: str = KEY) -> ProviderAccount:
    """The office's cooperative is paid by it; with two coordinators, one more confirms."""
    change = operations.enter_key(
        actor=office, provider=NAME, secret_key=key, webhook_secret=WEBHOOK
    )
    if change is not None:
        second = coordinator_of(change.cooperative)
        operations.confirm_key(actor=second, change_id=change.pk)
    return ProviderAccount.objects.get(cooperative_id=office.cooperative_id, provider=NAME)


def saved(provider: Pretend, firm: Actor, account: ProviderAccount, **how: str) -> Mandate:
    """A firm's method, saved to the end."""
    row, _ = operations.begin_saving(
        actor=firm, cooperative_id=account.cooperative_id, language="ko"
    )
    row.refresh_from_db()
    provider.finish(row.session_id, **how)
    return operations.finish_setup(row.pk)
