"""What is told about imports, offers and campaigns: event in, notices out.

Each function takes a few queries whatever the number of people.
"""

from datetime import timedelta
from typing import Final

from mungchi.campaigns.models import Campaign, ClearingLine, ClearingRun, Offer
from mungchi.campaigns.queries import plans_to_carry_out
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.demand.models import PurchaseImport
from mungchi.notifications.domain import wording
from mungchi.notifications.domain.wording_cooperatives import OPENED_TO_YOURS
from mungchi.notifications.operations.member_news import name_of
from mungchi.notifications.operations.nearest import what_next
from mungchi.notifications.operations.notice import Notice, NotYet, tell_all
from mungchi.notifications.operations.plan_news import what_came
from mungchi.notifications.queries import audience
from mungchi.notifications.queries.audience import Told
from mungchi.orders.models import Order

# What a letter about a result waits for plans B, and how often it looks.
PLANS_WITHIN: Final = timedelta(minutes=10)
LOOK_AGAIN: Final = timedelta(seconds=20)


def campaign_of(event: History) -> Campaign:
    """The campaign an event belongs to, with its host and item."""
    return Campaign.objects.select_related("host", "item").get(pk=event.thread)


def import_done(event: History) -> list[Notice]:
    """Whoever brought in a file hears what came of it."""
    row = PurchaseImport.objects.get(pk=event.subject_id)
    sentence = wording.IMPORTED.format(file=row.filename, kept=row.kept, rejected=row.rejected)
    return _importer(row, sentence)


def import_failed(event: History) -> list[Notice]:
    """Whoever brought in a file hears that nothing came of it."""
    row = PurchaseImport.objects.get(pk=event.subject_id)
    return _importer(row, wording.IMPORT_FAILED.format(file=row.filename))


def _importer(row: PurchaseImport, sentence: Text) -> list[Notice]:
    who = audience.person(row.created_by_id, row.cooperative_id)
    return tell_all(who, sentence, f"/desk/imports/{row.pk}")


def sourcing_started(event: History) -> list[Notice]:
    """Suppliers who may offer hear of it; an e-mail goes to those who were invited."""
    campaign = campaign_of(event)
    invited = audience.invited(campaign)
    sentence, link = _wanted(campaign), f"/supplier/campaigns/{campaign.pk}"
    notices = tell_all(invited, sentence, link)
    if campaign.for_all_suppliers:
        known = {seat for seat, _, _ in invited}
        others = [told for told in audience.suppliers() if told[0] not in known]
        notices += tell_all(others, sentence, link, mail=False)
    return notices


def _wanted(campaign: Campaign) -> Text:
    if campaign.offers_due_at is None:
        return wording.WANTED_NOW.format(title=campaign.title)
    until = wording.moment(campaign.offers_due_at, campaign.host.zone)
    return wording.WANTED.format(title=campaign.title, until=until)


def suppliers_invited(event: History) -> list[Notice]:
    """Invited suppliers hear of it, once the campaign is known outside the office."""
    campaign = campaign_of(event)
    if campaign.published_at is None or campaign.published_at > event.at:
        return []  # told when sourcing starts
    who = audience.firms(event.data["suppliers"])
    if campaign.offers_due_at is None:
        sentence = wording.INVITED.format(title=campaign.title)
    else:
        until = wording.moment(campaign.offers_due_at, campaign.host.zone)
        sentence = wording.INVITED_UNTIL.format(title=campaign.title, until=until)
    return tell_all(who, sentence, f"/supplier/campaigns/{campaign.pk}")


def offer_posted(event: History) -> list[Notice]:
    """The office hears of an offer; of a sealed one only when all are opened."""
    campaign = campaign_of(event)
    due = campaign.offers_due_at
    if campaign.sealed and due is not None and clock.now() < due:
        raise NotYet(due)
    offer = Offer.objects.select_related("supplier").get(pk=event.subject_id)
    if offer.state == "withdrawn":
        return []
    sentence = wording.OFFERED.format(title=campaign.title, supplier=offer.supplier.name)
    return tell_all(audience.office(campaign.host_id), sentence, f"/desk/campaigns/{campaign.pk}")


