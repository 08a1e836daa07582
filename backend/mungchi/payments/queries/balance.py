"""Reading what providers say of their balance, and which of our entries are tied to it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Sum

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.payments.domain.open_items import HOLDING
from mungchi.payments.domain.reconciling import (
    DISPUTED,
    About,
    Booked,
    Held,
    Known,
    Moved,
    UnderWay,
)
from mungchi.payments.domain.states import BANK_PAYOUT_AWAITED
from mungchi.payments.models import (
    Attempt,
    BalanceLine,
    BalanceReading,
    BankLine,
    BankPayout,
    Dispute,
    LedgerEntry,
    LedgerLine,
    OpenItem,
    Payment,
    Payout,
    ProviderAccount,
    Refund,
)
from mungchi.payments.queries.charging import ASKED

CLEARING: Final = "provider_clearing"
# The hour of a cooperative's day from which its balance is read.
FROM_HOUR: Final = 5
# Entries whose key names the try they are of, and those whose key names an item.
_OF_TRY: Final = ("charged", "charged_late", "provider_fee")


def readings_visible_to(actor: Actor) -> QuerySet[BalanceReading]:
    """The office's own readings of its balance."""
    rows = BalanceReading.objects.select_related("account", "asked_by", "cooperative")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def balance_lines_visible_to(actor: Actor) -> QuerySet[BalanceLine]:
    """The movements of the office's own balance."""
    rows = BalanceLine.objects.select_related("account", "cooperative")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def bank_payouts_visible_to(actor: Actor) -> QuerySet[BankPayout]:
    """What was sent to the office's own bank account."""
    rows = BankPayout.objects.select_related("account", "cooperative", "bank_line", "arrived_by")
    return rows.filter(cooperative_id=actor.cooperative_id) if actor.is_office else rows.none()


def bank_payout_seen_by(actor: Actor, pk: UUID) -> BankPayout:
    """One of them; raise NotFound."""
    row = bank_payouts_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def accounts_to_read(at: datetime, providers: Collection[str]) -> list[ProviderAccount]:
    """Accounts with these providers whose balance is to be read: once a day of their cooperative,
    from FROM_HOUR on, and at once where it never was. Two queries at most."""
    rows = (
        ProviderAccount.objects.filter(state__in=["ready", "off"], provider__in=providers)
        .filter(secret__isnull=False)
        .exclude(readings__ended_at__isnull=True, readings__isnull=False)
        .select_related("cooperative")
        .annotate(last=Max("readings__created_at"))
    )
    return [row for row in rows if _due(row, row.last, at)]


def _due(account: ProviderAccount, last: datetime | None, at: datetime) -> bool:
    if last is None:
        return True
    here = at.astimezone(account.cooperative.timezone)
    begin = here.replace(hour=FROM_HOUR, minute=0, second=0, microsecond=0)
    return here >= begin > last


def readings_to_go_on_with(at: datetime, providers: Collection[str]) -> list[UUID]:
    """Readings that are not at their end and whose time to ask (again) has come."""
    rows = BalanceReading.objects.filter(ended_at__isnull=True, next_at__lte=at)
    rows = rows.filter(account__provider__in=providers)
    return list(rows.order_by("next_at").values_list("pk", flat=True))


def last_reading(account: ProviderAccount) -> BalanceReading | None:
    """The last one that came to its end."""
    rows = BalanceReading.objects.filter(account=account, ended_at__isnull=False)
    return rows.order_by("-id").first()


def loose_lines(cooperative_id: UUID) -> QuerySet[BalanceLine]:
    """Movements that no entry is tied to; those of nothing need none."""
    rows = BalanceLine.objects.filter(cooperative_id=cooperative_id, ties__isnull=True)
    return rows.exclude(amount=0, fee=0)


def moved(rows: Iterable[BalanceLine]) -> list[Moved]:
    """Movements as they are compared."""
    return [
        Moved(
            pk=row.pk, id=row.external_id, kind=row.kind, source=row.source_id,
            charge=row.charge_id, amount=row.amount, fee=row.fee, currency=row.currency,
            source_amount=row.source_amount, source_currency=row.source_currency, at=row.at,
            payment=row.payment_mark, refund=row.refund_mark, payout=row.payout_mark,
        )
        for row in rows
    ]  # fmt: skip


