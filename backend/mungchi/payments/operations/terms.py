"""Buying on terms: the office offers it and says who may and how much, a firm chooses it."""

from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries as places
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Membership, Seat
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.operations.commitments import hold, locked_row
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text
from mungchi.payments.domain.terms import MOST_DAYS, NOT_GIVEN
from mungchi.payments.models import Consent, CreditLine, Terms, TermsChoice
from mungchi.payments.operations.consenting import NothingToAgreeTo, end_choice
from mungchi.payments.queries import terms as queries

SAID: Final = ("offered", "basis", "days", "default_limit", "grace_days", "holds_payout")


class NoDefaultLimit(Invalid):
    """Nothing to put a firm on terms with."""

    code = "no_default_limit"
    field = "default_limit"
    message = Text(
        ko="외상을 받으려면 기본 한도를 0보다 크게 정해 주십시오.",
        en="To offer terms, please set a usual limit above zero.",
    )


class OwnFirmCredit(NotAllowed):
    """Nobody sets the limit of a firm of their own."""

    code = "own_firm_credit"
    message = Text(
        ko="담당자님이 소속된 기업의 한도입니다. 다른 담당자가 정해 주십시오.",
        en="You have a seat in this firm. Please let another coordinator set its limit.",
    )


class TermsNotGiven(Conflict):
    """The firm cannot buy on terms now."""

    code = "terms_not_given"
    message = Text(
        ko="지금은 외상으로 결제할 수 없습니다({why}).",
        en="You cannot pay on terms at present ({why}).",
    )


class TermsChanged(Conflict):
    """They are not what was shown."""

    code = "terms_changed"
    message = Text(
        ko="외상 조건이 바뀌었습니다. 새 조건을 확인하고 다시 선택해 주십시오.",
        en="The terms have changed. Please look at them and choose again.",
    )


def set_terms(
    *,
    actor: Actor,
    offered: bool,
    basis: str,
    days: int,
    default_limit: int,
    grace_days: int,
    holds_payout: bool,
) -> Terms:
    """The office says whether firms may buy on terms, and how. The same again: changes nothing.

    What firms chose for a campaign before stays as they read it, unless terms are offered no more.
    Raises NotFound, NoDefaultLimit.
    """
    place = places.office_of(actor)
    if offered and default_limit <= 0:
        raise NoDefaultLimit
    assert 0 <= days <= MOST_DAYS  # noqa: S101 - by the form
    with transaction.atomic():
        Terms.objects.get_or_create(
            cooperative=place, defaults={"currency": place.currency, "changed_at": clock.now()}
        )
        row = Terms.objects.select_for_update(no_key=True).get(cooperative=place)
        at = clock.now()
        told = dict(zip(SAID, (offered, basis, days, default_limit, grace_days, holds_payout),
                        strict=True))  # fmt: skip
        before = {name: getattr(row, name) for name in SAID}
        if before == told and row.currency == place.currency:
            return row
        for name, value in told.items():
            setattr(row, name, value)
        row.currency, row.changed_by_id, row.changed_at = place.currency, actor.user_id, at
        row.save()
        record(
            row, kind="terms_set", actor=actor, at=at, thread=place.pk, cooperative_id=place.pk,
            data={**told, "currency": row.currency},
        )  # fmt: skip
        return row


def set_limit(*, actor: Actor, firm_id: UUID, amount: int | None, why: str) -> CreditLine:
    """The office says up to how much a firm may owe on terms (minor units; None: the usual limit;
    0: nothing), with a reason that the firm reads. The same again: changes nothing.

    A lower limit takes nothing back that is on account already. Raises NotFound (no active member),
    OwnFirmCredit.
    """
    place = places.office_of(actor)
    with transaction.atomic():
        # A first limit has no row to lock: two at once come one after the other.
        Cooperative.objects.select_for_update(no_key=True).get(pk=place.pk)
        row = CreditLine.objects.filter(cooperative=place, firm_id=firm_id)
        found = row.select_for_update(no_key=True).first()
        member = Membership.objects.filter(cooperative=place, firm_id=firm_id, state="active")
        if not member.exists() and (found is None or amount != 0):
            raise NotFound
        if Seat.objects.filter(firm_id=firm_id, user_id=actor.user_id).exists():
            raise OwnFirmCredit
        if amount is None:
            amount = queries.terms_of(place).default_limit
        told = (amount, place.currency, why)
        if found is not None and (found.amount, found.currency, found.why) == told:
            return found
        at, before = clock.now(), found.amount if found else 0
        line = found or CreditLine(cooperative=place, firm_id=firm_id)
        line.amount, line.currency, line.why = told
        line.changed_by_id, line.changed_at = actor.user_id, at
        line.save()
        record(
            line, kind="credit_limit_set", actor=actor, at=at, why=why, thread=firm_id,
            cooperative_id=place.pk, firm_id=firm_id,
            data={"before": before, "amount": amount, "currency": place.currency},
        )  # fmt: skip
        return line


def choose_terms(*, actor: Actor, campaign_id: UUID, basis: str, days: int) -> TermsChoice:
    """A firm wants to pay for a campaign on terms, as they were shown (`basis`, `days`).

    Whether its limit holds is asked again, under a lock, when its order is made; what does not fit
    is paid by transfer. It takes the place of a consent to be charged. The same again changes
    nothing. Raises NotFound, NothingToAgreeTo, TermsNotGiven, TermsChanged.
    """
    if not actor.is_firm:
        raise NotFound
    with transaction.atomic():
        campaign, at = hold(campaign_id)
        if locked_row(campaign, actor.firm_id) is None:
            raise NothingToAgreeTo
        row = campaigns.owing_in(actor, campaign_id)
        if row is None or row.must_answer:
            raise NothingToAgreeTo
        terms, standing = queries.standing_in(campaign, actor.firm_id, at)
        if standing.why:
            raise TermsNotGiven(why=NOT_GIVEN[standing.why])
        if (terms.basis, terms.days) != (basis, days):
            raise TermsChanged
        before = queries.standing_choice(campaign.pk, actor.firm_id)
        if before is not None:
            if (before.basis, before.days) == (basis, days):
                return before
            end_choice(campaign, actor, at)
        Consent.objects.filter(
            campaign=campaign, firm_id=actor.firm_id, ended_at__isnull=True
        ).update(ended_at=at)
        choice = TermsChoice.objects.create(
            cooperative_id=campaign.host_id, firm_id=actor.firm_id, campaign=campaign, basis=basis,
            days=days, chosen_by_id=actor.user_id, chosen_at=at,
        )  # fmt: skip
        record(
            choice, kind="terms_chosen", actor=actor, at=at, thread=campaign.pk,
            cooperative_id=campaign.host_id, firm_id=actor.firm_id,
            data={"basis": basis, "days": days},
        )  # fmt: skip
        return choice
