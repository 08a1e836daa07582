"""Reading what is to be charged, asked again or looked up; nothing here waits for a lock."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from mungchi.campaigns.models import Campaign
from mungchi.common.models import History
from mungchi.payments.domain.charging import ASK_AGAIN_AFTER
from mungchi.payments.models import Attempt, Consent, Mandate, Payment, ProviderAccount

# Of which nobody knows yet what became of them, and a call may still be on its way.
ASKED = ("created", "sent", "unknown")
# Attempts that the provider may still bring to an end by itself or by the firm.
UNDER_WAY = (*ASKED, "processing", "requires_action")
TO_CHARGE = ("scheduled", "retrying")
# What happened longer ago is told to nobody any more.
SUMMED_WITHIN: Final = timedelta(days=2)


def due_to_charge(
    at: datetime, limit: int, without: Collection[UUID] = ()
) -> list[tuple[UUID, list[UUID]]]:
    """Payments whose time to be charged has come: (campaign, payments), the longest due first.

    `without`: accounts whose provider is not to be asked now. One query.
    """
    rows = (
        Payment.objects.filter(
            state__in=TO_CHARGE, charge_at__lte=at, order__campaign__state="settling"
        )
        .filter(Q(mandate__isnull=True) | Q(mandate__account__state__in=["ready", "off"]))
        .exclude(mandate__account_id__in=without)
        .order_by("charge_at", "pk")
        .values_list("order__campaign_id", "pk")[:limit]
    )
    found: dict[UUID, list[UUID]] = {}
    for campaign_id, pk in rows:
        found.setdefault(campaign_id, []).append(pk)
    return list(found.items())


def lock_due(payment_ids: Sequence[UUID], at: datetime) -> list[Payment]:
    """Lock those of these payments that are still to be charged and that nobody else holds."""
    return list(
        Payment.objects.select_related("order__campaign", "mandate__account", "firm", "cooperative")
        .filter(pk__in=payment_ids, state__in=TO_CHARGE, charge_at__lte=at)
        .order_by("pk")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
    )


def standing_consents(campaign_id: UUID, firm_ids: Iterable[UUID]) -> dict[UUID, Consent]:
    """The agreement of each firm that holds for a campaign."""
    rows = Consent.objects.filter(
        campaign_id=campaign_id, firm_id__in=list(firm_ids), ended_at__isnull=True
    )
    return {row.firm_id: row for row in rows}


def numbers_of(payment_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The number of the last try at each payment that has one."""
    rows = Attempt.objects.filter(payment_id__in=list(payment_ids)).values("payment_id")
    return {row["payment_id"]: row["last"] for row in rows.annotate(last=Max("number"))}


def calendar_of(payment: Payment) -> tuple[datetime | None, int]:
    """When a payment was first charged in the firm's absence, and how often it was declined."""
    declined = Q(state="failed") & ~Q(external_id="")
    told = Attempt.objects.filter(payment=payment, on_line=False).aggregate(
        first=Min("created_at", filter=~Q(external_id="")), tries=Count("pk", filter=declined)
    )
    return told["first"], told["tries"]


def last_attempt(payment: Payment) -> Attempt | None:
    """The latest try at a payment."""
    return Attempt.objects.filter(payment=payment).order_by("-number").first()


def is_last(attempt: Attempt) -> bool:
    """Whether no later try was made at the payment: what befalls earlier ones is theirs alone."""
    later = Attempt.objects.filter(payment_id=attempt.payment_id, number__gt=attempt.number)
    return not later.exists()


def attempt_of_charge(account: ProviderAccount, external_id: str) -> Attempt | None:
    """The latest try that goes by the provider's name of a charge."""
    rows = Attempt.objects.filter(account=account, external_id=external_id)
    return rows.order_by("-number").first()


def unanswered(at: datetime, limit: int, without: Collection[UUID] = ()) -> list[UUID]:
    """Tries that nobody waits for any more, with accounts that work: not answered, long ago."""
    rows = Attempt.objects.filter(
        state__in=ASKED, asked_at__lte=at - ASK_AGAIN_AFTER, account__state="ready"
    )
    rows = rows.exclude(account_id__in=without)
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:limit])


