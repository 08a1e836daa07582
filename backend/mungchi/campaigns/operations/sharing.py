"""Sharing an open campaign with people who are not signed in: its address, and what it tells."""

import secrets
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain import share_card
from mungchi.campaigns.domain.share import Glimpse, may_renew
from mungchi.campaigns.models import Campaign, Share, SharePicture
from mungchi.campaigns.operations.moving import note
from mungchi.common import clock, drawing
from mungchi.common.canvas import fingerprint
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.text import Text

# TOKEN_LENGTH letters.
TOKEN_BYTES: Final = 16
# Before anything may be told.
NOTHING: Final = {"current": None, "percents": None, "next": None}


class SharingOff(Conflict):
    """The host's office does not want the campaign shared."""

    code = "sharing_off"
    message = Text(
        ko="주최 조합이 이 공동구매의 공유를 꺼 두었습니다.",
        en="The host's office has turned sharing off for this campaign.",
    )


class NotShareable(Conflict):
    """A campaign is shared while firms may join it."""

    code = "not_shareable"
    message = Text(
        ko="참여를 받고 있는 공동구매만 공유할 수 있습니다.",
        en="A campaign can be shared while it is open.",
    )


def share_campaign(*, actor: Actor, campaign_id: UUID) -> Share:
    """The campaign's address, made by the first who asks. Again: the same.

    Raises NotFound, NotShareable, SharingOff.
    """
    campaign = queries.with_parts(queries.visible_to(actor)).filter(pk=campaign_id).first()
    if campaign is None or not queries.may_share(actor, campaign):
        raise NotFound
    with transaction.atomic():
        share = _locked(campaign)
        if campaign.state != "open":
            raise NotShareable
        if not share.allowed:
            raise SharingOff
        if share.token is None:
            _address(share)
        return share


def renew_share(*, actor: Actor, campaign_id: UUID) -> Share:
    """The host's office gives a campaign a new address; the old one ends at once. Turns sharing on
    where it was off.

    Raises NotFound, NotShareable.
    """
    with transaction.atomic():
        campaign = _hosted(actor, campaign_id)
        share = _locked(campaign)
        if campaign.state != "open":
            raise NotShareable
        _address(share)
        note(campaign, kind="share_renewed", actor=actor, at=share.made_at)
        return share


def end_share(*, actor: Actor, campaign_id: UUID) -> None:
    """The host's office turns sharing off: the address ends at once. Again: changes nothing.

    Raises NotFound.
    """
    with transaction.atomic():
        campaign = _hosted(actor, campaign_id)
        if _turn(campaign, allowed=False):
            note(campaign, kind="share_ended", actor=actor, at=clock.now())


def let_share(campaign: Campaign, *, allowed: bool) -> None:
    """Say for a campaign that has not opened whether it may be shared; part of drafting it."""
    if allowed != queries.shareable(campaign):
        _turn(campaign, allowed=allowed)


def _turn(campaign: Campaign, *, allowed: bool) -> bool:
    share = _locked(campaign)
    if share.allowed == allowed:
        return False
    share.allowed, share.token, share.made_at = allowed, None, None
    share.save(update_fields=["allowed", "token", "made_at"])
    share.pictures.all().delete()
    return True


def _hosted(actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = queries.hosted(actor).filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    return campaign


def _locked(campaign: Campaign) -> Share:
    Share.objects.get_or_create(campaign=campaign)
    return Share.objects.select_for_update().get(campaign=campaign)


def _address(share: Share) -> None:
    share.allowed, share.token = True, secrets.token_urlsafe(TOKEN_BYTES)
    share.made_at = clock.now()
    share.save(update_fields=["allowed", "token", "made_at"])


def glimpse(*, token: str, anew: bool = True) -> tuple[Share, Glimpse]:
    """The share whose address it is, and what it tells; its figures anew where they may be.

    Not anew for a seat: behind the second wall it would not see all of whom must not be given away.
    Raises NotFound for what is no address (any more).
    """
    share = queries.shared_by(token)
    if share is None:
        raise NotFound
    if anew and share.campaign.state == "open":
        _renew_figures(share)
    return share, queries.glimpse_of(share)


def _renew_figures(share: Share) -> None:
    """New figures once enough firms changed something (domain.share.LEAST_CHANGED), or the first.

    What changes while they are read would be counted again as news: then the old ones stay.
    """
    if share.figures is not None and not may_renew(queries.firms_changed(share)):
        return
    before = queries.last_event(share.pk)
    figures = queries.figures_now(share.campaign)
    at = clock.now()
    if queries.last_event(share.pk) != before:
        share.figures = share.figures or NOTHING
        return
    same = Share.objects.filter(pk=share.pk, seen=share.seen)
    if same.update(figures=figures, figures_at=at, seen=before):
        share.figures, share.figures_at = figures, at
    else:
        # Somebody else was sooner: what has been told meanwhile is told here too.
        share.refresh_from_db(fields=["figures", "figures_at"])


def picture(*, token: str, language: str) -> tuple[str, bytes]:
    """The fingerprint and the PNG of what an address tells; drawn once for what it shows.

    While another request draws, the last one is handed out. Raises NotFound.
    """
    share, shown = glimpse(token=token)
    marks = share_card.card(shown, language, clock.now(), drawing.measure)
    wanted = fingerprint(marks, share_card.VERSION)
    with transaction.atomic():
        there = SharePicture.objects.filter(share=share, language=language)
        row = there.first()
        if row is not None and row.fingerprint == wanted:
            return wanted, bytes(row.content)
        if row is not None and there.select_for_update(skip_locked=True).first() is None:
            return row.fingerprint, bytes(row.content)
        size = (share_card.WIDTH, share_card.HEIGHT)
        content = drawing.png(size, share_card.GROUND, marks)
        SharePicture.objects.update_or_create(
            share=share,
            language=language,
            defaults={"fingerprint": wanted, "content": content},
        )
        return wanted, content


def fingerprint_of(shown: Glimpse, language: str) -> str:
    """Of the picture that shows it, without drawing it."""
    marks = share_card.card(shown, language, clock.now(), drawing.measure)
    return fingerprint(marks, share_card.VERSION)