def loose_entries(cooperative_id: UUID) -> list[Booked]:
    """Entries on what the provider has that are tied to no movement. Six queries at most."""
    lines = list(
        LedgerLine.objects.filter(
            cooperative_id=cooperative_id, account=CLEARING, entry__tie__isnull=True
        ).select_related("entry__payout", "entry__balance_line")
    )
    tries, items = _named(lines)
    refunds = _refunds_of([line.entry for line in lines])
    disputes = _disputes_of([line.entry for line in lines])
    found = []
    for line in lines:
        entry = line.entry
        about = About(entry.campaign_id, entry.payment_id)
        name = charge = ""
        if entry.balance_line is not None:
            name = charge = entry.balance_line.source_id
        elif entry.kind in _OF_TRY and entry.about in tries:
            attempt = tries[entry.about]
            name = charge = attempt.external_id
            about = About(entry.campaign_id, entry.payment_id, attempt.pk)
        elif entry.kind == "late_returned" and entry.about in items:
            name = charge = items[entry.about].external_id
        elif entry.kind in ("refunded", "refunded_undone"):
            name = refunds.get(entry.pk, "")
        elif entry.kind in DISPUTED:
            name = charge = disputes.get(entry.about, "")
        elif entry.payout is not None:
            name = entry.payout.external_id
        found.append(Booked(entry.pk, entry.kind, name, charge, line.amount, line.currency,
                            entry.at, about, entry.reverses_id))  # fmt: skip
    return found


def _named(lines: Sequence[LedgerLine]) -> tuple[dict[str, Attempt], dict[str, OpenItem]]:
    kinds = {line.entry.about: line.entry.kind for line in lines}
    tries = [name for name, kind in kinds.items() if kind in _OF_TRY]
    items = [name for name, kind in kinds.items() if kind == "late_returned"]
    return (
        {str(row.pk): row for row in Attempt.objects.filter(pk__in=tries)},
        {str(row.pk): row for row in OpenItem.objects.filter(pk__in=items)},
    )


def _refunds_of(entries: Sequence[LedgerEntry]) -> dict[UUID, str]:
    """Entry of a refund -> the provider's name of it."""
    wanted = [each for each in entries if each.kind in ("refunded", "refunded_undone")]
    payments = {each.payment_id for each in wanted}
    rows = Refund.objects.filter(payment_id__in=payments)
    by_pk = {str(row.pk): row for row in rows}
    by_number = {f"{row.payment_id}:{row.number}": row for row in by_pk.values()}
    found = {}
    for each in wanted:
        row = by_pk.get(each.about) or by_number.get(each.key.partition(":")[2])
        if row is not None:
            found[each.pk] = row.external_id
    return found


def _disputes_of(entries: Sequence[LedgerEntry]) -> dict[str, str]:
    """What entries of disputes are about -> the provider's name of the dispute."""
    wanted = [each.about for each in entries if each.kind in DISPUTED]
    rows = Dispute.objects.filter(pk__in=wanted).values_list("pk", "external_id")
    return {str(pk): name for pk, name in rows}


def known_of(cooperative_id: UUID, lines: Sequence[Moved]) -> Known:
    """What of the names and marks on some movements is ours. Eight queries."""
    names = {name for each in lines for name in (each.source, each.charge) if name}
    tries = Attempt.objects.filter(
        cooperative_id=cooperative_id, external_id__in=names
    ).select_related("payment__order")
    refunds = Refund.objects.filter(cooperative_id=cooperative_id).select_related("payment__order")
    sent = _uuids(each.payout for each in lines if each.payout)
    payouts = list(
        Payout.objects.filter(cooperative_id=cooperative_id, payee__isnull=False).filter(
            Q(external_id__in=names) | Q(pk__in=sent)
        )
    )
    marks = [each.refund for each in lines if each.refund]
    held = OpenItem.objects.filter(
        cooperative_id=cooperative_id, state="open", kind__in=HOLDING, theirs__isnull=False
    )
    tied = BalanceLine.objects.filter(
        cooperative_id=cooperative_id, kind="charge", source_id__in=names, ties__isnull=False
    )
    return Known(
        charges={row.external_id: _of(row.payment, row.pk) for row in tries},
        refunds={
            row.external_id: _of(row.payment)
            for row in refunds.filter(external_id__in=names)
        },
        payments=_marked(cooperative_id, {each.payment for each in lines if each.payment}),
        refund_marks={
            str(row.pk): _of(row.payment) for row in refunds.filter(pk__in=_uuids(marks))
        },
        held=[
            Held(row.pk, row.external_id, row.theirs or 0, row.currency) for row in held
        ],
        payouts={row.external_id: About(row.campaign_id) for row in payouts if row.external_id},
        payout_marks={str(row.pk): About(row.campaign_id) for row in payouts},
        tied=frozenset(tied.values_list("source_id", flat=True)),
    )  # fmt: skip


def _of(payment: Payment, attempt: UUID | None = None, *, paid: bool = False) -> About:
    return About(payment.order.campaign_id, payment.pk, attempt, paid)


