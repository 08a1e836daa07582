"""Reading what firms buy on terms: what is offered, limits, what is open and how old it is."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common.errors import NotFound
from mungchi.payments.domain.terms import SOON, STILL, Standing, blocked
from mungchi.payments.models import CreditLine, OnAccount, Payment, Terms, TermsChoice

REST = F("amount") - F("credited") - F("allotted")
_REST = (
    F("taken__payment__amount") - F("taken__payment__credited") - F("taken__payment__allotted")
)  # fmt: skip
_ON = Q(taken__payment__state="on_account", taken__currency=F("currency"))


def terms_of(cooperative: Cooperative) -> Terms:
    """How a cooperative lets firms buy on terms; one that was not written where it never said."""
    found = Terms.objects.filter(cooperative=cooperative).first()
    return found or Terms(cooperative=cooperative, currency=cooperative.currency)


def credit_of(cooperative_id: UUID, firm_id: UUID | None) -> CreditLine | None:
    """Up to how much a firm may owe, where the office has said so."""
    return CreditLine.objects.filter(cooperative_id=cooperative_id, firm_id=firm_id).first()


def standing_choice(campaign_id: UUID, firm_id: UUID | None) -> TermsChoice | None:
    """The terms on which a firm wants to pay for a campaign."""
    return TermsChoice.objects.filter(
        campaign_id=campaign_id, firm_id=firm_id, ended_at__isnull=True
    ).first()


class Open(NamedTuple):
    """What is open of a limit, minor units, and when the oldest of it was due."""

    amount: int
    oldest: datetime | None


NOTHING_OPEN = Open(0, None)


def open_of(credit_ids: Iterable[UUID]) -> dict[UUID, Open]:
    """Credit line -> what is open of it; those with nothing are left out. One query."""
    rows = (
        OnAccount.objects.filter(
            credit_id__in=list(credit_ids), payment__state="on_account",
            currency=F("credit__currency"),
        )
        .values("credit_id")
        .annotate(
            amount=Sum(
                F("payment__amount") - F("payment__credited") - F("payment__allotted")
            ),
            oldest=Min("payment__due_at"),
        )
    )  # fmt: skip
    return {row["credit_id"]: Open(int(row["amount"]), row["oldest"]) for row in rows}


def standing_of(
    terms: Terms, credit: CreditLine | None, open_: Open, currency: str, at: datetime
) -> Standing:
    """What a firm may still buy on terms in a currency."""
    limit = credit.amount if credit else 0
    why = ""
    if not terms.offered:
        why = "not_offered"
    elif credit is None or not limit:
        why = "no_limit"
    elif credit.currency != currency:
        why = "other_currency"
    elif blocked(open_.oldest, terms.grace_days, at, terms.cooperative.timezone):
        why = "overdue"
    return Standing(limit, open_.amount, why)


def standing_in(campaign: Campaign, firm_id: UUID | None, at: datetime) -> tuple[Terms, Standing]:
    """What a firm may still buy on terms in a campaign, from its host."""
    terms = terms_of(campaign.host)
    credit = credit_of(campaign.host_id, firm_id)
    open_ = open_of([credit.pk]).get(credit.pk, NOTHING_OPEN) if credit else NOTHING_OPEN
    return terms, standing_of(terms, credit, open_, campaign.currency, at)


def choices_of(campaign_id: UUID) -> dict[UUID, TermsChoice]:
    """The terms that firms of a campaign want to pay on, of those that are still in it."""
    committed = Commitment.objects.filter(
        campaign_id=campaign_id, firm_id=OuterRef("firm_id"), state="active"
    )
    rows = TermsChoice.objects.filter(
        Exists(committed), campaign_id=campaign_id, ended_at__isnull=True
    )
    return {row.firm_id: row for row in rows}


def locked_credit(cooperative_id: UUID, firm_ids: Iterable[UUID]) -> dict[UUID, CreditLine]:
    """Lock the limits of some firms, always in the same order: what is open of them rises only
    under this lock."""
    rows = CreditLine.objects.filter(cooperative_id=cooperative_id, firm_id__in=list(firm_ids))
    return {row.firm_id: row for row in rows.order_by("pk").select_for_update(no_key=True)}


def lock_credit_of(payments: Iterable[Payment]) -> None:
    """Lock the limits that some (locked) payments were taken on; the payments' locks come before
    it, so that whoever waits for a payment holds none of it."""
    pks = [row.pk for row in payments if row.provider == "invoice"]
    if pks:
        rows = CreditLine.objects.filter(taken__payment_id__in=pks).order_by("pk")
        list(rows.select_for_update(no_key=True, of=("self",)))


def credit_lines_visible_to(actor: Actor, at: datetime) -> QuerySet[CreditLine]:
    """The limits that the office has set, with what is open of each by its age (`not_due`, `to_30`,
    `to_60`, `to_90`, `over_90`, `open`; minor units), since when (`oldest`), how many payments
    (`owing`) and whether the firm buys nothing more (`stopped`)."""
    if not actor.is_office:
        return CreditLine.objects.none()
    place = Cooperative.objects.get(pk=actor.cooperative_id)
    since = [_midnight(place, at, days) for days in (29, 59, 89)]
    terms = terms_of(place)

    def sum_of(more: Q) -> Coalesce:
        return Coalesce(Sum(_REST, filter=_ON & more), 0)

    due = "taken__payment__due_at"
    return (
        CreditLine.objects.filter(cooperative_id=place.pk)
        .select_related("firm", "changed_by")
        .annotate(
            open=sum_of(Q()),
            not_due=sum_of(Q(**{f"{due}__gt": at})),
            to_30=sum_of(Q(**{f"{due}__lte": at, f"{due}__gte": since[0]})),
            to_60=sum_of(Q(**{f"{due}__lt": since[0], f"{due}__gte": since[1]})),
            to_90=sum_of(Q(**{f"{due}__lt": since[1], f"{due}__gte": since[2]})),
            over_90=sum_of(Q(**{f"{due}__lt": since[2]})),
            oldest=Min(due, filter=_ON),
            owing=Count("taken", filter=_ON),
        )
        .annotate(
            stopped=Case(
                When(oldest__lte=_midnight(place, at, terms.grace_days), then=Value(value=True)),
                default=Value(value=False),
                output_field=BooleanField(),
            )
        )
    )


def _midnight(place: Cooperative, at: datetime, days: int) -> datetime:
    """When the day so many days before today began, where the cooperative is."""
    today = at.astimezone(place.timezone).date()
    return datetime.combine(today - timedelta(days=days), time(), tzinfo=place.timezone)


def credit_line_seen_by(actor: Actor, firm_id: UUID, at: datetime) -> CreditLine:
    """A firm's limit as the office sees it; raise NotFound."""
    row = credit_lines_visible_to(actor, at).filter(firm_id=firm_id).first()
    if row is None:
        raise NotFound
    return row


