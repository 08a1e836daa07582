"""How to make accounts with a provider, saved methods and consents for a side."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from tests.factories.accounts import UserFactory
from tests.factories.pretend import KEY, NAME, WEBHOOK, Pretend, connected, saved
from tests.permissions.world import Affair, Side, World

from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.common.sealing import seal
from mungchi.payments import operations, queries
from mungchi.payments.domain import ledger
from mungchi.payments.models import (
    Attempt,
    BalanceLine,
    BalanceReading,
    BalanceTie,
    BankPayout,
    BankPayoutPart,
    Dispute,
    KeyChange,
    OpenItem,
    Payment,
    ProviderAccount,
    ProviderCursor,
    ProviderEvent,
    RefusedEvents,
)
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.providers import ONLINE
from mungchi.payments.providers.facts import ChargeFact, DisputeFact


def _provider() -> Pretend:
    return ONLINE[NAME]  # type: ignore[return-value]


def _account(side: Side) -> ProviderAccount:
    found = ProviderAccount.objects.filter(cooperative=side.cooperative, provider=NAME).first()
    return found or connected(side.office)


def taking(side: Side) -> UUID:
    """A cooperative that is paid by saved methods."""
    return _account(side).cooperative_id  # type: ignore[no-any-return]


def waiting_key(side: Side) -> UUID:
    """A key that somebody else of the office has entered; one waits at a time."""
    _account(side)
    row, _ = KeyChange.objects.get_or_create(
        cooperative=side.cooperative, provider=NAME, state="proposed",
        defaults={
            "key": seal(KEY, queries.KEY), "webhook": seal(WEBHOOK, queries.WEBHOOK),
            "key_ends": "ours", "external_id": "acct_ours", "name": side.name,
            "proposed_by": UserFactory(), "proposed_at": clock.now(),
        },
    )  # fmt: skip
    return row.pk


def method(side: Side) -> UUID:
    """A method that the side's firm saved."""
    return saved(_provider(), side.firm, _account(side)).pk


def open_campaign(side: Side) -> UUID:
    """A campaign that the side's firm is in."""
    return Affair(side).joined().campaign.pk  # type: ignore[no-any-return]


def agreeing(side: Side) -> Any:
    """A campaign that the firm is in, a method of it, and what may be owed at most."""
    account = _account(side)
    campaign = open_campaign(side)
    held = campaigns.owing_in(side.firm, campaign)
    assert held is not None
    return campaign, saved(_provider(), side.firm, account).pk, held.owing.at_most["total"]


def consent(side: Side) -> UUID:
    """What the side's firm agreed to."""
    campaign, mandate, most = agreeing(side)
    return operations.agree(
        actor=side.firm, campaign_id=campaign, mandate_id=mandate, most=most, language="ko"
    ).pk


def asked_of_provider(side: Side) -> UUID:
    """A try at charging what the firm agreed to, and what the provider told of it."""
    affair, account = Affair(side).joined(), _account(side)
    mandate = saved(_provider(), side.firm, account)
    held = campaigns.owing_in(side.firm, affair.campaign.pk)
    assert held is not None
    operations.agree(
        actor=side.firm, campaign_id=affair.campaign.pk, mandate_id=mandate.pk,
        most=held.owing.at_most["total"], language="ko",
    )  # fmt: skip
    affair.cleared()
    affair.settling = lambda *quantities: affair  # type: ignore[method-assign]
    payment = affair.placed().payment
    assert payment.state == "scheduled"
    ProviderEvent.objects.create(
        account=account, cooperative=account.cooperative, external_id=f"evt_{payment.pk}",
        kind="payment_intent.succeeded", object_kind="charge", object_id="pi_1",
        happened_at=clock.now(), received_at=clock.now(),
    )  # fmt: skip
    return Attempt.objects.create(
        payment=payment, account=account, cooperative=account.cooperative, firm=payment.firm,
        mandate=mandate, number=1, key=queries.key_of("pay", payment.pk, 1), parameters="{}",
        amount=payment.amount, currency=payment.currency, created_at=clock.now(),
    ).pk  # fmt: skip


def entered(world: World, row: Any) -> dict[str, Any]:
    """What is sent to enter a key: the one that is used already."""
    world.row(taking, "own")
    return {"provider": NAME, "secret_key": KEY, "webhook_secret": WEBHOOK}


def named(world: World, row: Any) -> dict[str, Any]:
    """Which provider."""
    world.row(taking, "own")
    return {"provider": NAME}


def off(world: World, row: Any) -> dict[str, Any]:
    """Which provider is switched off, and why."""
    return {**named(world, row), "why": "사정이 있어서"}