def offer_awarded(event: History) -> list[Notice]:
    """The supplier hears that it was chosen."""
    return _to_supplier(event, wording.AWARDED)


def offer_declined(event: History) -> list[Notice]:
    """The supplier hears that it was not chosen."""
    return _to_supplier(event, wording.DECLINED)


def _to_supplier(event: History, sentence: Text) -> list[Notice]:
    campaign = campaign_of(event)
    return tell_all(
        audience.firm(event.firm_id),
        sentence.format(title=campaign.title),
        f"/supplier/campaigns/{campaign.pk}",
    )


def guest_admitted(event: History) -> list[Notice]:
    """The firm hears that it may join."""
    campaign = campaign_of(event)
    sentence = wording.GUEST.format(title=campaign.title, host=name_of(campaign.host))
    return tell_all(audience.firm(event.firm_id), sentence, page_of(campaign))


def campaign_opened(event: History) -> list[Notice]:
    """The members that it reaches hear of it, guests, and the others' offices.

    Who has stated a need that it was made for hears that it fits.
    """
    campaign = campaign_of(event)
    if campaign.overflow_of_id is not None:
        # It opens with its first part, of which they hear; nobody joins it yet.
        return []
    assert campaign.closes_at is not None  # noqa: S101 - an opened campaign has a deadline
    until = wording.moment(campaign.closes_at, campaign.host.zone)
    sentence = wording.OPENED.format(title=campaign.title, until=until)
    reached = audience.reached(campaign)
    to_offices = OPENED_TO_YOURS.format(
        title=campaign.title, until=until, host=name_of(campaign.host)
    )
    fitting = audience.whose_needs_fit(campaign)
    members = audience.who_may_join(campaign)
    wanted = [told for told in members if told[2] in fitting]
    others = [told for told in members if told[2] not in fitting] + audience.guests(campaign)
    to_wanted = wording.OPENED_FOR_NEED.format(title=campaign.title, until=until)
    buyers = tell_all(wanted, to_wanted, page_of(campaign))
    return (
        buyers
        + tell_all(others, sentence, page_of(campaign))
        + tell_all(
            audience.offices(reached.exclude(pk=campaign.host_id)),
            to_offices,
            f"/desk/campaigns/{campaign.pk}",
        )
    )


def campaign_extended(event: History) -> list[Notice]:
    """Everybody whom it concerns hears the new deadline: firms in it, those that need the item or
    are admitted to it, the chosen supplier, and the offices whose members may join.
    """
    campaign = campaign_of(event)
    assert campaign.closes_at is not None  # noqa: S101 - as above
    until = wording.moment(campaign.closes_at, campaign.host.zone)
    sentence = wording.EXTENDED.format(title=campaign.title, until=until, why=event.why)
    buyers = audience.committed(campaign)
    to_offices: list[Told] = []
    if campaign.overflow_of_id is None:
        # A second part closes with its first, of which the others hear.
        buyers += audience.needing(campaign, None) + audience.guests(campaign)
        to_offices = audience.offices(audience.reached(campaign))
    return [
        *tell_all(dict.fromkeys(buyers), sentence, page_of(campaign)),
        *tell_all(audience.awarded(campaign), sentence, f"/supplier/campaigns/{campaign.pk}"),
        *tell_all(to_offices, sentence, f"/desk/campaigns/{campaign.pk}"),
    ]


def campaign_cancelled(event: History) -> list[Notice]:
    """Everybody in it hears why, and the suppliers who offered."""
    campaign = campaign_of(event)
    _wait_for_plans(campaign, event)
    sentence = wording.CANCELLED.format(title=campaign.title, why=event.why)
    return _with_plans(campaign, audience.committed(campaign), sentence) + tell_all(
        audience.offering(campaign), sentence, f"/supplier/campaigns/{campaign.pk}"
    )


