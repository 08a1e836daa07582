"""What the office does about a dispute: keeps things together, answers it at the provider by hand,
or gives it up there, and writes down that it did. Nothing of this is sent anywhere."""

from datetime import date
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.papers import take
from mungchi.common.text import Text
from mungchi.payments.domain.disputes import MOST_FILES, reminders_due
from mungchi.payments.domain.states import OPEN_DISPUTES
from mungchi.payments.models import Dispute, DisputeFile, DisputeNote
from mungchi.payments.operations.disputes import about
from mungchi.payments.queries import disputes as queries


class DisputeOver(Conflict):
    """The bank has decided."""

    code = "dispute_over"
    message = Text(ko="이미 끝난 이의 제기입니다.", en="This dispute is over.")


class SubmittedAhead(Invalid):
    """What was submitted was submitted by today."""

    code = "date_ahead"
    field = "submitted_on"
    message = Text(ko="제출일은 오늘까지만 입력할 수 있습니다.", en="The date cannot lie ahead.")


class SubmittedTooEarly(Invalid):
    """Nobody answers what has not begun."""

    code = "date_before"
    field = "submitted_on"
    message = Text(
        ko="제출일이 이의 제기일보다 빠릅니다.", en="The dispute had not begun on that day."
    )


class TooManyDisputeFiles(Conflict):
    """As many as anybody reads."""

    code = "too_many_dispute_files"
    message = Text(
        ko=f"파일은 {MOST_FILES}개까지 보관할 수 있습니다. 필요 없는 것을 먼저 지워 주십시오.",
        en=f"There can be {MOST_FILES} files. Please delete one that is not needed.",
    )


class NotConfirmed(Invalid):
    """Giving a dispute up cannot be taken back at the provider."""

    code = "not_confirmed"
    field = "confirmed"
    message = Text(
        ko="결제대행사 화면에서 이의 제기를 받아들였는지 확인해 주십시오.",
        en="Please confirm that the dispute was accepted at the provider.",
    )


def note_dispute(*, actor: Actor, dispute_id: UUID, text: str) -> DisputeNote:
    """Somebody of the office writes something down. Raises NotFound."""
    with transaction.atomic():
        dispute = _held(actor, dispute_id)
        at = clock.now()
        note = DisputeNote(
            dispute=dispute, cooperative_id=dispute.cooperative_id, text=text,
            written_by_id=actor.user_id, written_at=at,
        )  # fmt: skip
        note.save(force_insert=True)
        record(dispute, kind="dispute_noted", actor=actor, at=at, why=text, **_kept(dispute))
        return note


def add_dispute_file(
    *, actor: Actor, dispute_id: UUID, filename: str, stream: BinaryIO
) -> DisputeFile:
    """The office keeps a file with a dispute; the same again changes nothing.

    Raises NotFound, TooManyDisputeFiles, DocumentTooLarge, DocumentTypeUnknown.
    """
    taken = take(stream, filename)
    with transaction.atomic():
        dispute = _held(actor, dispute_id)
        files = DisputeFile.objects.filter(dispute=dispute)
        known = files.filter(digest=taken.digest).first()
        if known is not None:
            return known
        if files.count() >= MOST_FILES:
            raise TooManyDisputeFiles
        at = clock.now()
        row = DisputeFile(
            dispute=dispute, cooperative_id=dispute.cooperative_id, uploaded_by_id=actor.user_id,
            uploaded_at=at, **taken.fields(),
        )  # fmt: skip
        row.save(force_insert=True)
        _tell_file(dispute, row, actor, "dispute_file_added")
        return row


def remove_dispute_file(*, actor: Actor, file_id: UUID) -> None:
    """The office throws a file away. Raises NotFound."""
    with transaction.atomic():
        row = queries.dispute_files_visible_to(actor).filter(pk=file_id).first()
        if row is None:
            raise NotFound
        dispute = _held(actor, row.dispute_id)
        DisputeFile.objects.filter(pk=row.pk).delete()
        _tell_file(dispute, row, actor, "dispute_file_removed")


def mark_submitted(*, actor: Actor, dispute_id: UUID, submitted_on: date, note: str) -> Dispute:
    """The office has handed the evidence in at the provider, on a day of its zone.

    Again with other words: these stand from then on. Raises NotFound, DisputeOver, SubmittedAhead,
    SubmittedTooEarly.
    """
    with transaction.atomic():
        dispute = _open(actor, dispute_id)
        at, zone = clock.now(), dispute.cooperative.timezone
        if submitted_on > at.astimezone(zone).date():
            raise SubmittedAhead
        if submitted_on < dispute.opened_at.astimezone(zone).date():
            raise SubmittedTooEarly
        if (dispute.submitted_on, dispute.submitted_note) == (submitted_on, note):
            return dispute
        dispute.submitted_on, dispute.submitted_note = submitted_on, note
        dispute.submitted_by_id = actor.user_id
        dispute.save(update_fields=["submitted_on", "submitted_note", "submitted_by"])
        record(dispute, kind="dispute_submitted", actor=actor, at=at, why=note, **_kept(dispute))
        return dispute


def accept_dispute(*, actor: Actor, dispute_id: UUID, confirmed: bool, why: str) -> Dispute:
    """The office has given the dispute up at the provider, which will say so by itself.

    Again: changes nothing. Raises NotFound, DisputeOver, NotConfirmed.
    """
    with transaction.atomic():
        dispute = _open(actor, dispute_id)
        if dispute.accepted_at is not None:
            return dispute
        if not confirmed:
            raise NotConfirmed
        at = clock.now()
        dispute.accepted_at, dispute.accepted_by_id, dispute.accepted_why = at, actor.user_id, why
        dispute.save(update_fields=["accepted_at", "accepted_by", "accepted_why"])
        record(dispute, kind="dispute_accepted", actor=actor, at=at, why=why, **_kept(dispute))
        return dispute


def remind_of_dispute(*, dispute_id: UUID) -> int:
    """Write down that evidence is due soon, if it is and nobody has seen to it; again: 0."""
    with transaction.atomic():
        dispute, at = queries.locked_dispute(dispute_id), clock.now()
        seen_to = dispute.submitted_on or dispute.accepted_at
        if dispute.state != "needs_response" or seen_to or dispute.due_by is None:
            return 0
        due = reminders_due(dispute.found_at, dispute.due_by, at)
        if due <= dispute.reminded:
            return 0
        dispute.reminded = due
        dispute.save(update_fields=["reminded"])
        record(dispute, kind="dispute_due_soon", actor=SYSTEM, at=at, **about(dispute))
        wake_pipeline()
        return 1


def _held(actor: Actor, pk: UUID) -> Dispute:
    queries.dispute_seen_by(actor, pk)
    return queries.locked_dispute(pk)


def _open(actor: Actor, pk: UUID) -> Dispute:
    dispute = _held(actor, pk)
    if dispute.state not in OPEN_DISPUTES:
        raise DisputeOver
    return dispute


def _kept(dispute: Dispute) -> dict[str, object]:
    """What the history says of what the office keeps, and does at the provider: that is its own,
    and not the firm's, whose bank it is against."""
    return {**about(dispute), "firm_id": None}


def _tell_file(dispute: Dispute, row: DisputeFile, actor: Actor, kind: str) -> None:
    told = _kept(dispute)
    told["data"] = {"file": row.filename, "digest": row.digest, "size": row.size}
    record(dispute, kind=kind, actor=actor, at=clock.now(), **told)
