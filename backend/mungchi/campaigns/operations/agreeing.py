"""A firm agrees to the terms that are in force: told apart from terms that it has not read."""

from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.reoffering import change
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common.errors import Conflict
from mungchi.common.history import record
from mungchi.common.text import Text


class OfferChanged(Conflict):
    """The offer has become worse for the firm since it was read."""

    code = "offer_changed"
    message = Text(
        ko="그 사이 공급 조건이 바뀌었습니다. 바뀐 조건을 확인하고 다시 보내 주십시오.",
        en="The offer has changed meanwhile. Please read the new terms and send it again.",
    )


def check_read(campaign: Campaign, read: int | None, wanted: Wanted) -> None:
    """Raise OfferChanged where what is wanted was decided on terms that were better for it.

    The campaign is held. One query where other terms are in force than were read, else none.
    """
    if read is None or read >= campaign.terms_version:
        return
    terms = queries.terms_by_version(campaign.pk, [read, campaign.terms_version])
    since = change(terms[read], terms[campaign.terms_version])
    if since.touches(wanted.quantity, wanted.price_limit):
        raise OfferChanged


def stay(row: Commitment, campaign: Campaign, *, actor: Actor, at: datetime) -> None:
    """A firm that is asked again says yes to the terms in force, and changes nothing else."""
    row.agreed_version, row.must_answer, row.accepted_at = campaign.terms_version, False, at
    row.save(update_fields=["agreed_version", "must_answer", "accepted_at"])
    record(
        row,
        kind="commitment_kept",
        actor=actor,
        at=at,
        thread=campaign.pk,
        cooperative_id=campaign.host_id,
        firm_id=row.firm_id,
        data={"version": campaign.terms_version},
    )
