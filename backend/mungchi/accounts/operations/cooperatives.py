"""Cooperatives set up themselves: applying, being admitted or refused, suspended, leaving.

What runs is never hurt: a cooperative that is suspended or has left draws up and opens nothing new
(campaigns.operations asks for an active host), and its running campaigns go on to their end.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import COOPERATIVE
from mungchi.accounts.models import Cooperative, Seat, User
from mungchi.accounts.operations.firms import clean_business_number
from mungchi.accounts.operations.letters import Said, write_words
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record, set_state
from mungchi.common.ids import uuid7
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

ONE_PER_NUMBER = "one_cooperative_per_business_number"


class CooperativeExists(Conflict):
    """A cooperative with this number is registered, or has applied, already."""

    code = "cooperative_exists"
    message = Text(
        ko="이미 등록된 협동조합의 사업자등록번호입니다. 그 협동조합의 담당자에게 초대를 요청해 "
        "주십시오.",
        en="A cooperative with this number is registered already. Ask its office to invite you.",
    )


class ApplicantGone(Conflict):
    """Without the person who applied, nobody would run the cooperative."""

    code = "applicant_gone"
    message = Text(
        ko="신청한 사람의 계정이 없어 승인할 수 없습니다.",
        en="The person who applied has no account any more, so nobody could run it.",
    )


class ZoneUnknown(Invalid):
    """A time zone is one that the tz database names, such as Asia/Seoul."""

    code = "zone_unknown"
    field = "zone"
    message = Text(ko="시간대를 다시 선택해 주십시오.", en="Please choose the time zone again.")


NOT_ADMITTED = Said(
    kind="cooperative_refused",
    subject=Text(ko="협동조합 등록 반려", en="Your cooperative was not admitted"),
    lines=(
        Text(
            ko="{cooperative}의 등록이 반려되었습니다. 사유: {why}",
            en="{cooperative} was not admitted. Reason: {why}",
        ),
        Text(ko="내용을 고쳐 다시 신청할 수 있습니다.", en="You may correct it and apply again."),
    ),
    button=Text(ko="신청 내용 보기", en="See the application"),
)


def clean_zone(value: str) -> str:
    """Return a time zone that deadlines can be read in; raise ZoneUnknown."""
    if value not in available_timezones():
        raise ZoneUnknown
    return value


def register_cooperative(
    *, user: User, actor: Actor, business_number: str, **profile: str
) -> Cooperative:
    """A person registers a cooperative; an operator decides. Its office opens on admission.

    `profile` holds name, name_en, region, zone, currency, representative, address and phone. Who
    was refused applies anew with the same number. Raises BusinessNumberWrong, ZoneUnknown,
    CooperativeExists.
    """
    number = clean_business_number(business_number)
    clean_zone(profile["zone"])
    try:
        with transaction.atomic():
            at = clock.now()
            again = (
                Cooperative.objects.select_for_update(no_key=True)
                .filter(business_number=number, applicant=user, state="refused")
                .first()
            )
            if again is not None:
                return _apply_again(again, actor, profile, at)
            cooperative = Cooperative.objects.create(
                slug=_slug(profile.get("name_en", "")),
                business_number=number,
                state="applied",
                applicant=user,
                applied_at=at,
                **profile,
            )
            record(
                cooperative, kind="cooperative_applied", actor=actor, at=at,
                moved=("", "applied"), cooperative_id=cooperative.pk,
            )  # fmt: skip
            wake_pipeline()
            return cooperative
    except IntegrityError as error:
        if ONE_PER_NUMBER not in str(error):
            raise
        raise CooperativeExists from None


def admit_cooperative(*, actor: Actor, cooperative_id: UUID) -> Cooperative:
    """The platform admits an applicant, or takes a suspended or departed cooperative back.

    An applicant becomes the first coordinator. Again: changes nothing. Raises ApplicantGone.
    """
    with transaction.atomic():
        cooperative = queries.locked_cooperative(cooperative_id)
        if cooperative.state == "active":
            return cooperative
        if cooperative.state == "applied":
            if cooperative.applicant_id is None:
                raise ApplicantGone
            Seat.objects.get_or_create(
                user_id=cooperative.applicant_id, cooperative=cooperative, firm=None,
                defaults={"role": "coordinator"},
            )  # fmt: skip
        cooperative.paused_at = None
        _move(cooperative, "active", kind="cooperative_admitted", actor=actor, at=clock.now())
        return cooperative


def refuse_cooperative(*, actor: Actor, cooperative_id: UUID, why: str) -> Cooperative:
    """The platform refuses an applicant, who may correct and apply anew. Again: no change."""
    with transaction.atomic():
        cooperative = queries.locked_cooperative(cooperative_id)
        if cooperative.state == "refused":
            return cooperative
        _move(cooperative, "refused", kind="cooperative_refused", actor=actor, at=clock.now(),
              why=why)  # fmt: skip
        _write_to_applicant(cooperative, why)
        return cooperative


def suspend_cooperative(*, actor: Actor, cooperative_id: UUID, why: str) -> Cooperative:
    """The platform suspends a cooperative: nothing new begins, what runs goes on.

    Again: changes nothing.
    """
    with transaction.atomic():
        cooperative = queries.locked_cooperative(cooperative_id)
        if cooperative.state == "suspended":
            return cooperative
        cooperative.paused_at = at = clock.now()
        _move(cooperative, "suspended", kind="cooperative_suspended", actor=actor, at=at, why=why)
        return cooperative


def leave_platform(*, actor: Actor, why: str) -> Cooperative:
    """The office takes its cooperative out: nothing new begins, what runs goes on to its end.

    Its people keep their seats, to finish what runs and to read. Again: changes nothing.
    """
    with transaction.atomic():
        cooperative = queries.locked_cooperative(actor.cooperative_id)
        if cooperative.state == "left":
            return cooperative
        at = clock.now()
        cooperative.paused_at = cooperative.paused_at or at
        _move(cooperative, "left", kind="cooperative_left", actor=actor, at=at, why=why)
        return cooperative


def _move(
    cooperative: Cooperative, to: str, *, kind: str, actor: Actor, at: datetime, why: str = ""
) -> None:
    cooperative.state_reason = why
    set_state(
        cooperative, to, machine=COOPERATIVE, kind=kind, actor=actor, at=at, why=why,
        also=("paused_at", "state_reason"), cooperative_id=cooperative.pk,
    )  # fmt: skip
    wake_pipeline()


def _write_to_applicant(cooperative: Cooperative, why: str) -> None:
    """Notifications go to seats, so who has none gets a letter."""
    user = cooperative.applicant
    if user is None or Seat.objects.filter(user=user).exists():
        return
    write_words(
        NOT_ADMITTED,
        recipient=user.email,
        language=user.language,
        link=f"{settings.PUBLIC_URL}/register-cooperative",
        cooperative=Text(ko=cooperative.name, en=cooperative.name_en or cooperative.name),
        why=why,
    )


def _apply_again(
    cooperative: Cooperative, actor: Actor, profile: Mapping[str, str], at: datetime
) -> Cooperative:
    before = {name: getattr(cooperative, name) for name in profile}
    for name, value in profile.items():
        setattr(cooperative, name, value)
    cooperative.applied_at, cooperative.state_reason = at, ""
    set_state(
        cooperative, "applied", machine=COOPERATIVE, kind="cooperative_applied", actor=actor,
        at=at, also=(*profile, "applied_at", "state_reason"), cooperative_id=cooperative.pk,
        data={"before": before, "after": dict(profile)},
    )  # fmt: skip
    wake_pipeline()
    return cooperative


def _slug(name_en: str) -> str:
    """A name for addresses and files: readable where there is an English name, always its own."""
    return f"{slugify(name_en)[:32] or 'cooperative'}-{uuid7().hex[-12:]}"
