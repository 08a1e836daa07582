"""Whom a campaign reaches: a division of the host, or active partners of it until it opens."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mungchi.accounts.models import Cooperative, Division
from mungchi.accounts.queries import active_partners_of, names_of
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import Invalid
from mungchi.common.text import Text


class PartnersUnknown(Invalid):
    """There is no such cooperative."""

    code = "partners_unknown"
    field = "partners"
    message = Text(
        ko="함께할 협동조합을 다시 선택해 주십시오.", en="Please choose the partners again."
    )


class PartnersMissing(Invalid):
    """A campaign for partners names at least one."""

    code = "partners_missing"
    field = "partners"
    message = Text(
        ko="함께할 협력 조합을 하나 이상 선택해 주십시오.",
        en="Please choose at least one partner cooperative.",
    )


class NotPartners(Invalid):
    """Only cooperatives with which the host is in a partnership now can be chosen."""

    code = "not_partners"
    field = "partners"
    message = Text(
        ko="지금 협력 관계가 아닌 협동조합입니다: {names}. 목록에서 빼 주십시오.",
        en="Not a partner of yours now: {names}. Please take it off the list.",
    )


class DivisionMissing(Invalid):
    """A campaign for a division names one of the host's."""

    code = "division_missing"
    field = "division"
    message = Text(ko="분과를 선택해 주십시오.", en="Please choose a division.")


def check_division(campaign: Campaign) -> None:
    """Hold the division that a campaign is for until this transaction ends; forget any other.

    Raises DivisionMissing where it should name one and does not, or names another office's.
    """
    if campaign.reach != "division":
        campaign.division_id = None
        return
    held = Division.objects.select_for_update(no_key=True).filter(
        pk=campaign.division_id, cooperative_id=campaign.host_id
    )
    if not held.exists():
        raise DivisionMissing


def choose_partners(campaign: Campaign, partners: Sequence[UUID], at: datetime) -> None:
    """Set whom a campaign reaches besides its host's members.

    Raises PartnersUnknown, PartnersMissing, NotPartners.
    """
    wanted = set(partners)
    if Cooperative.objects.filter(pk__in=wanted).count() != len(wanted):
        raise PartnersUnknown
    _check(campaign, wanted, at)
    campaign.partners.set(wanted)


def check_partners(campaign: Campaign, at: datetime) -> None:
    """Refuse to go on with partners that are none, or none any more.

    Raises PartnersMissing, NotPartners.
    """
    _check(campaign, set(campaign.partners.values_list("pk", flat=True)), at)


def _check(campaign: Campaign, wanted: set[UUID], at: datetime) -> None:
    if campaign.reach == "partners" and not wanted:
        raise PartnersMissing
    partners = active_partners_of(campaign.host_id, at).filter(pk__in=wanted)
    strangers = wanted - set(partners.values_list("pk", flat=True))
    if strangers:
        names = names_of(strangers)
        raise NotPartners(
            names=Text(
                ko=", ".join(korean for korean, _ in names),
                en=", ".join(english for _, english in names),
            )
        )
