"""A firm agrees that a saved method is charged for a campaign, up to an amount, or pays by
transfer after all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations.commitments import hold, locked_row
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain.consenting import consent_text
from mungchi.payments.models import Consent, Mandate, TermsChoice
from mungchi.payments.providers import accounts as opened


class NothingToAgreeTo(Conflict):
    """The firm is in no campaign that would charge it: not committed, asked again, or kept out."""

    code = "nothing_to_agree_to"
    message = Text(
        ko="먼저 공동구매에 참여해야 결제 수단을 정할 수 있습니다.",
        en="Please join the campaign first; then you can choose how it is paid.",
    )


class MostChanged(Conflict):
    """The most that may be owed is another than what was shown."""

    code = "most_changed"
    message = Text(
        ko="최대 결제 금액이 달라졌습니다. 새 금액을 확인하고 다시 동의해 주십시오.",
        en="The most that may be charged has changed. Please look at it and agree again.",
    )


class MethodNotUsable(Invalid):
    """The method is not saved with the host's account, or no more."""

    code = "method_not_usable"
    field = "mandate"
    message = Text(
        ko="이 공동구매에 쓸 수 없는 결제 수단입니다.",
        en="This method cannot be used for this campaign.",
    )


class AmountNotCarried(Invalid):
    """One charge by this kind of method cannot be so much (or so little)."""

    code = "amount_not_carried"
    field = "mandate"
    message = Text(
        ko="이 결제 수단으로는 최대 결제 금액만큼 결제할 수 없습니다. 다른 수단이나 계좌이체를 "
        "선택해 주십시오.",
        en="This method cannot carry the most that may be owed. Please choose another, or "
        "transfer.",
    )


def agree(
    *, actor: Actor, campaign_id: UUID, mandate_id: UUID, most: int, language: str
) -> Consent:
    """A firm agrees to be charged by a saved method, up to what it may owe at most.

    `most` is what it was shown, minor units: the consent is kept with it and the text in its
    language. It takes the place of what was agreed to before; the same again changes nothing.
    Raises NotFound, NothingToAgreeTo, MostChanged, MethodNotUsable, AmountNotCarried.
    """
    if not actor.is_firm:
        raise NotFound
    with transaction.atomic():
        campaign, at = hold(campaign_id)
        if locked_row(campaign, actor.firm_id) is None:
            raise NothingToAgreeTo
        row = campaigns.owing_in(actor, campaign_id)
        if row is None or row.must_answer or row.owing.at_most is None:
            raise NothingToAgreeTo
        if row.owing.at_most["total"] != most:
            raise MostChanged
        mandate = _usable(actor, mandate_id, campaign.host_id)
        end_choice(campaign, actor, at)
        if not opened.carries_up_to(mandate, most, campaign.currency):
            raise AmountNotCarried
        before = queries.standing_consent(campaign.pk, actor.firm_id)
        if before is not None:
            if (before.mandate_id, before.most) == (mandate.pk, most):
                return before
            before.ended_at = at
            before.save(update_fields=["ended_at"])
        text = consent_text(
            title=campaign.title, payee=payee_of(mandate), method=mandate.label, most=most,
            currency=campaign.currency, step=opened.step_of(mandate, campaign.currency),
        )  # fmt: skip
        consent = Consent.objects.create(
            mandate=mandate, cooperative_id=campaign.host_id, firm_id=actor.firm_id,
            campaign=campaign, text=text.say(language), language=language[:2], most=most,
            currency=campaign.currency, given_by_id=actor.user_id, given_at=at,
        )  # fmt: skip
        record(
            consent, kind="consent_given", actor=actor, at=at, thread=campaign.pk,
            cooperative_id=campaign.host_id, firm_id=actor.firm_id,
            data={"most": most, "currency": campaign.currency, "label": mandate.label},
        )  # fmt: skip
        return consent


def pay_by_transfer(*, actor: Actor, campaign_id: UUID) -> None:
    """A firm takes its consent for a campaign, or its choice of terms, back, as long as it is open.
    Again: no change.

    Raises NotFound; after the deadline, what is to be charged is changed on the order's page.
    """
    if not actor.is_firm:
        raise NotFound
    with transaction.atomic():
        campaign, at = hold(campaign_id)
        if locked_row(campaign, actor.firm_id) is None:
            raise NotFound
        end_choice(campaign, actor, at)
        consent = queries.standing_consent(campaign.pk, actor.firm_id)
        if consent is None:
            return
        consent.ended_at = at
        consent.save(update_fields=["ended_at"])
        record(
            consent, kind="consent_ended", actor=actor, at=clock.now(), thread=campaign.pk,
            cooperative_id=campaign.host_id, firm_id=actor.firm_id,
        )  # fmt: skip


def end_choice(campaign: Campaign, actor: Actor, at: datetime) -> None:
    """The firm does not pay for a (held) campaign on terms any more, if it wanted to."""
    choice = TermsChoice.objects.filter(
        campaign=campaign, firm_id=actor.firm_id, ended_at__isnull=True
    ).first()
    if choice is None:
        return
    choice.ended_at = at
    choice.save(update_fields=["ended_at"])
    record(
        choice, kind="terms_choice_ended", actor=actor, at=at, thread=campaign.pk,
        cooperative_id=campaign.host_id, firm_id=actor.firm_id,
    )  # fmt: skip


def payee_of(mandate: Mandate) -> Text:
    """Who is paid: the cooperative whose own account it is."""
    cooperative = mandate.account.cooperative
    return Text(ko=cooperative.name, en=cooperative.name_en or cooperative.name)


def _usable(actor: Actor, mandate_id: UUID, host_id: UUID) -> Mandate:
    account = opened.account_in_use(host_id)
    found = queries.mandates_visible_to(actor).filter(pk=mandate_id, state="active").first()
    if found is None or account is None or found.account.cooperative_id != host_id:
        raise MethodNotUsable
    if found.account.state != "ready":
        raise MethodNotUsable
    return found