def agreement(world: World, row: Any) -> dict[str, Any]:
    """Which method, and how much at most."""
    absent = isinstance(row, str)
    return {"mandate": row if absent else str(row[1]), "most": 1 if absent else row[2]}


def open_item(side: Side) -> UUID:
    """Something that the side's office has to settle with its provider."""
    at, account = clock.now(), _account(side)
    RefusedEvents.objects.get_or_create(
        account=account, cooperative=side.cooperative, day=at.date(), why="forged",
        defaults={"count": 1, "last_at": at},
    )  # fmt: skip
    ProviderCursor.objects.get_or_create(account=account, cooperative=side.cooperative)
    return OpenItem.objects.create(
        account=account, cooperative=side.cooperative, kind="unknown_object",
        external_id=f"ch_{uuid4().hex}", found_at=at,
    ).pk  # fmt: skip


def dispute(side: Side) -> Dispute:
    """A charge of the side's firm that its bank disputes, with a note and a file of the office."""
    attempt, at = Attempt.objects.get(pk=asked_of_provider(side)), clock.now()
    Payment.objects.filter(pk=attempt.payment_id).update(state="processing")
    Attempt.objects.filter(pk=attempt.pk).update(state="sent", sent_at=at)
    charge = ChargeFact(f"pi_{attempt.pk}", "succeeded", attempt.amount, attempt.currency, at)
    operations.apply_fact(attempt_id=attempt.pk, fact=charge)
    told = DisputeFact(
        id=f"dp_{attempt.pk}", charge_id=charge.id, state="needs_response", amount=attempt.amount,
        currency=attempt.currency, reason="general", inquiry=False, due_by=at + timedelta(days=7),
        at=at, taken=attempt.amount,
    )  # fmt: skip
    row = operations.apply_dispute(attempt_id=attempt.pk, fact=told, asked_at=at)
    operations.note_dispute(actor=side.office, dispute_id=row.pk, text="전화함")
    operations.add_dispute_file(
        actor=side.office, dispute_id=row.pk, filename="인수증.pdf", stream=BytesIO(b"%PDF-1.4")
    )
    return row


def kept(side: Side) -> UUID:
    """A file that the office keeps with a dispute."""
    return dispute(side).files.get().pk  # type: ignore[no-any-return]


def bank_payout(side: Side) -> UUID:
    """What the side's provider sent to its bank, read and booked."""
    at, account = clock.now(), _account(side)
    BalanceReading.objects.get_or_create(
        account=account, cooperative=side.cooperative, ended_at=None,
        defaults={"created_at": at, "since": at, "reached": at, "next_at": at},
    )  # fmt: skip
    name = f"po_{uuid4().hex}"
    line = BalanceLine.objects.create(
        account=account, cooperative=side.cooperative, external_id=f"txn_{name}", kind="payout",
        source_id=name, currency="KRW", amount=-900, fee=0, net=-900, at=at, read_at=at,
    )  # fmt: skip
    entry = book(
        Books(side.cooperative.pk, None, "KRW", at.date(), at),
        Booking("to_bank", None, None, ledger.to_bank(900), about=line.pk,
                balance_line_id=line.pk),
    )  # fmt: skip
    BalanceTie.objects.create(line=line, entry=entry, cooperative=side.cooperative)
    payout = BankPayout.objects.create(
        account=account, cooperative=side.cooperative, external_id=name, state="paid",
        currency="KRW", amount=900, sent_at=at, arrives_on=at.date(),
    )  # fmt: skip
    BankPayoutPart.objects.create(payout=payout, line=line, cooperative=side.cooperative)
    return payout.pk


def movement(side: Side) -> UUID:
    """A movement of the side's balance at its provider."""
    payout = BankPayout.objects.get(pk=bank_payout(side))
    return BalanceLine.objects.get(source_id=payout.external_id).pk


def there(world: World, row: Any) -> dict[str, Any]:
    """What is sent to say that a payout is at the bank."""
    return {"day": clock.now().date().isoformat(), "why": "통장에서 확인"}


def account(side: Side) -> UUID:
    """A cooperative whose account with Stripe tells what happens."""
    at = clock.now()
    ProviderAccount.objects.get_or_create(
        cooperative=side.cooperative, provider="stripe", defaults={"created_at": at}
    )
    return side.cooperative.pk


def paying(world: World, row: Any) -> dict[str, str]:
    """What is sent to pay on line, by a method that nobody has."""
    return {"method": str(uuid4())}


def settling(world: World, row: Any) -> dict[str, str]:
    """What is sent to settle an open item."""
    return {"outcome": "put_right", "why": "looked at"}
