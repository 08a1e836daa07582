"""What is told when an offer changes while firms commit: event in, notices out."""

from decimal import Decimal

from django.db.models import Exists, OuterRef

from mungchi.accounts.models import Membership
from mungchi.campaigns.domain.reoffering import Offered, read
from mungchi.campaigns.models import Campaign, Commitment, OfferChange
from mungchi.campaigns.queries import closing_now, terms_by_version
from mungchi.catalog.domain.units import UNITS
from mungchi.common.models import History
from mungchi.common.money import price_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_changes as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.domain.wording_progress import PRICE_FELL
from mungchi.notifications.operations.campaign_news import campaign_of, page_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience


def offer_changed(event: History) -> list[Notice]:
    """Firms that have to answer hear what, until when, and what comes of silence; others in it that
    nothing is asked of them; the office, where it was not asked; who needs the item, where the
    price fell.

    Of several changes in a row the newest is told, and of that only who has not agreed to it since.
    """
    campaign = campaign_of(event)
    version = event.data["version"]
    if campaign.state != "open" or version != campaign.terms_version:
        return []
    better = not event.data["worse"]
    notices = [*_asked(campaign, wording.ASKED), *_others(campaign, better=better)]
    return [*notices, *_to_those_who_need_it(campaign, event), *_to_office(campaign, better=better)]


def offer_still_unanswered(event: History) -> list[Notice]:
    """Firms that have not answered hear so again within a day of the deadline."""
    campaign = campaign_of(event)
    return _asked(campaign, wording.STILL_UNANSWERED) if campaign.state == "open" else []


def offer_change_asked(event: History) -> list[Notice]:
    """The host's office hears what a supplier would change."""
    row = _row(event)
    if row.state != "waiting":
        return []
    return _office(row, wording.TO_OFFICE)


def offer_change_accepted(event: History) -> list[Notice]:
    """The supplier hears the yes, where it had to be asked for."""
    row = _row(event)
    return _to_supplier(row, wording.ACCEPTED) if row.worse else []


def offer_change_refused(event: History) -> list[Notice]:
    """The supplier hears the no, and why."""
    return _to_supplier(_row(event), wording.REFUSED)


def offer_change_lapsed(event: History) -> list[Notice]:
    """The supplier hears that nobody answered in time."""
    return _to_supplier(_row(event), wording.LAPSED)


def _row(event: History) -> OfferChange:
    rows = OfferChange.objects.select_related("campaign__host", "campaign__item", "offer__supplier")
    return rows.get(pk=event.subject_id)


def _what(campaign: Campaign, old: Offered, new: Offered) -> Text:
    unit = UNITS[campaign.item.unit]
    return wording.what_changed(
        old, new, currency=campaign.currency, unit=unit, zone=campaign.host.zone,
        variants=campaign.variants,
    )  # fmt: skip


def _asked(campaign: Campaign, sentence: Text) -> list[Notice]:
    """The sentence, with what is otherwise than each firm agreed to."""
    assert campaign.closes_at is not None  # noqa: S101 - it is open
    paused = Membership.objects.filter(
        firm_id=OuterRef("firm_id"), cooperative_id=OuterRef("cooperative_id"), state="suspended"
    )
    rows = Commitment.objects.filter(campaign=campaign, must_answer=True)
    rows = rows.annotate(paused=Exists(paused))
    asked = {row.firm_id: row for row in rows.only("firm_id", "agreed_version")}
    told = _by_version(
        campaign,
        {row.agreed_version for row in asked.values()},
        sentence,
        until=moment(campaign.closes_at, campaign.host.zone),
    )
    notices = []
    for seat, user, firm in audience.firms(list(asked)):
        if firm is None:
            continue
        text = told[asked[firm].agreed_version]
        if asked[firm].paused:
            more = wording.ONLY_STAYS
            text = Text(ko=text.ko + more.ko, en=text.en + more.en)
        notices.append(Notice(seat, user, text, page_of(campaign)))
    return notices


def _others(campaign: Campaign, *, better: bool) -> list[Notice]:
    agreed = dict(
        Commitment.objects.filter(
            campaign=campaign, state="active", must_answer=False,
            agreed_version__lt=campaign.terms_version,
        ).values_list("firm_id", "agreed_version")
    )  # fmt: skip
    last = campaign.terms_version - 1
    sentence = wording.BETTER if better else wording.OTHERWISE
    told = _by_version(campaign, {last} if agreed else set(), sentence)
    return [
        Notice(seat, user, told[last], page_of(campaign), of_kind="offer_bettered")
        for seat, user, _ in audience.firms(list(agreed))
    ]


def _by_version(
    campaign: Campaign, versions: set[int], sentence: Text, **values: object
) -> dict[int, Text]:
    """The sentence for those who know the terms of each version."""
    if not versions:
        return {}
    now = campaign.terms_version
    terms = terms_by_version(campaign.pk, {*versions, now})
    return {
        version: sentence.format(
            title=campaign.title, what=_what(campaign, terms[version], terms[now]), **values
        )
        for version in versions
    }


def _to_those_who_need_it(campaign: Campaign, event: History) -> list[Notice]:
    before, now = event.data["price_before"], closing_now(campaign)
    if now is None or before is None or now[1] >= Decimal(before):
        return []
    assert campaign.closes_at is not None  # noqa: S101 - it is open
    told = PRICE_FELL.format(
        title=campaign.title,
        price=price_label(now[1], campaign.currency),
        until=moment(campaign.closes_at, campaign.host.zone),
    )
    return tell_all(
        audience.needing(campaign, now[1]), told, page_of(campaign), of_kind="price_fell"
    )


def _to_office(campaign: Campaign, *, better: bool) -> list[Notice]:
    if not better:
        return []
    row = OfferChange.objects.select_related(
        "campaign__host", "campaign__item", "offer__supplier"
    ).get(campaign=campaign, version=campaign.terms_version)
    return _office(row, wording.BETTER_TO_OFFICE, of_kind="offer_change_asked")


def _office(row: OfferChange, sentence: Text, *, of_kind: str = "") -> list[Notice]:
    campaign = row.campaign
    told = sentence.format(
        title=campaign.title,
        supplier=row.offer.supplier.name,
        what=_what(campaign, read(row.before), read(row.terms)),
    )
    link = f"/desk/campaigns/{campaign.pk}"
    return tell_all(audience.office(campaign.host_id), told, link, of_kind=of_kind)


def _to_supplier(row: OfferChange, sentence: Text) -> list[Notice]:
    campaign = row.campaign
    told = sentence.format(
        title=campaign.title,
        what=_what(campaign, read(row.before), read(row.terms)),
        why=row.refusal,
    )
    return tell_all(
        audience.firm(row.offer.supplier_id), told, f"/supplier/campaigns/{campaign.pk}"
    )
