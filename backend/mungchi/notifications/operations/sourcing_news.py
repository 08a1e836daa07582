"""What is told about rounds of offers, questions and decisions of two: event in, notices out."""

from datetime import datetime

from mungchi.campaigns.models import Decision, Offer, Question
from mungchi.campaigns.queries import may_confirm
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_sourcing as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.domain.wording_lapses import WAITS
from mungchi.notifications.domain.wording_less import WAITS_FOR_SECOND
from mungchi.notifications.operations.campaign_news import campaign_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience

# What one coordinator asks a second one to confirm, by the kind of the decision.
SECONDS = {**WAITS, "less": WAITS_FOR_SECOND}
# Of a question or an answer, as much as a notice has room for; the rest is on the page.
MOST_WORDS = 200


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_WORDS else f"{line[:MOST_WORDS]}…"


def question_asked(event: History) -> list[Notice]:
    """The office hears the question, and not who asked."""
    row = Question.objects.select_related("campaign").get(pk=event.subject_id)
    sentence = wording.ASKED.format(title=row.campaign.title, text=_short(row.text))
    link = f"/desk/campaigns/{row.campaign_id}?tab=questions"
    return tell_all(audience.office(row.campaign.host_id), sentence, link)


def question_answered(event: History) -> list[Notice]:
    """Whoever asked, was invited or has offered hears the answer."""
    row = Question.objects.select_related("campaign").get(pk=event.subject_id)
    sentence = wording.ANSWERED.format(
        title=row.campaign.title, text=_short(row.text), answer=_short(row.answer)
    )
    return tell_all(
        audience.concerned_suppliers(row.campaign),
        sentence,
        f"/supplier/campaigns/{row.campaign_id}",
    )


def offers_due_moved(event: History) -> list[Notice]:
    """Whoever was invited, asked or has offered hears the new time."""
    campaign = campaign_of(event)
    until = moment(datetime.fromisoformat(event.data["after"]), campaign.host.zone)
    return tell_all(
        audience.concerned_suppliers(campaign),
        wording.DUE_MOVED.format(title=campaign.title, until=until),
        f"/supplier/campaigns/{campaign.pk}",
    )


def award_withdrawn(event: History) -> list[Notice]:
    """The office hears whose offer is gone; the other suppliers that they may offer again."""
    campaign = campaign_of(event)
    offer = Offer.objects.select_related("supplier").get(pk=event.data["offer"])
    whole = event.data["whole"]
    to_office = wording.AWARD_WITHDRAWN if whole else wording.PART_WITHDRAWN
    notices = tell_all(
        audience.office(campaign.host_id),
        to_office.format(title=campaign.title, supplier=offer.supplier.name),
        f"/desk/campaigns/{campaign.pk}",
    )
    if not whole:
        return notices
    others = [
        told for told in audience.concerned_suppliers(campaign) if told[2] != offer.supplier_id
    ]
    again = wording.ROUND_AGAIN.format(title=campaign.title)
    return notices + tell_all(others, again, f"/supplier/campaigns/{campaign.pk}")


def decision_asked(event: History) -> list[Notice]:
    """The coordinators who could confirm hear what waits for them."""
    row = _decision(event)
    title = row.campaign.title
    if row.offer is None:
        sentence = SECONDS.get(row.kind, wording.CLOSE_WAITS).format(
            person=row.asked_by.called, title=title, why=row.reason
        )
    else:
        sentence = wording.AWARD_WAITS.format(
            person=row.asked_by.called, title=title, supplier=row.offer.supplier.name
        )
    able = set(may_confirm(row.campaign, beside=row.asked_by_id))
    who = [told for told in audience.office(row.campaign.host_id) if told[1] in able]
    return tell_all(who, sentence, f"/desk/campaigns/{row.campaign_id}")


def decision_confirmed(event: History) -> list[Notice]:
    """Who asked hears that it is done."""
    return _to_asker(event, wording.CONFIRMED)


def decision_refused(event: History) -> list[Notice]:
    """Who asked hears why not."""
    return _to_asker(event, wording.REFUSED)


def _decision(event: History) -> Decision:
    return Decision.objects.select_related("campaign", "offer__supplier", "asked_by").get(
        pk=event.subject_id
    )


def _to_asker(event: History, sentence: Text) -> list[Notice]:
    row = _decision(event)
    return tell_all(
        audience.person(row.asked_by_id, row.campaign.host_id),
        sentence.format(title=row.campaign.title, why=event.why),
        f"/desk/campaigns/{row.campaign_id}",
    )