def campaign_cleared(event: History) -> list[Notice]:
    """Every firm hears its own sentence; the office and the supplier the one for everybody."""
    campaign = campaign_of(event)
    run = ClearingRun.objects.select_related("offer").get(pk=event.data["run"])
    lines = {
        firm_id: Text(ko=korean, en=english)
        for firm_id, korean, english in ClearingLine.objects.filter(run=run).values_list(
            "firm_id", "sentence_ko", "sentence_en"
        )
    }
    page = page_of(campaign)
    _wait_for_plans(campaign, event)
    plans = what_came(campaign)
    out = what_next(campaign, run)
    notices = []
    for seat, user, firm_id in audience.firms(
        ClearingLine.objects.filter(run=run).values("firm_id")
    ):
        if firm_id is None:
            continue
        told = wording.CLEARED.format(title=campaign.title, sentence=lines[firm_id])
        verdict, text, link = out.get(firm_id, ("", None, page))
        if firm_id in plans:
            text, link = plans[firm_id]
        if text is not None:
            told = Text(ko=f"{told.ko} {text.ko}", en=f"{told.en} {text.en}")
        kind = "priced_out" if verdict == "priced_out" else ""
        notices.append(Notice(seat, user, told, link, of_kind=kind))
    everybody = wording.CLEARED.format(
        title=campaign.title, sentence=Text(ko=run.sentence_ko, en=run.sentence_en)
    )
    notices += tell_all(audience.office(campaign.host_id), everybody,
                        f"/desk/campaigns/{campaign.pk}")  # fmt: skip
    return notices + tell_all(
        audience.firm(run.offer.supplier_id), everybody, f"/supplier/campaigns/{campaign.pk}"
    )


def campaign_failed(event: History) -> list[Notice]:
    """Whoever had won hears that it came to nothing and that the money comes back."""
    campaign = campaign_of(event)
    _wait_for_plans(campaign, event)
    # Written by a person, in one language; of itself it fails with a sentence in both.
    why = Text(ko=event.why, en=event.data.get("why_en", event.why))
    values = {"title": campaign.title, "why": why}
    # Whose payment lapsed has heard so, and gets nothing back.
    standing = Order.objects.filter(campaign=campaign).exclude(payment__state="lapsed")
    buyers = audience.firms(standing.values("firm_id"))
    others = wording.FAILED_FOR_OTHERS.format(**values)
    return (
        _with_plans(campaign, buyers, wording.FAILED.format(**values))
        + tell_all(audience.office(campaign.host_id), others, f"/desk/campaigns/{campaign.pk}")
        + tell_all(audience.offering(campaign), others, f"/supplier/campaigns/{campaign.pk}")
    )


def _wait_for_plans(campaign: Campaign, event: History) -> None:
    """The result is told with what plans B came to; where one cannot be carried out, without it."""
    now = clock.now()
    if now < event.at + PLANS_WITHIN and plans_to_carry_out(campaign.pk):
        raise NotYet(now + LOOK_AGAIN)


def _with_plans(campaign: Campaign, who: list[Told], sentence: Text) -> list[Notice]:
    """The sentence, with what a firm's plan B came to."""
    plans, page = what_came(campaign), page_of(campaign)
    notices = []
    for seat, user, firm_id in who:
        if firm_id in plans:
            text, link = plans[firm_id]
            told = Text(ko=f"{sentence.ko} {text.ko}", en=f"{sentence.en} {text.en}")
            notices.append(Notice(seat, user, told, link))
        else:
            notices.append(Notice(seat, user, sentence, page))
    return notices


def campaign_completed(event: History) -> list[Notice]:
    """Everybody who got something hears that it is done, and offices and suppliers."""
    campaign = campaign_of(event)
    sentence = wording.COMPLETED.format(title=campaign.title)
    standing = Order.objects.filter(campaign=campaign).exclude(state="cancelled")
    buyers = audience.firms(standing.values("firm_id"))
    return (
        tell_all(buyers, sentence, page_of(campaign))
        + tell_all(audience.office(campaign.host_id), sentence, f"/desk/campaigns/{campaign.pk}")
        + tell_all(audience.offering(campaign), sentence, f"/supplier/campaigns/{campaign.pk}")
    )


def page_of(campaign: Campaign) -> str:
    """Where members look at a campaign."""
    return f"/campaigns/{campaign.pk}"