def _marked(cooperative_id: UUID, marks: Collection[str]) -> dict[str, About]:
    """Mark ("payment:number") -> what it is about; `paid` where the money is there and no try of
    that number waits for its name."""
    ids = _uuids(mark.partition(":")[0] for mark in marks)
    payments = Payment.objects.filter(cooperative_id=cooperative_id, pk__in=ids)
    by_pk = {str(row.pk): row for row in payments.select_related("order")}
    nameless = {
        f"{row.payment_id}:{row.number}": row.pk
        for row in Attempt.objects.filter(payment_id__in=ids, external_id="")
    }
    found = {}
    for mark in marks:
        row = by_pk.get(mark.partition(":")[0])
        if row is not None:
            attempt = nameless.get(mark)
            found[mark] = _of(row, attempt, paid=row.paid_at is not None and attempt is None)
    return found


def _uuids(texts: Iterable[str]) -> list[str]:
    found = []
    for text in texts:
        try:
            found.append(str(UUID(text)))
        except ValueError:
            continue
    return found


def tries_under_way(cooperative_id: UUID) -> list[UnderWay]:
    """Tries at charges of which nobody knows what became of them."""
    rows = Attempt.objects.filter(
        cooperative_id=cooperative_id, state__in=ASKED, sent_at__isnull=False
    ).select_related("payment__order")
    return [
        UnderWay(row.external_id or str(row.pk), row.amount, row.currency, row.sent_at,
                 _of(row.payment, row.pk))
        for row in rows
        if row.sent_at is not None
    ]  # fmt: skip


def payouts_not_arrived(cooperative_id: UUID, at: datetime, days: int) -> list[BankPayout]:
    """Payouts that were to be at the bank more than so many days ago, and of which no line of a
    statement is."""
    rows = BankPayout.objects.filter(
        cooperative_id=cooperative_id, state__in=BANK_PAYOUT_AWAITED,
        arrives_on__lt=at.date() - timedelta(days=days),
    )  # fmt: skip
    return list(rows.order_by("pk"))


def payouts_that_do_not_add_up(cooperative_id: UUID) -> list[BankPayout]:
    """Payouts whose parts come to something else; `held` is what they come to."""
    rows = BankPayout.objects.filter(cooperative_id=cooperative_id, parts_read=True)
    rows = rows.exclude(state__in=["failed", "cancelled"])
    return list(rows.annotate(held=Sum("parts__line__net")).exclude(held=F("amount")))


def open_found_anew(cooperative_id: UUID, kinds: Collection[str]) -> QuerySet[OpenItem]:
    """Open items of these kinds, locked in order."""
    rows = OpenItem.objects.filter(cooperative_id=cooperative_id, state="open", kind__in=kinds)
    return rows.order_by("pk").select_for_update(no_key=True, of=("self",))


def lines_known(account: ProviderAccount, names: Collection[str]) -> dict[str, UUID]:
    """Which of these movements were read."""
    rows = BalanceLine.objects.filter(account=account, external_id__in=names)
    return dict(rows.values_list("external_id", "pk"))


def sums_of(cooperative_id: UUID) -> list[dict[str, Any]]:
    """By currency: what the provider's movements and the books' entries on it come to, and how many
    items are open. Minor units; three queries."""
    told = {
        row["currency"]: row["sum"]
        for row in BalanceLine.objects.filter(cooperative_id=cooperative_id)
        .values("currency")
        .annotate(sum=Sum("net"))
    }
    ours = {
        row["currency"]: row["sum"]
        for row in LedgerLine.objects.filter(cooperative_id=cooperative_id, account=CLEARING)
        .values("currency")
        .annotate(sum=Sum("amount"))
    }
    count = OpenItem.objects.filter(cooperative_id=cooperative_id, state="open").count()
    return [
        {"currency": each, "provider": int(told.get(each, 0)), "books": int(ours.get(each, 0)),
         "open": count}
        for each in sorted({*told, *ours})
    ]  # fmt: skip


def line_of_bank_payout(payout: BankPayout) -> BalanceLine | None:
    """The movement by which a payout left the balance, once it is booked."""
    rows = BalanceLine.objects.filter(
        Exists(LedgerEntry.objects.filter(balance_line_id=OuterRef("pk"), kind="to_bank")),
        account_id=payout.account_id, source_id=payout.external_id,
    )  # fmt: skip
    return rows.first()


def bank_lines_named(pks: Collection[UUID]) -> dict[UUID, BankLine]:
    """Lines of the bank's statement by id."""
    return BankLine.objects.in_bulk(pks)