def accounts_to_remind(at: datetime) -> list[UUID]:
    """Campaigns with payments on account of which a reminder has come due."""
    rows = Payment.objects.filter(_to_remind(at)).order_by("order__campaign_id")
    return list(rows.values_list("order__campaign_id", flat=True).distinct())


def locked_accounts_to_remind(campaign_id: UUID, at: datetime) -> list[Payment]:
    """Lock those of a campaign that nobody else holds."""
    rows = Payment.objects.filter(_to_remind(at), order__campaign_id=campaign_id)
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _to_remind(at: datetime) -> Q:
    soon = Q(reminded__lt=1, due_at__lte=at + SOON, created_at__lt=F("due_at") - SOON)
    due = Q(reminded__lt=2, due_at__lte=at)
    still = Q(reminded__lt=3, due_at__lte=at - STILL)
    return Q(state="on_account") & (soon | due | still)


class Outstanding(NamedTuple):
    """How many firms of a campaign owe something on account, and how much; minor units."""

    firms: int
    amount: int


def outstanding_of(campaign_id: UUID) -> Outstanding:
    """What is still owed on account for a campaign. One query."""
    found = Payment.objects.filter(order__campaign_id=campaign_id, state="on_account").aggregate(
        firms=Count("pk"), amount=Coalesce(Sum(REST), 0)
    )
    return Outstanding(int(found["firms"]), int(found["amount"]))
