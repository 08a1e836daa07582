"""The office turns to a member: what it suggested or said, the answer, and when to ask again.

Each suggestion is a contact, and the firm is told of it (see notifications). The membership is the
lock: two people of an office do not suggest the same thing twice.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import queries as campaigns
from mungchi.catalog.queries import items_of
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.demand.queries import pools_visible_to
from mungchi.outreach import queries
from mungchi.outreach.domain.words import ANSWERS, HOW
from mungchi.outreach.models import Contact, Introduction
from mungchi.outreach.operations.introducing import propose_introduction

# A firm is not asked what it needs more often than this.
ASK_EVERY = timedelta(days=7)
# A talk that somebody forgot to write down may be a while ago; one to come is none.
LATEST = timedelta(days=366)


class LeftAlone(Conflict):
    """The firm does not want to be turned to."""

    code = "left_alone"
    message = Text(
        ko="이 기업은 사무국의 연락을 사양했습니다.",
        en="This firm has asked the office to leave it alone.",
    )


class CampaignNotJoinable(Invalid):
    """What is suggested must be open, and within the firm's reach."""

    code = "campaign_not_joinable"
    field = "campaign"
    message = Text(
        ko="지금 참여할 수 있는 공동구매를 선택해 주십시오.",
        en="Please choose a campaign that can be joined now.",
    )


class PoolNotOpen(Invalid):
    """What is suggested must still be gathering."""

    code = "pool_not_open"
    field = "pool"
    message = Text(
        ko="모이고 있는 수요 묶음을 선택해 주십시오.",
        en="Please choose a pool that is still gathering.",
    )


class ItemUnknown(Invalid):
    """The item is in no catalogue of this cooperative."""

    code = "item_unknown"
    field = "item"
    message = Text(ko="품목을 찾을 수 없습니다.", en="There is no such item.")


class AskedRecently(Conflict):
    """The firm was asked a few days ago."""

    code = "asked_recently"
    message = Text(
        ko="최근 7일 안에 이미 물었습니다. 답을 기다려 주십시오.",
        en="It was asked within the past seven days. Please wait for its answer.",
    )


class ContactInvalid(Invalid):
    """A way, an answer or a time that there is none of."""

    code = "contact_invalid"
    message = Text(ko="{field} 값을 확인해 주십시오.", en="Please check: {field}.")

    @property
    def fields(self) -> Any:
        """The field it is about."""
        return {str(self.values["field"]): [(self.code, self.text)]}


def suggest_campaign(*, actor: Actor, firm_id: UUID, campaign_id: UUID, said: str = "") -> Contact:
    """The office suggests an open campaign to a member. Again: changes and tells nothing.

    Raises NotFound, LeftAlone, CampaignNotJoinable.
    """
    with transaction.atomic():
        member = _locked_member(actor, firm_id)
        at = clock.now()
        campaign = (
            campaigns.visible_to(actor)
            .filter(campaigns.for_division_of(firm_id))
            .filter(pk=campaign_id, state="open", closes_at__gt=at)
        ).first()
        if campaign is None:
            raise CampaignNotJoinable
        return _suggest(member, actor, at, "campaign", said, campaign=campaign)


def suggest_pool(*, actor: Actor, firm_id: UUID, pool_id: UUID, said: str = "") -> Contact:
    """The office tells a member of a pool it could state its need to. Again: changes nothing.

    Raises NotFound, LeftAlone, PoolNotOpen.
    """
    with transaction.atomic():
        member = _locked_member(actor, firm_id)
        pool = pools_visible_to(actor).filter(pk=pool_id, state="open").first()
        if pool is None:
            raise PoolNotOpen
        return _suggest(member, actor, clock.now(), "pool", said, pool=pool)


def ask_for_needs(
    *, actor: Actor, firm_id: UUID, said: str = "", item_id: UUID | None = None
) -> Contact:
    """The office asks a member what it needs, of an item or at all.

    Raises NotFound, LeftAlone, ItemUnknown, AskedRecently.
    """
    with transaction.atomic():
        member = _locked_member(actor, firm_id)
        at = clock.now()
        item = None
        if item_id is not None:
            item = items_of(member.cooperative_id).filter(pk=item_id).first()
            if item is None:
                raise ItemUnknown
        if Contact.objects.filter(
            cooperative_id=member.cooperative_id, firm_id=firm_id, about="needs",
            at__gt=at - ASK_EVERY,
        ).exists():  # fmt: skip
            raise AskedRecently
        return _write(member, actor, at, about="needs", how="product", said=said, item=item,
                      kind="needs_asked")  # fmt: skip


def introduce_member(
    *, actor: Actor, firm_id: UUID, giver_id: UUID, reason: str, listing_id: UUID | None = None
) -> Introduction:
    """The office proposes to introduce a member to one that offers what it lacks.

    A contact with the first is written down. Raises NotFound, LeftAlone (either firm) and what
    propose_introduction raises.
    """
    with transaction.atomic():
        member = _locked_member(actor, firm_id)
        if queries.is_left_alone(member.cooperative_id, [giver_id]):
            raise LeftAlone
        row = propose_introduction(
            actor=actor, seeker_id=firm_id, giver_id=giver_id, reason=reason, listing_id=listing_id
        )
        _write(member, actor, row.created_at, about="introduction", how="product", said=reason,
               introduction=row, kind="contact_made")  # fmt: skip
        return row


