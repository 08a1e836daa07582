"""Paying a campaign's supplier: prepared, approved by a second person, sent, perhaps come back.

Locks: the campaign, then the payout. So what the supplier is owed is read once for two that prepare
at the same time, and refunds of the campaign (which share its lock) come before or after.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries as places
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Firm, Seat
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import PAYOUT, PAYOUT_LIVE
from mungchi.payments.models import Payout
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.payments.operations.payees import payable_account
from mungchi.payments.operations.payout_errors import (
    AccountChangedSince,
    AnotherApproves,
    EarlyReasonNeeded,
    NoSupplierAccount,
    NothingOwed,
    NotTyped,
    OwnFirmPaid,
    PaidAhead,
    PayoutBlocked,
    PayoutNotOpen,
    PayoutUnderWay,
    StillOutstanding,
)
from mungchi.payments.providers import BANK_TRANSFER
from mungchi.payments.queries.disputes import open_disputes_of
from mungchi.payments.queries.events import open_items_of
from mungchi.payments.queries.terms import outstanding_of, terms_of

CLAIMED: Final = Text(
    ko="클레임이 받아들여져 지급할 금액이 달라졌습니다. 다시 준비해 주십시오.",
    en="A claim was accepted, so the amount has changed. Please prepare it anew.",
)

# Why money of a campaign must not be paid out yet; another part of payments adds its own.
Block = Callable[[Campaign], list[Text]]


def _not_booked(campaign: Campaign) -> list[Text]:
    if not queries.paid_and_not_booked_as_sold(campaign):
        return []
    return [
        Text(
            ko="대금 확정이 아직 장부에 기록되지 않았습니다. 잠시 뒤에 다시 해 주십시오.",
            en="The sale is not in the books yet. Please try again in a moment.",
        )
    ]


def _not_settled(campaign: Campaign) -> list[Text]:
    count = open_items_of(campaign.pk).count()
    if not count:
        return []
    return [
        Text(
            ko="결제대행사와 맞춰 볼 항목 {count}건을 먼저 정리해 주십시오.",
            en="{count} open {count:item|items} with the payment provider must be settled first.",
        ).format(count=count)
    ]


def _disputed(campaign: Campaign) -> list[Text]:
    count = open_disputes_of(campaign.pk).count()
    if not count:
        return []
    return [
        Text(
            ko="카드사에 이의가 제기된 결제 {count}건이 끝나야 지급할 수 있습니다.",
            en="{count} disputed {count:payment|payments} must be over first.",
        ).format(count=count)
    ]


def _still_owed(campaign: Campaign) -> list[Text]:
    """Only where the cooperative does not carry what its firms owe on account."""
    owed = outstanding_of(campaign.pk)
    if not owed.firms or not terms_of(campaign.host).holds_payout:
        return []
    return [
        Text(
            ko="외상으로 남은 대금이 있습니다(기업 {count}곳, {amount}). 모두 입금된 뒤에 "
            "지급하기로 정해져 있습니다.",
            en="{count} {count:firm still owes|firms still owe} {amount} on account, and the "
            "cooperative has chosen to pay out once all is there.",
        ).format(count=owed.firms, amount=amount_label(owed.amount, campaign.currency))
    ]


BLOCKS: Final[list[Block]] = [_not_booked, _not_settled, _still_owed, _disputed]


def blocks_payout(campaign: Campaign) -> list[Text]:
    """Why the supplier of a campaign cannot be paid now; an empty list: nothing is in the way.

    Asked when a payout is prepared, approved and sent.
    """
    return [why for block in BLOCKS for why in block(campaign)]


def prepare_payout(
    *,
    actor: Actor,
    campaign_id: UUID,
    early: str = "",
    outstanding: int = 0,
    way: str = BANK_TRANSFER.name,
) -> Payout:
    """The office prepares a payout over all that the supplier is owed and was not paid.

    `way`: a transfer of the office's own to the account that the supplier has named, or a provider
    that sends it to the supplier's connected account; either as it stands now. `early`:
    why before every firm has received its goods. `outstanding`: what firms still owe on account
    (minor units), as it was shown: the cooperative carries it, and that is confirmed. While one is
    under way: that one, and nothing changes. Raises NotFound, NothingOwed, PayoutBlocked,
    NoSupplierAccount, EarlyReasonNeeded, StillOutstanding, PayoutUnderWay, and what
    `payable_account` does.
    """
    with transaction.atomic():
        queries.hosted_seen_by(actor, campaign_id)
        campaign = campaigns.locked(campaign_id)
        waiting = Payout.objects.filter(campaign=campaign, state__in=PAYOUT_LIVE).first()
        if waiting is not None:
            asked = (actor.user_id, early.strip(), way)
            if asked == (waiting.requested_by_id, waiting.early, waiting.way):
                return queries.locked_payout(waiting.pk)
            raise PayoutUnderWay
        at = clock.now()
        payout = _prepared(campaign, actor, at, early.strip(), outstanding, way)
        payout.save(force_insert=True)
        record(payout, kind="payout_requested", actor=actor, at=at, moved=("", "requested"),
               why=payout.early, **about_payout(payout))  # fmt: skip
        wake_pipeline()
        return payout


def _prepared(
    campaign: Campaign, actor: Actor, at: datetime, early: str, confirmed: int, way: str
) -> Payout:
    owed = queries.owed_to_supplier(campaign)
    if campaign.state not in {"delivering", "completed"} or owed.open <= 0:
        raise NothingOwed
    check_free(campaign)
    missing = queries.not_received(campaign)
    if missing and not early:
        raise EarlyReasonNeeded(count=missing)
    still = outstanding_of(campaign.pk)
    if still.amount > confirmed:
        raise StillOutstanding(
            count=still.firms, amount=amount_label(still.amount, campaign.currency)
        )
    order = campaign.purchase_order
    return Payout(
        campaign=campaign, cooperative_id=campaign.host_id, supplier_id=order.supplier_id,
        number=Payout.objects.filter(campaign=campaign).count() + 1, way=way,
        currency=campaign.currency, amount=owed.open,
        goods=order.supply_value + order.price_difference,
        delivery=order.delivery_cost, vat=order.vat, deducted=owed.deducted, earlier=owed.paid,
        outstanding=still.amount, fees=queries.fees_of(campaign),
        **_where_to(campaign, order.supplier, way, owed.open),
        early=early if missing else "", requested_by_id=actor.user_id, requested_at=at,
    )  # fmt: skip


def _where_to(campaign: Campaign, supplier: Firm, way: str, amount: int) -> dict[str, Any]:
    """The columns that say where a payout goes."""
    if way != BANK_TRANSFER.name:
        payee = payable_account(campaign.host_id, supplier, way, amount, campaign.currency)
        return {"payee": payee}
    account = queries.account_of(supplier.pk)
    if account is None:
        raise NoSupplierAccount(supplier=supplier.name)
    return {"bank_name": account.bank_name, "bank_account": account.bank_account,
            "bank_holder": account.bank_holder}  # fmt: skip


def approve_payout(*, actor: Actor, payout_id: UUID, typed: str = "") -> Payout:
    """A second coordinator approves a payout, so that it may be sent. Again: changes nothing.

    Who has nobody beside them in the office approves their own by typing the supplier's name; that
    they were alone stays with the payout. Raises NotFound, AnotherApproves, NotTyped, OwnFirmPaid,
    AccountChangedSince, PayoutBlocked, PayoutNotOpen.
    """
    with transaction.atomic():
        payout, campaign = held_payout(actor, payout_id)
        if payout.state == "approved":
            return payout
        if payout.state != "requested":
            raise PayoutNotOpen
        if Seat.objects.filter(firm_id=payout.supplier_id, user_id=actor.user_id).exists():
            raise OwnFirmPaid
        payout.alone = payout.requested_by_id == actor.user_id
        if payout.alone:
            if places.other_coordinators(payout.cooperative_id, actor.user_id).exists():
                raise AnotherApproves
            if " ".join(typed.split()) != " ".join(payout.supplier.name.split()):
                raise NotTyped(name=payout.supplier.name)
        check_account(payout)
        check_free(campaign)
        at = clock.now()
        payout.approved_by_id, payout.approved_at = actor.user_id, at
        move_payout(payout, "approved", actor, at, kind="payout_approved",
                    also=("approved_by", "approved_at", "alone"))  # fmt: skip
        return payout


def cancel_payout(*, actor: Actor, payout_id: UUID, why: str) -> Payout:
    """The office calls a payout off before it is sent. Again: changes nothing.

    Raises NotFound, PayoutNotOpen.
    """
    with transaction.atomic():
        payout, _ = held_payout(actor, payout_id)
        if payout.state == "cancelled":
            return payout
        if payout.state not in {"requested", "approved"}:
            raise PayoutNotOpen
        payout.note = why
        move_payout(payout, "cancelled", actor, clock.now(), kind="payout_cancelled", why=why)
        return payout


def call_off_prepared(campaign: Campaign, at: datetime) -> None:
    """Call off what is prepared for a (locked) campaign and not sent: its amount is not right any
    more."""
    rows = Payout.objects.filter(campaign=campaign, state__in=["requested", "approved"])
    for pk in rows.values_list("pk", flat=True):
        payout = queries.locked_payout(pk)
        payout.note = CLAIMED.both
        move_payout(payout, "cancelled", SYSTEM, at, kind="payout_cancelled", why=CLAIMED.both)


def mark_paid_out(*, actor: Actor, payout_id: UUID, sent_date: date, note: str) -> Payout:
    """The office made the transfer; `note` says by which. Booked on its day. Again: no change.

    Raises NotFound, PayoutNotOpen, PaidAhead, AccountChangedSince, PayoutBlocked.
    """
    with transaction.atomic():
        payout, campaign = held_payout(actor, payout_id)
        if payout.state == "succeeded" and payout.sent_date == sent_date:
            return payout
        if payout.state != "approved" or payout.way != BANK_TRANSFER.name:
            raise PayoutNotOpen
        at = clock.now()
        if sent_date > at.astimezone(payout.cooperative.timezone).date():
            raise PaidAhead
        check_account(payout)
        check_free(campaign)
        payout.sent_date, payout.note = sent_date, note
        book(payout_books(payout, sent_date, at),
             Booking("paid_out", None, payout.supplier_id,
                     ledger.paid_out(payout.amount, payout.supplier_id),
                     payout_id=payout.pk))  # fmt: skip
        move_payout(
            payout, "succeeded", actor, at, kind="payout_sent", why=note, also=("sent_date",)
        )
        return payout


def payout_came_back(*, actor: Actor, payout_id: UUID, why: str) -> Payout:
    """The bank sent a payout back, or it was recorded by mistake: it is owed again.

    Of one that a provider sent, the provider says so. Again: changes nothing. Raises NotFound,
    PayoutNotOpen.
    """
    with transaction.atomic():
        payout, _ = held_payout(actor, payout_id)
        if payout.state == "reversed":
            return payout
        if payout.state != "succeeded" or payout.way != BANK_TRANSFER.name:
            raise PayoutNotOpen
        at = clock.now()
        sent = payout.entries.get(reverses__isnull=True)
        payout.note = why
        book(payout_books(payout, at.astimezone(payout.cooperative.timezone).date(), at),
             Booking("paid_out_undone", None, payout.supplier_id,
                     ledger.turned(queries.lines_booked(sent)), payout_id=payout.pk,
                     reverses_id=sent.pk))  # fmt: skip
        move_payout(payout, "reversed", actor, at, kind="payout_reversed", why=why)
        return payout


def held_payout(actor: Actor, pk: UUID) -> tuple[Payout, Campaign]:
    """Lock the campaign, then the payout; only for the office that pays."""
    seen = queries.paid_by(actor, pk)
    campaign = campaigns.locked(seen.campaign_id)
    return queries.locked_payout(pk), campaign


def check_free(campaign: Campaign) -> None:
    """Raise PayoutBlocked where something is in the way."""
    blocks = blocks_payout(campaign)
    if blocks:
        raise PayoutBlocked(why=Text(ko=" ".join(each.ko for each in blocks),
                                     en=" ".join(each.en for each in blocks)))  # fmt: skip


def check_account(payout: Payout) -> None:
    """Raise AccountChangedSince, or what `payable_account` does, where it cannot go there now."""
    account = queries.account_of(payout.supplier_id)
    now = account and (account.bank_name, account.bank_account, account.bank_holder)
    if payout.payee_id is not None:
        payable_account(payout.cooperative_id, payout.supplier, payout.way, payout.amount,
                        payout.currency, payout.payee_id)  # fmt: skip
    elif now != (payout.bank_name, payout.bank_account, payout.bank_holder):
        raise AccountChangedSince


def payout_books(payout: Payout, day: date, at: datetime) -> Books:
    """The books that a payout is in."""
    return Books(payout.cooperative_id, payout.campaign_id, payout.currency, day, at)


def about_payout(payout: Payout) -> dict[str, object]:
    """What the history says of every step of a payout."""
    return {
        "thread": payout.campaign_id, "cooperative_id": payout.cooperative_id,
        "firm_id": payout.supplier_id,
        "data": {"amount": payout.amount, "currency": payout.currency, "number": payout.number,
                 "alone": payout.alone, "way": payout.way},
    }  # fmt: skip


def move_payout(
    payout: Payout,
    to: str,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    why: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """Move a (locked) payout on, with everything its history says."""
    set_state(payout, to, machine=PAYOUT, kind=kind, actor=actor, at=at, why=why,
              also=("note", *also), **about_payout(payout))  # fmt: skip
    wake_pipeline()
