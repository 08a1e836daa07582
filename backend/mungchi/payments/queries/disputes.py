"""Reading disputes: which rows a seat sees, what is to be reminded of, what the books lost."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.payments.domain.disputes import REMINDED_BEFORE
from mungchi.payments.domain.states import OPEN_DISPUTES, REFUND_TO_SEND
from mungchi.payments.models import (
    Dispute,
    DisputeFile,
    LedgerEntry,
    LedgerLine,
    Payment,
    ProviderAccount,
    Refund,
)
from mungchi.payments.queries.refunds import is_sold, refunded_entry

# By what the books lost a disputed payment, and got it back.
LOSING = ("dispute_lost", "dispute_regained", "refunded", "refunded_undone")
# Which accounts a refund leaves that is settled by what a bank took.
OF_BANKS = ("dispute", "dispute_loss")


def disputes_visible_to(actor: Actor) -> QuerySet[Dispute]:
    """The office sees those of its own accounts; nobody else does."""
    rows = Dispute.objects.select_related(
        "campaign", "firm", "payment__order", "account", "cooperative", "submitted_by",
        "accepted_by",
    )  # fmt: skip
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def dispute_seen_by(actor: Actor, pk: UUID) -> Dispute:
    """One of them; raise NotFound."""
    row = disputes_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def disputes_of_payment(payment: Payment) -> list[Dispute]:
    """The disputes of a payment, the latest first, for who may see the payment."""
    rows = Dispute.objects.select_related("payment__cooperative").filter(payment=payment)
    return list(rows.order_by("-id"))


def locked_dispute(pk: UUID) -> Dispute:
    """Lock a dispute; its payment's lock comes before it."""
    rows = Dispute.objects.select_related("account", "cooperative", "firm")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def dispute_called(account: ProviderAccount, external_id: str) -> UUID | None:
    """The dispute that a provider calls so."""
    rows = Dispute.objects.filter(account=account, external_id=external_id)
    return rows.values_list("pk", flat=True).first()


def open_disputes_of(campaign_id: UUID) -> QuerySet[Dispute]:
    """What of a campaign is in dispute: until that is over its supplier is not paid."""
    return Dispute.objects.filter(campaign_id=campaign_id, state__in=OPEN_DISPUTES)


def is_contested(payment: Payment) -> bool:
    """Whether a bank has taken money of a payment back and has not decided yet."""
    rows = Dispute.objects.filter(payment=payment, state__in=OPEN_DISPUTES, inquiry=False)
    return rows.exists()


def lost_of(payment: Payment) -> int:
    """What the books lost of a payment to its payer's bank, whatever is asked for again; minor
    units."""
    return _sum_on(payment, "dispute_loss", Q(entry__kind__in=LOSING))


def loss_left_of(payment: Payment) -> int:
    """What of that the cooperative bears: not what the firm was asked for again."""
    return _sum_on(payment, "dispute_loss", Q())


def owed_again(dispute: Dispute, payment: Payment) -> int:
    """What the firm could be asked for again, minor units: what the cooperative bears of a lost
    dispute. Before the supplier has taken the order nobody owes anything for it."""
    if dispute.state != "lost" or not is_sold(payment):
        return 0
    return max(0, min(dispute.borne, loss_left_of(payment)))


def asked_again(payment: Payment) -> list[Dispute]:
    """Lock the disputes of a (locked) payment for which its firm is asked to pay again, the latest
    first."""
    rows = Dispute.objects.filter(payment=payment, again="asked").order_by("-id")
    return list(rows.select_for_update(no_key=True, of=("self",)))


def settling_of(payment: Payment) -> int:
    """How much more that is owed back of a payment goes back by what its banks took, now or once
    they keep it, minor units: what they took and nobody paid again, less what waits for that."""
    gone = _sum_on(payment, "dispute", Q()) + loss_left_of(payment)
    gone += sum(row.again_amount for row in asked_again(payment))
    waiting = Refund.objects.filter(payment=payment, state__in=REFUND_TO_SEND).order_by("number")
    for amount in waiting.values_list("amount", flat=True):
        gone -= amount if amount <= gone else 0
    return max(gone, 0)


def _sum_on(payment: Payment, account: str, which: Q) -> int:
    rows = LedgerLine.objects.filter(which, entry__payment=payment, account=account)
    return int(rows.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])


def refunds_settled_by_banks(payment: Payment) -> list[tuple[Refund, str]]:
    """Refunds of a payment that went back because its payer's bank took the money, the latest
    first; each with the account that it left: dispute, or dispute_loss where that was after the
    bank had decided."""
    rows = Refund.objects.filter(payment=payment, state="succeeded").order_by("-number")
    found = []
    for row in rows:
        lines = LedgerLine.objects.filter(entry=refunded_entry(row), account__in=OF_BANKS)
        found += [(row, account) for account in lines.values_list("account", flat=True)]
    return found


def settled_by_bank(refund: Refund) -> bool:
    """Whether a refund that went back did so because its payer's bank took the money."""
    lines = LedgerLine.objects.filter(entry=refunded_entry(refund), account__in=OF_BANKS)
    return lines.exists()


def asked_because(dispute: Dispute) -> str:
    """Why its firm was asked again, as it was told last."""
    rows = History.objects.filter(subject_id=dispute.pk, kind="dispute_asked_again")
    return rows.latest("id").why


def times_disputed(dispute: Dispute, kind: str) -> int:
    """How often something of a dispute was booked."""
    return LedgerEntry.objects.filter(key__startswith=f"{kind}:{dispute.pk}:").count()


def paid_entry(dispute: Dispute) -> LedgerEntry:
    """The entry of what the firm paid again last; what it paid before and is owed back stands."""
    rows = LedgerEntry.objects.filter(
        key__startswith=f"dispute_paid:{dispute.pk}:", reversed_by__isnull=True
    )
    return rows.latest("id")


def disputes_to_remind(at: datetime) -> list[UUID]:
    """Those whose evidence is due soon and was neither submitted nor given up."""
    rows = Dispute.objects.filter(
        state="needs_response", submitted_on__isnull=True, accepted_at__isnull=True,
        due_by__gt=at, due_by__lte=at + max(REMINDED_BEFORE), reminded__lt=len(REMINDED_BEFORE),
    )  # fmt: skip
    return list(rows.order_by("due_by").values_list("pk", flat=True))


def dispute_files_visible_to(actor: Actor) -> QuerySet[DisputeFile]:
    """Files that the office keeps with its disputes; without their content."""
    rows = DisputeFile.objects.select_related("uploaded_by").defer("content")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()