def lock_unanswered(pks: Sequence[UUID], at: datetime) -> list[Attempt]:
    """Lock those of these tries that are still unanswered and that nobody else holds."""
    return list(
        Attempt.objects.select_related("account", "payment", "mandate")
        .filter(pk__in=pks, state__in=ASKED, asked_at__lte=at - ASK_AGAIN_AFTER)
        .order_by("pk")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
    )


def to_look_at(after: datetime, limit: int, without: Collection[UUID] = ()) -> list[UUID]:
    """Charges that the provider was still working on, and was not asked about since `after`."""
    rows = Attempt.objects.filter(state="processing", asked_at__lte=after)
    rows = rows.exclude(account_id__in=without)
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:limit])


def to_give_up(after: datetime, limit: int, without: Collection[UUID] = ()) -> list[UUID]:
    """Charges that wait for a firm although nobody wants the money any more.

    Not those of which the provider was asked since `after`.
    """
    rows = Attempt.objects.filter(state="requires_action", asked_at__lte=after).exclude(
        payment__state__in=["processing", "requires_action", "retrying", "scheduled"]
    )
    rows = rows.exclude(account_id__in=without)
    return list(rows.order_by("asked_at").values_list("pk", flat=True)[:limit])


def lock_in(state: str, pks: Sequence[UUID]) -> list[Attempt]:
    """Lock those of these tries that are in this state and that nobody else holds."""
    return list(
        Attempt.objects.select_related("account", "payment", "mandate")
        .filter(pk__in=pks, state=state)
        .order_by("pk")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
    )


def usable_methods(payment: Payment) -> list[Mandate]:
    """What the firm of a payment has saved by which it can pay now; the one that it was to be
    charged by comes last, as that may just have failed."""
    rows = Mandate.objects.filter(
        firm_id=payment.firm_id, cooperative_id=payment.cooperative_id, state="active",
        account__state="ready",
    )  # fmt: skip
    found = list(rows.order_by("-created_at")[:20])
    return sorted(found, key=lambda one: one.pk == payment.mandate_id)


def attempts_of(payment: Payment) -> QuerySet[Attempt]:
    """The tries at a payment, the first of them first."""
    return Attempt.objects.filter(payment=payment).select_related("mandate").order_by("number")


def campaigns_to_sum_up(at: datetime, campaign_id: UUID | None = None) -> list[UUID]:
    """Campaigns of which every payment that was to be charged by now has been tried, since the
    office was last told how it went."""
    told = History.objects.filter(
        thread=OuterRef("payment__order__campaign_id"), kind="charges_summed",
        at__gte=OuterRef("answered_at"),
    )  # fmt: skip
    fresh = Attempt.objects.filter(~Exists(told), answered_at__isnull=False, on_line=False,
                                   answered_at__gte=at - SUMMED_WITHIN)  # fmt: skip
    if campaign_id is not None:
        fresh = fresh.filter(payment__order__campaign_id=campaign_id)
    goes_on = Payment.objects.filter(order__campaign_id=OuterRef("pk")).filter(
        Q(state="processing") | Q(state__in=TO_CHARGE, charge_at__lte=at)
    )
    ids = set(fresh.values_list("payment__order__campaign_id", flat=True).distinct())
    rows = Campaign.objects.filter(~Exists(goes_on), pk__in=ids, state="settling")
    return list(rows.values_list("pk", flat=True))


def how_charging_went(campaign_id: UUID) -> dict[str, int]:
    """How many payments of a campaign that were to be charged are paid, are tried again, and wait
    for the firm."""
    rows = Payment.objects.filter(order__campaign_id=campaign_id, attempts__isnull=False)
    return rows.aggregate(
        paid=Count("pk", filter=Q(state="paid"), distinct=True),
        again=Count("pk", filter=Q(state="retrying"), distinct=True),
        firm=Count("pk", filter=Q(state__in=["requires_action", "awaiting_transfer"]),
                   distinct=True),
    )  # fmt: skip
