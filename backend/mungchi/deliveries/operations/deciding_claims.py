"""What comes of a claim: the supplier answers, the firm agrees or not, the office decides.

Whoever decides only says so; the money is moved by the pipeline (settling_claims), because neither
supplier nor firm sees the other's payments or the books.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.queries import other_coordinators
from mungchi.common.errors import NotFound
from mungchi.common.history import record
from mungchi.common.money import amount_label
from mungchi.deliveries import queries
from mungchi.deliveries.domain.claims import UNDECIDED, WAITS_FOR, fits, parts_of_claim, worth
from mungchi.deliveries.models import Claim
from mungchi.deliveries.operations.claim_errors import (
    AmountTooHigh,
    ClaimNotOpen,
    OwnFirmDecides,
    PartsWrong,
    QuantityOfRemedy,
    RemedyDoesNotFit,
    SentMeanwhile,
    WordsNeeded,
)
from mungchi.deliveries.operations.claiming import about, held_claim, move_claim, side_of, step
from mungchi.payments.domain.refunding import supplier_part
from mungchi.payments.operations import worth_of

TERMS: Final = ("remedy", "settled_quantity", "settled_parts", "settled_amount", "answer")
WAITING: Final = ("waits_since", "answer_by")
DECIDED: Final = ("decided_by", "decided_at", "alone", "answer_by")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is proposed or decided: refund or replacement over so many units, or none.

    `amount`: of a refund, the supplier's part with VAT in minor units where it is less than the
    units are worth. `parts`: variant -> how many, where there are several and not all are meant.
    """

    remedy: str
    quantity: int = 0
    amount: int | None = None
    parts: Mapping[str, int] | None = None


def answer_claim(*, actor: Actor, claim_id: UUID, terms: Terms, words: str) -> Claim:
    """The supplier answers: as the firm wants it, which is accepted at once, or otherwise with its
    reason, which the firm may agree to.

    The same again: changes nothing. Raises NotFound, ClaimNotOpen, WordsNeeded, and what
    `_checked` raises.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "supplier":
            raise NotFound
        if claim.state != "open":
            if _answered_so(claim, terms, words):
                return claim
            raise ClaimNotOpen
        parts = _checked(claim, terms)
        whole = terms.remedy == claim.wish and terms.quantity == claim.quantity
        as_wanted = whole and terms.amount is None
        if not as_wanted and not words.strip():
            raise WordsNeeded
        _say(claim, terms, parts, words)
        step(claim, "supplier", "answered", at, text=words, remedy=terms.remedy,
             quantity=terms.quantity or None, amount=terms.amount)  # fmt: skip
        if as_wanted:
            _accept(claim, actor, at, by="supplier", kind="claim_accepted", why=words)
        else:
            _wait(claim, at)
            move_claim(claim, "offered", actor, at, kind="claim_answered", why=words,
                       also=(*TERMS, *WAITING))  # fmt: skip
        return claim


def reply_to_answer(*, actor: Actor, claim_id: UUID, agree: bool, words: str) -> Claim:
    """The firm agrees to what the supplier proposed (also to its refusal), or says why not: then
    the office decides. Again alike: changes nothing.

    Raises NotFound, ClaimNotOpen, WordsNeeded, SentMeanwhile.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "firm":
            raise NotFound
        if claim.state != "offered":
            if claim.state in _after_reply(agree) and claim.decided_by in {"", "firm"}:
                return claim
            raise ClaimNotOpen
        if not agree and not words.strip():
            raise WordsNeeded
        step(claim, "firm", "agreed" if agree else "disagreed", at, text=words)
        if not agree:
            _wait(claim, at)
            move_claim(claim, "deciding", actor, at, kind="claim_disputed", why=words,
                       also=WAITING)  # fmt: skip
        elif claim.remedy == "none":
            _refuse(claim, actor, at, by="firm", why=words)
        else:
            _check_unsent(claim, claim.settled_quantity or 0)
            _accept(claim, actor, at, by="firm", kind="claim_accepted", why=words)
        return claim


def decide_claim(*, actor: Actor, claim_id: UUID, terms: Terms, why: str) -> Claim:
    """The host's office decides what supplier and firm do not agree on, with a written reason.

    Who has a seat in one of the two firms does not, unless nobody else is in the office; that stays
    with the claim. The same again: changes nothing. Raises NotFound, ClaimNotOpen, OwnFirmDecides,
    WordsNeeded, and what `_checked` raises.
    """
    with transaction.atomic():
        claim, at = held_claim(actor, claim_id)
        if side_of(actor, claim) != "office":
            raise NotFound
        if claim.state != "deciding":
            if claim.decided_by == "office" and _same_terms(claim, terms, why):
                return claim
            raise ClaimNotOpen
        if not why.strip():
            raise WordsNeeded
        if queries.has_seat_beside(actor.user_id, claim):
            if other_coordinators(claim.host_id, actor.user_id).exists():
                raise OwnFirmDecides
            claim.alone = True
        parts = _checked(claim, terms)
        _say(claim, terms, parts, why)
        step(claim, "office", "decided", at, text=why, remedy=terms.remedy,
             quantity=terms.quantity or None, amount=terms.amount)  # fmt: skip
        if terms.remedy == "none":
            _refuse(claim, actor, at, by="office", why=why)
        else:
            _accept(claim, actor, at, by="office", kind="claim_decided", why=why)
        return claim


