"""What is told about introductions and what an office suggests: event in, notices out."""

from datetime import date
from uuid import UUID

from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.demand.domain.recurring import ENDS
from mungchi.demand.models import Need, NeedPlan, ProposedNeed
from mungchi.notifications.domain import wording
from mungchi.notifications.operations.member_news import name_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.outreach.domain.words import ANSWERS
from mungchi.outreach.models import Contact, Introduction


def _introduction(event: History) -> Introduction:
    return Introduction.objects.select_related(
        "cooperative", "seeker", "giver", "listing", "declined_by"
    ).get(pk=event.subject_id)


def _to_office(row: Introduction, sentence: Text) -> list[Notice]:
    """On the screen alone: the office reads its desk."""
    link = f"/introductions/{row.pk}"
    return tell_all(audience.office(row.cooperative_id), sentence, link, mail=False)


def _to_firm(row: Introduction, firm_id: UUID, sentence: Text) -> list[Notice]:
    return tell_all(audience.firm(firm_id), sentence, f"/introductions/{row.pk}")


def introduction_asked(event: History) -> list[Notice]:
    """The firm behind the listing hears who asks and why; the office hears that it does."""
    row = _introduction(event)
    seeker: object = row.seeker.name
    if row.partner_id:
        seeker = wording.OF_PARTNER.format(cooperative=name_of(row.cooperative), firm=seeker)
    sentence = wording.INTRODUCTION_ASKED.format(
        seeker=seeker, listing=row.listing.title if row.listing else "", why=row.reason
    )
    office = wording.INTRODUCTION_ASKED_OFFICE.format(seeker=row.seeker.name, giver=row.giver.name)
    return [*_to_firm(row, row.giver_id, sentence), *_to_office(row, office)]


def introduction_proposed(event: History) -> list[Notice]:
    """Both firms hear of each other, and why the office thinks of them."""
    row = _introduction(event)
    notices = []
    for side, other in ((row.seeker, row.giver), (row.giver, row.seeker)):
        office: object = name_of(row.cooperative)
        if row.partner_id and side == row.giver:
            office = wording.PARTNER_OFFICE.format(cooperative=office)
        sentence = wording.INTRODUCTION_PROPOSED.format(
            cooperative=office, firm=other.name, why=row.reason
        )
        notices += _to_firm(row, side.pk, sentence)
    return notices


def introduction_made(event: History) -> list[Notice]:
    """Both firms, and the office, hear that both have agreed."""
    row = _introduction(event)
    notices = []
    for side, other in ((row.seeker, row.giver), (row.giver, row.seeker)):
        sentence = wording.INTRODUCTION_MADE.format(firm=other.name)
        notices += _to_firm(row, side.pk, sentence)
    office = wording.INTRODUCTION_MADE_OFFICE.format(seeker=row.seeker.name, giver=row.giver.name)
    return notices + _to_office(row, office)


def introduction_declined(event: History) -> list[Notice]:
    """The other firm hears "not now" and no more; the office hears whose wish it was."""
    row = _introduction(event)
    who = row.declined_by.name if row.declined_by else ""
    return _ended(row, wording.HOW_DECLINED.format(firm=who), sparing={row.declined_by_id})


def introduction_withdrawn(event: History) -> list[Notice]:
    """As if it had been declined."""
    row = _introduction(event)
    return _ended(row, wording.HOW_WITHDRAWN, sparing={event.firm_id})


def introduction_expired(event: History) -> list[Notice]:
    """As if it had been declined."""
    return _ended(_introduction(event), wording.HOW_EXPIRED, sparing=set())


def _ended(row: Introduction, how: Text, *, sparing: set[UUID | None]) -> list[Notice]:
    notices = []
    for side, other in ((row.seeker, row.giver), (row.giver, row.seeker)):
        if side.pk not in sparing:
            notices += _to_firm(row, side.pk, wording.NOT_NOW.format(firm=other.name))
    office = wording.ENDED_OFFICE.format(seeker=row.seeker.name, giver=row.giver.name, how=how)
    return notices + _to_office(row, office)


