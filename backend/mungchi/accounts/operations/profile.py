"""A cooperative's office changes what the cooperative says of itself, its rules, its account."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import ACCOUNT_CHANGE
from mungchi.accounts.models import AccountChange, Cooperative, MemberFee
from mungchi.accounts.operations.cooperatives import clean_zone
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.locks import MEMBER_FEES, hold
from mungchi.common.text import Text

PROFILE = (
    "name", "name_en", "region", "representative", "address", "phone", "zone", "currency",
    "payment_days", "grace_days", "default_rationing", "default_open_days", "vat_rate_bp",
    "host_fee_bp", "member_fee_bp", "typed_close_from",
)  # fmt: skip
ACCOUNT = ("bank_name", "bank_account", "bank_holder")
# Refused by a trigger (campaigns/migrations/0020), because campaigns are not known here.
KEPT_WHILE_RUNNING = "running_campaigns_keep_currency_and_zone"


class CampaignsRunning(Conflict):
    """Deadlines are read in the zone and prices in the currency of what runs."""

    code = "campaigns_running"
    message = Text(
        ko="끝나지 않은 공동구매나 모으고 있는 구매 수요가 있는 동안에는 통화와 시간대를 바꿀 수 "
        "없습니다.",
        en="Currency and time zone cannot change while campaigns run or needs are gathering.",
    )


class AccountUnchanged(Invalid):
    """It is the account already."""

    code = "account_unchanged"
    field = "bank_account"
    message = Text(
        ko="지금 쓰고 있는 계좌와 같습니다.", en="This is the account that is used already."
    )


class AccountChangeWaiting(Conflict):
    """One change of account at a time is decided on."""

    code = "account_change_waiting"
    message = Text(
        ko="확인을 기다리는 계좌 변경이 있습니다. 먼저 확인하거나 거둬 주십시오.",
        en="Another change of account is waiting. Please confirm or call it off first.",
    )


class SecondPersonNeeded(NotAllowed):
    """Who proposed an account does not confirm it."""

    code = "second_person_needed"
    message = Text(
        ko="계좌 변경은 제안한 사람이 아닌 다른 담당자가 확인해야 합니다.",
        en="A change of account is confirmed by another coordinator than the one who proposed it.",
    )


def change_cooperative(*, actor: Actor, **changes: Any) -> Cooperative:
    """The office changes any of PROFILE; the same again changes nothing.

    Fees hold for campaigns that are drafted (its own) or opened (others') from now on. Raises
    ZoneUnknown, CampaignsRunning.
    """
    if "zone" in changes:
        clean_zone(changes["zone"])
    try:
        with transaction.atomic():
            cooperative = queries.locked_cooperative(actor.cooperative_id)
            fresh = {n: v for n, v in changes.items() if getattr(cooperative, n) != v}
            if not fresh:
                return cooperative
            before = {name: getattr(cooperative, name) for name in fresh}
            for name, value in fresh.items():
                if name not in PROFILE:
                    raise TypeError(f"{name} is not changed here")
                setattr(cooperative, name, value)
            cooperative.save(update_fields=list(fresh))
            at = _member_fee_from(cooperative) if "member_fee_bp" in fresh else clock.now()
            record(
                cooperative, kind="cooperative_changed", actor=actor, at=at,
                cooperative_id=cooperative.pk, data={"before": before, "after": fresh},
            )  # fmt: skip
            return cooperative
    except IntegrityError as error:
        if KEPT_WHILE_RUNNING not in str(error):
            raise
        raise CampaignsRunning from None


def _member_fee_from(cooperative: Cooperative) -> datetime:
    """Write from when on the cooperative's fee for its members holds, and return that time.

    Openings of campaigns that are under way are waited for: they stay with the fee before.
    """
    hold(MEMBER_FEES)
    at = clock.now()
    MemberFee.objects.create(cooperative=cooperative, rate_bp=cooperative.member_fee_bp, since=at)
    return at


def propose_account(
    *, actor: Actor, bank_name: str, bank_account: str, bank_holder: str
) -> AccountChange:
    """A coordinator names another account; another coordinator confirms it, where there is one.

    Alone, it holds at once and everybody in the office is told by e-mail. The same proposal again:
    no change. Raises AccountUnchanged, AccountChangeWaiting.
    """
    given = {"bank_name": bank_name, "bank_account": bank_account, "bank_holder": bank_holder}
    with transaction.atomic():
        cooperative = queries.locked_cooperative(actor.cooperative_id)
        if all(getattr(cooperative, name) == value for name, value in given.items()):
            raise AccountUnchanged
        waiting = queries.waiting_account_change(cooperative.pk)
        if waiting is not None:
            if all(getattr(waiting, name) == value for name, value in given.items()):
                return waiting
            raise AccountChangeWaiting
        at = clock.now()
        alone = not queries.other_coordinators(cooperative.pk, actor.user_id).exists()
        change = AccountChange.objects.create(
            cooperative=cooperative,
            proposed_by_id=actor.user_id,
            proposed_at=at,
            alone=alone,
            state="confirmed" if alone else "proposed",
            decided_by_id=actor.user_id if alone else None,
            decided_at=at if alone else None,
            **given,
        )
        if alone:
            _use(change, actor)
        else:
            record(
                change, kind="account_change_proposed", actor=actor, at=at,
                moved=("", "proposed"), thread=cooperative.pk, cooperative_id=cooperative.pk,
                data={"before": _account_of(cooperative), "after": given},
            )  # fmt: skip
        wake_pipeline()
        return change


def confirm_account(*, actor: Actor, change_id: UUID) -> AccountChange:
    """A second coordinator confirms an account: from now on it is told to whoever has to pay.

    Again: changes nothing. Raises NotFound, SecondPersonNeeded.
    """
    with transaction.atomic():
        change = queries.locked_account_change(actor, change_id)
        if change.state == "confirmed":
            return change
        if change.proposed_by_id == actor.user_id:
            raise SecondPersonNeeded
        _decide(change, "confirmed", actor, kind="account_change_confirmed")
        _use(change, actor)
        wake_pipeline()
        return change


def decline_account(*, actor: Actor, change_id: UUID, why: str) -> AccountChange:
    """A coordinator declines another's account, or calls its own proposal off. Again: no change."""
    with transaction.atomic():
        change = queries.locked_account_change(actor, change_id)
        if change.state == "declined":
            return change
        _decide(change, "declined", actor, kind="account_change_declined", why=why)
        wake_pipeline()
        return change


def _decide(change: AccountChange, to: str, actor: Actor, *, kind: str, why: str = "") -> None:
    change.decided_by_id, change.decided_at = actor.user_id, clock.now()
    set_state(
        change, to, machine=ACCOUNT_CHANGE, kind=kind, actor=actor, at=change.decided_at, why=why,
        also=("decided_by", "decided_at"), thread=change.cooperative_id,
        cooperative_id=change.cooperative_id,
    )  # fmt: skip


def _use(change: AccountChange, actor: Actor) -> None:
    cooperative = queries.locked_cooperative(change.cooperative_id)
    before = _account_of(cooperative)
    for name in ACCOUNT:
        setattr(cooperative, name, getattr(change, name))
    cooperative.save(update_fields=list(ACCOUNT))
    record(
        cooperative, kind="account_changed", actor=actor, at=change.decided_at,
        thread=cooperative.pk, cooperative_id=cooperative.pk,
        data={"before": before, "after": _account_of(cooperative)},
    )  # fmt: skip


def _account_of(cooperative: Cooperative) -> dict[str, str]:
    return {name: getattr(cooperative, name) for name in ACCOUNT}