def record_contact(
    *,
    actor: Actor,
    firm_id: UUID,
    how: str,
    at: datetime | None = None,
    said: str = "",
    answer: str = "",
    outcome: str = "",
    follow_up_date: date | None = None,
) -> Contact:
    """The office writes down that it spoke with a member; what was to be followed up before, was.

    Raises NotFound, LeftAlone, ContactInvalid.
    """
    with transaction.atomic():
        member = _locked_member(actor, firm_id)
        now = clock.now()
        _check(how=how, at=at or now, now=now, answer=answer)
        return _write(
            member,
            actor,
            at or now,
            about="talk",
            how=how,
            said=said,
            answer=answer,
            answered_at=(at or now) if answer else None,
            outcome=outcome,
            follow_up_date=follow_up_date,
            kind="contact_made",
        )


def change_contact(*, actor: Actor, contact_id: UUID, **changes: Any) -> Contact:
    """The office notes the answer, what came of it, or another day to follow up.

    changes: any of answer, outcome, follow_up_date. Raises NotFound, ContactInvalid.
    """
    with transaction.atomic():
        row = queries.locked_contact(actor, contact_id)
        now = clock.now()
        _check(how=row.how, at=row.at, now=now, answer=changes.get("answer", row.answer))
        changes = {name: new for name, new in changes.items() if getattr(row, name) != new}
        if not changes:
            return row
        before = {name: str(getattr(row, name) or "") for name in changes}
        if "answer" in changes:
            changes["answered_at"] = now if changes["answer"] else None
        _save(row, changes)
        after = {f"new_{name}": str(value or "") for name, value in changes.items()}
        _note(row, "contact_changed", actor, now, data=before | after)
        return row


def answer_proposal(*, actor: Actor, contact_id: UUID, answer: str, note: str = "") -> Contact:
    """A firm answers what its office suggested; the office hears of it. The same: changes nothing.

    Raises NotFound, ContactInvalid.
    """
    if answer not in {"interested", "later", "not_interested"}:
        raise ContactInvalid(field="answer")
    with transaction.atomic():
        row = queries.locked_proposal(actor, contact_id)
        if (row.answer, row.outcome) == (answer, note):
            return row
        at = clock.now()
        _save(row, {"answer": answer, "answered_at": at, "outcome": note})
        _note(row, "proposal_answered", actor, at, data={"answer": answer}, why=note)
        wake_pipeline()
        return row


def _locked_member(actor: Actor, firm_id: UUID) -> Membership:
    """Lock the firm's active membership in the actor's cooperative, unless it is left alone."""
    member = (
        Membership.objects.select_for_update(no_key=True, of=("self",))
        .select_related("cooperative")
        .filter(cooperative_id=actor.cooperative_id, firm_id=firm_id, state="active")
        .first()
        if actor.is_office
        else None
    )
    if member is None:
        raise NotFound
    if queries.is_left_alone(member.cooperative_id, [firm_id]):
        raise LeftAlone
    return member


def _suggest(
    member: Membership, actor: Actor, at: datetime, about: str, said: str, **what: Any
) -> Contact:
    before = Contact.objects.filter(
        cooperative_id=member.cooperative_id, firm_id=member.firm_id, about=about, **what
    ).first()
    return before or _write(
        member, actor, at, about=about, how="product", said=said, kind=f"{about}_suggested", **what
    )


def _write(member: Membership, actor: Actor, at: datetime, *, kind: str, **fields: Any) -> Contact:
    now = clock.now()
    why = queries.why_left_out(member.cooperative_id, member.firm_id, now)
    Contact.objects.filter(
        cooperative_id=member.cooperative_id, firm_id=member.firm_id,
        follow_up_date__isnull=False,
    ).update(follow_up_date=None)  # fmt: skip
    row = Contact.objects.create(
        cooperative_id=member.cooperative_id,
        firm_id=member.firm_id,
        at=at,
        reasons=list(why.reasons) if why else [],
        person_id=actor.user_id,
        created_at=now,
        **fields,
    )
    _note(row, kind, actor, now, why=row.said, data={"how": row.how, "reasons": row.reasons})
    wake_pipeline()
    return row


def _save(row: Contact, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def _note(row: Contact, kind: str, actor: Actor, at: datetime, **about: Any) -> None:
    record(row, kind=kind, actor=actor, at=at, cooperative_id=row.cooperative_id,
           firm_id=row.firm_id, **about)  # fmt: skip


def _check(*, how: str, at: datetime, now: datetime, answer: str) -> None:
    if how not in HOW:
        raise ContactInvalid(field="how")
    if answer not in ANSWERS:
        raise ContactInvalid(field="answer")
    if not now - LATEST <= at <= now + timedelta(minutes=5):
        raise ContactInvalid(field="at")
