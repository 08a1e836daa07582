"""A firm says what it is: its profile and its documents."""

from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, FirmDocument
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record
from mungchi.common.papers import take
from mungchi.common.text import Text

PROFILE = ("name", "representative", "address", "phone", "trade")
MOST_DOCUMENTS = 10


class TooManyDocuments(Conflict):
    """A firm keeps MOST_DOCUMENTS at most."""

    code = "too_many_documents"
    message = Text(
        ko="서류는 10개까지 둘 수 있습니다. 필요 없는 서류를 먼저 지워 주십시오.",
        en="A firm keeps ten documents at most. Please delete one that is not needed.",
    )


def change_firm(*, actor: Actor, **changes: str) -> Firm:
    """A firm's people change any of PROFILE; the same again changes nothing."""
    with transaction.atomic():
        firm = Firm.objects.select_for_update(no_key=True).filter(pk=actor.firm_id).first()
        if firm is None:
            raise NotFound
        fresh = {n: v for n, v in changes.items() if getattr(firm, n) != v}
        if not fresh:
            return firm
        before = {name: getattr(firm, name) for name in fresh}
        for name, value in fresh.items():
            if name not in PROFILE:
                raise TypeError(f"{name} is not changed here")
            setattr(firm, name, value)
        firm.save(update_fields=list(fresh))
        record(firm, kind="firm_changed", actor=actor, at=clock.now(), firm_id=firm.pk,
               data={"before": before, "after": fresh})  # fmt: skip
        return firm


def add_document(*, actor: Actor, kind: str, filename: str, stream: BinaryIO) -> FirmDocument:
    """A firm uploads a document, which offices of its cooperatives see. The same again: no change.

    Raises DocumentTooLarge, DocumentTypeUnknown, TooManyDocuments.
    """
    taken = take(stream, filename)
    try:
        with transaction.atomic():
            # One after the other, so that ten stay ten.
            Firm.objects.select_for_update(no_key=True).get(pk=actor.firm_id)
            known = FirmDocument.objects.filter(firm_id=actor.firm_id)
            same = known.filter(digest=taken.digest).defer("content").first()
            if same is not None:
                return same
            if known.count() >= MOST_DOCUMENTS:
                raise TooManyDocuments
            row = FirmDocument.objects.create(
                firm_id=actor.firm_id, kind=kind, uploaded_by_id=actor.user_id,
                uploaded_at=clock.now(), **taken.fields(),
            )  # fmt: skip
            _record(row, actor, kind="document_added")
            return row
    except IntegrityError:
        return FirmDocument.objects.defer("content").get(firm_id=actor.firm_id, digest=taken.digest)


def delete_document(*, actor: Actor, document_id: UUID) -> None:
    """A firm deletes a document of its own. Raises NotFound."""
    with transaction.atomic():
        row = (
            queries.documents_visible_to(actor)
            .select_for_update(of=("self",))
            .filter(pk=document_id, firm_id=actor.firm_id)
            .first()
        )
        if row is None:
            raise NotFound
        _record(row, actor, kind="document_deleted")
        row.delete()


def _record(row: FirmDocument, actor: Actor, *, kind: str) -> None:
    record(row, kind=kind, actor=actor, at=clock.now(), firm_id=row.firm_id,
           data={"filename": row.filename, "digest": row.digest})  # fmt: skip
