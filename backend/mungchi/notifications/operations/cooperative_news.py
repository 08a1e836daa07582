"""What is told about cooperatives themselves: event in, notices out."""

from mungchi.accounts.models import Cooperative, Partnership
from mungchi.common.models import History
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_cooperatives as wording
from mungchi.notifications.domain.wording import last_day
from mungchi.notifications.operations.member_news import name_of
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience

PLATFORM = "/platform/cooperatives"
OFFICE = "/desk/cooperative"


def cooperative_applied(event: History) -> list[Notice]:
    """The operators hear of an applicant."""
    sentence = wording.APPLIED.format(cooperative=name_of(_row(event)))
    return tell_all(audience.operators(), sentence, f"{PLATFORM}?state=applied")


def cooperative_admitted(event: History) -> list[Notice]:
    """Its office hears that it may begin, or begin again."""
    row = _row(event)
    sentence = wording.ADMITTED if event.from_state == "applied" else wording.READMITTED
    return tell_all(audience.office(row.pk), sentence.format(cooperative=name_of(row)), OFFICE)


def cooperative_refused(event: History) -> list[Notice]:
    """Who registered it hears why, where that person has a seat; the page of applying says it."""
    row = _row(event)
    sentence = wording.REFUSED.format(cooperative=name_of(row), why=event.why)
    return tell_all(audience.anywhere(row.applicant_id), sentence, "/register-cooperative")


def cooperative_suspended(event: History) -> list[Notice]:
    """Its office hears why, and that what runs goes on."""
    row = _row(event)
    sentence = wording.SUSPENDED.format(cooperative=name_of(row), why=event.why)
    return tell_all(audience.office(row.pk), sentence, OFFICE)


def cooperative_left(event: History) -> list[Notice]:
    """The operators hear why, and the others of its office."""
    row = _row(event)
    sentence = wording.LEFT.format(cooperative=name_of(row), why=event.why)
    return tell_all(audience.operators(), sentence, f"{PLATFORM}?state=left") + tell_all(
        audience.office(row.pk), sentence, OFFICE
    )


def account_change_proposed(event: History) -> list[Notice]:
    """The other coordinators are asked to confirm another account."""
    return _account(event, wording.ACCOUNT_PROPOSED)


def account_change_declined(event: History) -> list[Notice]:
    """The office hears that another account will not be used."""
    return _account(event, wording.ACCOUNT_DECLINED)


def account_changed(event: History) -> list[Notice]:
    """Everybody in the office hears which account is used from now on, also who changed it."""
    return _account(event, wording.ACCOUNT_CHANGED)


def _account(event: History, sentence: Text) -> list[Notice]:
    account = event.data.get("after") or {}
    told = sentence.format(
        bank=account.get("bank_name", ""), account=account.get("bank_account", ""),
        holder=account.get("bank_holder", ""), who=event.user_name, why=event.why,
    )  # fmt: skip
    return tell_all(audience.office(event.cooperative_id), told, f"{OFFICE}?tab=account")


def provider_key_proposed(event: History) -> list[Notice]:
    """The other coordinators are asked to confirm whose account is charged into."""
    return _provider(event, wording.KEY_PROPOSED)


def provider_key_declined(event: History) -> list[Notice]:
    """The office hears that another account will not be used."""
    return _provider(event, wording.KEY_DECLINED)


def provider_key_changed(event: History) -> list[Notice]:
    """Everybody in the office hears of another key, also who entered it."""
    return _provider(event, wording.KEY_CHANGED)


def provider_off(event: History) -> list[Notice]:
    """Everybody in the office hears that saved methods are not charged any more."""
    return _provider(event, wording.PROVIDER_OFF)


def _provider(event: History, sentence: Text) -> list[Notice]:
    told = sentence.format(
        name=event.data.get("name", ""), account=event.data.get("account", ""),
        ends=event.data.get("key_ends", ""), who=event.user_name, why=event.why,
    )  # fmt: skip
    return tell_all(audience.office(event.cooperative_id), told, "/desk/payments/ways")


def partnership_proposed(event: History) -> list[Notice]:
    """The office that was asked hears of it, and the colleagues of whoever proposed it."""
    return _partners(event, wording.PARTNERSHIP_PROPOSED)


def partnership_accepted(event: History) -> list[Notice]:
    """Both offices hear that they are partners."""
    return _partners(event, wording.PARTNERSHIP_ACCEPTED)


def partnership_declined(event: History) -> list[Notice]:
    """Both offices hear why not."""
    return _partners(event, wording.PARTNERSHIP_DECLINED)


def partnership_ending(event: History) -> list[Notice]:
    """Both offices hear until when, and why."""
    return _partners(event, wording.PARTNERSHIP_ENDING)


def partnership_ended(event: History) -> list[Notice]:
    """Both offices hear that the notice has run out."""
    return _partners(event, wording.PARTNERSHIP_ENDED)


def _partners(event: History, sentence: Text) -> list[Notice]:
    row = Partnership.objects.select_related("asking", "asked").get(pk=event.subject_id)
    notices: list[Notice] = []
    for side in (row.asking, row.asked):
        day = last_day(row.ends_at, side.zone) if row.ends_at else ""
        told = sentence.format(
            asking=name_of(row.asking), asked=name_of(row.asked), why=event.why, day=day
        )
        notices += tell_all(audience.office(side.pk), told, f"{OFFICE}?tab=partners")
    return notices


def _row(event: History) -> Cooperative:
    return Cooperative.objects.get(pk=event.subject_id)
