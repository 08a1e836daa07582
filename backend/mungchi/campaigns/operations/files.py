"""Files with a campaign, which everybody who sees it reads, and with an offer, sealed as it is."""

from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.states import BEFORE_OPENING
from mungchi.campaigns.models import Attachment, Campaign, Offer
from mungchi.campaigns.operations.drafting import CampaignNotEditable
from mungchi.campaigns.operations.moving import note
from mungchi.campaigns.operations.offers import OffersNotTaken, own_offer, record_offer
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.papers import Taken, take
from mungchi.common.text import Text

MOST_FILES = 10


class TooManyFiles(Conflict):
    """A campaign or an offer has MOST_FILES at most."""

    code = "too_many_files"
    message = Text(
        ko="파일은 10개까지 올릴 수 있습니다. 필요 없는 파일을 먼저 지워 주십시오.",
        en="There can be ten files at most. Please delete one that is not needed.",
    )


def attach_to_campaign(
    *, actor: Actor, campaign_id: UUID, filename: str, stream: BinaryIO
) -> Attachment:
    """The office adds a file until the campaign opens; the same again changes nothing.

    Raises NotFound, CampaignNotEditable, TooManyFiles, DocumentTooLarge, DocumentTypeUnknown.
    """
    taken = take(stream, filename)
    with transaction.atomic():
        campaign = _editable(actor, campaign_id)
        row, fresh = _attach(actor, campaign, None, taken)
        if fresh:
            _note(campaign, row, actor, "campaign_file_added")
        return row


def attach_to_offer(*, actor: Actor, offer_id: UUID, filename: str, stream: BinaryIO) -> Attachment:
    """A supplier adds a file to its offer while it may still revise it; the same again: no change.

    Raises NotFound, OffersNotTaken, TooManyFiles, DocumentTooLarge, DocumentTypeUnknown.
    """
    taken = take(stream, filename)
    with transaction.atomic():
        campaign, offer, at = own_offer(actor, offer_id)
        if offer.state != "submitted":
            raise OffersNotTaken
        row, fresh = _attach(actor, campaign, offer, taken)
        if fresh:
            record_offer(offer, actor, at, kind="offer_file_added", data=_about(row))
        return row


def remove_file(*, actor: Actor, file_id: UUID) -> None:
    """Whoever may add to it takes a file away.

    Raises NotFound, CampaignNotEditable, OffersNotTaken.
    """
    with transaction.atomic():
        row = queries.files_visible_to(actor, at=clock.now()).filter(pk=file_id).first()
        if row is None:
            raise NotFound
        if row.offer_id is None:
            campaign = _editable(actor, row.campaign_id)
            _note(campaign, row, actor, "campaign_file_removed")
        else:
            _, offer, at = own_offer(actor, row.offer_id)
            if offer.state != "submitted":
                raise OffersNotTaken
            record_offer(offer, actor, at, kind="offer_file_removed", data=_about(row))
        Attachment.objects.filter(pk=row.pk).delete()


def _editable(actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = queries.locked_by_host(actor, campaign_id)
    if campaign.state not in BEFORE_OPENING:
        raise CampaignNotEditable
    return campaign


def _attach(
    actor: Actor, campaign: Campaign, offer: Offer | None, taken: Taken
) -> tuple[Attachment, bool]:
    """The file, and whether it is new. Campaign or offer are locked, so that ten stay ten."""
    there = Attachment.objects.filter(campaign=campaign, offer=offer).defer("content")
    same = there.filter(digest=taken.digest).first()
    if same is not None:
        return same, False
    if there.count() >= MOST_FILES:
        raise TooManyFiles
    row = Attachment.objects.create(
        campaign=campaign, offer=offer, uploaded_by_id=actor.user_id, uploaded_at=clock.now(),
        **taken.fields(),
    )  # fmt: skip
    return row, True


def _about(row: Attachment) -> dict[str, str]:
    return {"filename": row.filename, "digest": row.digest}


def _note(campaign: Campaign, row: Attachment, actor: Actor, kind: str) -> None:
    note(campaign, kind=kind, actor=actor, at=clock.now(), data=_about(row))