def _contact(event: History) -> Contact:
    return Contact.objects.select_related("cooperative", "firm", "campaign", "pool__item").get(
        pk=event.subject_id
    )


def _suggested(row: Contact, sentence: Text, link: str, **values: object) -> list[Notice]:
    told = sentence.format(cooperative=name_of(row.cooperative), said=row.said, **values)
    return tell_all(audience.firm(row.firm_id), told, link)


def campaign_suggested(event: History) -> list[Notice]:
    """A firm that was left out hears of a campaign it could be in."""
    row = _contact(event)
    assert row.campaign is not None  # noqa: S101 - that is what was suggested
    link = f"/campaigns/{row.campaign_id}"
    return _suggested(row, wording.CAMPAIGN_SUGGESTED, link, title=row.campaign.title)


def pool_suggested(event: History) -> list[Notice]:
    """A firm that was left out hears of what others want to buy."""
    row = _contact(event)
    assert row.pool is not None  # noqa: S101 - that is what was suggested
    return _suggested(row, wording.POOL_SUGGESTED, "/needs", item=name_of(row.pool.item))


def needs_asked(event: History) -> list[Notice]:
    """A firm that was left out is asked what it needs."""
    return _suggested(_contact(event), wording.NEEDS_ASKED, "/needs")


def need_proposed(event: History) -> list[Notice]:
    """A firm is asked by its office for what it will probably want; answered ones are not told."""
    row = (
        ProposedNeed.objects.select_related("cooperative", "item")
        .filter(pk=event.subject_id, state="open")
        .first()
    )
    if row is None:
        return []
    sentence = wording.NEED_MISSED if row.rhythm == "missed" else wording.NEED_PROPOSED
    told = sentence.format(
        cooperative=name_of(row.cooperative),
        item=name_of(row.item),
        quantity=counted(row.quantity, UNITS[row.item.unit]),
        day=wording.day_of(row.needed_by),
    )
    return tell_all(audience.firm(row.firm_id), told, "/needs")


def plan_stated(event: History) -> list[Notice]:
    """A firm hears that its recurring need was stated again: it can still change or withdraw it."""
    plan = _plan(event)
    told = wording.PLAN_STATED.format(
        item=name_of(plan.item),
        quantity=counted(plan.quantity, UNITS[plan.item.unit]),
        day=wording.day_of(date.fromisoformat(event.data["date"])),
    )
    return tell_all(audience.firm(plan.firm_id), told, "/needs")


def need_expired(event: History) -> list[Notice]:
    """A firm hears that what it needed came into nothing in time; not of what it stated again."""
    row = Need.objects.select_related("item").get(pk=event.subject_id)
    if row.state != "expired":
        return []
    told = wording.NEED_EXPIRED.format(
        item=name_of(row.item),
        quantity=counted(row.quantity, UNITS[row.item.unit]),
        day=wording.day_of(row.needed_by),
    )
    return tell_all(audience.firm(row.firm_id), told, f"/needs?again={row.pk}")


def plan_ended(event: History) -> list[Notice]:
    """A firm hears why its recurring need goes on no more."""
    plan = _plan(event)
    if plan.ended_by not in ENDS:
        return []  # it goes on again already
    told = wording.PLAN_ENDED.format(item=name_of(plan.item), why=ENDS[plan.ended_by])
    return tell_all(audience.firm(plan.firm_id), told, "/needs")


def _plan(event: History) -> NeedPlan:
    return NeedPlan.objects.select_related("item").get(pk=event.subject_id)


def proposal_answered(event: History) -> list[Notice]:
    """The office hears what the firm says to it."""
    row = _contact(event)
    sentence = wording.PROPOSAL_ANSWERED.format(
        firm=row.firm.name, answer=ANSWERS[row.answer], note=row.outcome
    )
    return tell_all(audience.office(row.cooperative_id), sentence, f"/desk/left-out/{row.firm_id}")