def pass_on_claim(*, claim_id: UUID, at: datetime) -> int:
    """Who had to answer was silent past their time: the office decides. 0 when it is not time."""
    with transaction.atomic():
        claim = queries.locked_claim(claim_id)
        if claim.state not in {"open", "offered"} or not claim.answer_by or claim.answer_by > at:
            return 0
        silent = WAITS_FOR[claim.state]
        step(claim, "clock", f"silent_{silent}", at)
        _wait(claim, at)
        move_claim(claim, "deciding", SYSTEM, at, kind="claim_passed_on", also=WAITING,
                   silent=silent)  # fmt: skip
        return 1


def remind_of_claim(*, claim_id: UUID, at: datetime) -> int:
    """Whoever has to answer a claim is told that their time runs out: once each time."""
    with transaction.atomic():
        claim = queries.locked_claim(claim_id)
        done = claim.reminded_at is not None and claim.reminded_at >= claim.waits_since
        if claim.state not in UNDECIDED or done:
            return 0
        claim.reminded_at = at
        claim.save(update_fields=["reminded_at"])
        record(claim, kind="claim_still_waits", actor=SYSTEM, at=at,
               **about(claim, waits_for=WAITS_FOR[claim.state]))  # fmt: skip
        return 1


def _checked(claim: Claim, terms: Terms) -> list[dict[str, object]]:
    """The units by variant that the terms are over.

    Raises RemedyDoesNotFit, QuantityOfRemedy, PartsWrong, AmountTooHigh, SentMeanwhile.
    """
    if terms.remedy == "none":
        return []
    if not fits(claim.kind, terms.remedy):
        raise RemedyDoesNotFit
    if not 1 <= terms.quantity <= claim.quantity:
        raise QuantityOfRemedy(most=claim.quantity)
    parts = parts_of_claim(terms.quantity, terms.parts, claim.parts)
    if parts is None:
        raise PartsWrong
    most = value_of(claim, terms.quantity, parts)
    if terms.amount is not None and (terms.remedy != "refund" or terms.amount > most):
        raise AmountTooHigh(most=amount_label(most, claim.order.currency))
    if terms.remedy == "refund":
        _check_unsent(claim, terms.quantity)
    return parts


def value_of(claim: Claim, quantity: int, parts: list[dict[str, object]]) -> int:
    """What so many units of a claim are worth: the supplier's part with VAT, minor units."""
    order = claim.order
    units = worth(quantity, parts, ordered=order.quantity, order_parts=order.parts,
                  supply_value=order.supply_value)  # fmt: skip
    return supplier_part(worth_of(order, queries.units_before(claim), units))


def _check_unsent(claim: Claim, quantity: int) -> None:
    if claim.kind == "late":
        left = queries.unsent_of(claim.order)
        if quantity > left:
            raise SentMeanwhile(left=max(left, 0))


def _say(claim: Claim, terms: Terms, parts: list[dict[str, object]], words: str) -> None:
    claim.remedy, claim.answer = terms.remedy, words
    claim.settled_quantity = terms.quantity if terms.remedy != "none" else None
    claim.settled_parts, claim.settled_amount = parts, terms.amount


def _wait(claim: Claim, at: datetime) -> None:
    """Somebody else has to answer from now on."""
    days = queries.rules_of(claim.host_id, at).answer_days
    claim.waits_since, claim.answer_by = at, at + timedelta(days=days)


def _accept(
    claim: Claim, actor: Actor, at: datetime, *, by: str, kind: str, why: str
) -> None:  # fmt: skip
    claim.decided_by, claim.decided_at, claim.answer_by = by, at, None
    move_claim(claim, "accepted", actor, at, kind=kind, why=why, also=(*TERMS, *DECIDED))


def _refuse(claim: Claim, actor: Actor, at: datetime, *, by: str, why: str) -> None:
    claim.decided_by, claim.decided_at, claim.answer_by = by, at, None
    move_claim(claim, "refused", actor, at, kind="claim_refused", why=why,
               also=(*TERMS, *DECIDED), by=by)  # fmt: skip


def _after_reply(agree: bool) -> tuple[str, ...]:
    return ("accepted", "settled", "refused") if agree else ("deciding",)


def _answered_so(claim: Claim, terms: Terms, words: str) -> bool:
    answered = claim.state == "offered" or claim.decided_by == "supplier"
    return answered and _same_terms(claim, terms, words)


def _same_terms(claim: Claim, terms: Terms, words: str) -> bool:
    quantity = terms.quantity if terms.remedy != "none" else None
    return (claim.remedy, claim.settled_quantity, claim.settled_amount, claim.answer) == (
        terms.remedy, quantity, terms.amount, words,
    )  # fmt: skip
