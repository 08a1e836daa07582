"""Bringing in a purchase history, up to the job that does it: upload, map, start, or delete."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.jobs import defer, living_arguments
from mungchi.common.sheets.files import Reading, estimated_lines
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.text import Text
from mungchi.common.uploads import (
    FileNotTaken,
    MappingWrong,
    check_mapping,
    incomplete,
    printable,
    too_large,
)
from mungchi.demand import queries
from mungchi.demand.domain.fields import FIELDS, Layout, Rules, missing_fields
from mungchi.demand.domain.preview import lines_below_header, preview, recognise
from mungchi.demand.domain.states import IMPORT
from mungchi.demand.domain.values import DATE_ORDERS
from mungchi.demand.models import ImportPart, PurchaseImport
from mungchi.demand.operations.units import weigher

IMPORT_TASK = "mungchi.demand.bring_in_purchases"
IMPORT_QUEUE = "imports"
PART_BYTES = 1024 * 1024
UNFINISHED = ("queued", "running")


class ImportStarted(Conflict):
    """What was started is neither mapped anew nor deleted."""

    code = "import_started"
    message = Text(
        ko="이미 시작된 가져오기는 바꾸거나 지울 수 없습니다.",
        en="An import that has started can no longer be changed or deleted.",
    )


class ImportFailed(Conflict):
    """A failed import is not started again: its file has to be uploaded anew."""

    code = "import_failed"
    message = Text(
        ko="실패한 가져오기입니다. 파일을 다시 올려 주십시오.",
        en="This import has failed. Please upload the file again.",
    )


def layout_of(purchase_import: PurchaseImport, currency: str) -> Layout:
    """How the lines of an import become purchases."""
    return Layout(purchase_import.mapping, currency, Rules(**purchase_import.rules))


def upload_purchases(*, actor: Actor, filename: str, stream: BinaryIO) -> PurchaseImport:
    """An office uploads a file: it is kept, its columns are recognised, nothing is imported yet.

    Raises FileTooLarge, FileNotTaken.
    """
    cooperative = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if cooperative is None or actor.user_id is None:
        raise NotAllowed
    size = stream.seek(0, io.SEEK_END)
    if size > settings.IMPORT_MAX_BYTES:
        raise too_large(settings.IMPORT_MAX_BYTES)
    stream.seek(0)
    try:
        found, lines = recognise(stream)
        estimate = estimated_lines(stream, found.reading)
    except FileUnreadable as error:
        raise FileNotTaken(problem=PROBLEMS[error.code], reason=error.code) from None
    with transaction.atomic():
        at = clock.now()
        purchase_import = PurchaseImport(
            cooperative=cooperative,
            created_by_id=actor.user_id,
            created_at=at,
            filename=printable(filename) or "purchases",
            size=size,
            reading=found.reading.as_json(),
            rules=asdict(found.rules),
            columns=found.columns,
            mapping=found.mapping,
            lines=max(0, estimate - found.reading.header_line),
        )
        layout = layout_of(purchase_import, cooperative.currency)
        purchase_import.preview = preview(lines, layout, weigher(cooperative.pk))
        purchase_import.save(force_insert=True)
        purchase_import.digest = _keep(purchase_import, stream)
        purchase_import.save(update_fields=["digest"])
        record(
            purchase_import,
            kind="import_uploaded",
            actor=actor,
            at=at,
            moved=("", purchase_import.state),
            cooperative_id=cooperative.pk,
            data={"filename": purchase_import.filename, "digest": purchase_import.digest},
        )
    return purchase_import


def map_columns(
    *, actor: Actor, import_id: UUID, mapping: Mapping[str, int | None], rules: Mapping[str, Any]
) -> PurchaseImport:
    """The office says which column is what; fields and rules that are not named stay as they are.

    The preview is made anew. Raises NotFound, ImportStarted, MappingWrong.
    """
    seen = queries.import_seen_by(actor, import_id)
    check_mapping(mapping, FIELDS, len(seen.columns))
    if rules.get("date_order", DATE_ORDERS[0]) not in DATE_ORDERS:
        raise MappingWrong(name=FIELDS["date"])
    if seen.state != "uploaded":
        raise ImportStarted
    lines = lines_below_header(stored_file(import_id), Reading(**seen.reading))
    with transaction.atomic():
        purchase_import = queries.locked_import(actor, import_id)
        if purchase_import.state != "uploaded":
            raise ImportStarted
        purchase_import.mapping = {**purchase_import.mapping, **mapping}
        purchase_import.rules = asdict(replace(Rules(**purchase_import.rules), **rules))
        layout = layout_of(purchase_import, purchase_import.cooperative.currency)
        weigh = weigher(purchase_import.cooperative_id)
        purchase_import.preview = preview(lines, layout, weigh)
        purchase_import.save(update_fields=["mapping", "rules", "preview"])
        record(
            purchase_import,
            kind="import_mapped",
            actor=actor,
            at=clock.now(),
            cooperative_id=purchase_import.cooperative_id,
            data={"mapping": purchase_import.mapping, "rules": purchase_import.rules},
        )
    return purchase_import


def start_import(*, actor: Actor, import_id: UUID) -> PurchaseImport:
    """The office starts the import; a job does it. Starting twice changes nothing.

    Raises NotFound, MappingIncomplete, ImportFailed.
    """
    with transaction.atomic():
        purchase_import = queries.locked_import(actor, import_id)
        if purchase_import.state == "failed":
            raise ImportFailed
        if purchase_import.state != "uploaded":
            return purchase_import
        missing = missing_fields(purchase_import.mapping)
        if missing:
            raise incomplete(FIELDS, missing)
        set_state(
            purchase_import,
            "queued",
            machine=IMPORT,
            kind="import_started",
            actor=actor,
            at=clock.now(),
            cooperative_id=purchase_import.cooperative_id,
        )
        queue_import(import_id)
    return purchase_import


def queue_import(import_id: UUID) -> bool:
    """Put the job of one import in the queue, unless it waits there already."""
    name = f"import {import_id}"
    return defer(
        IMPORT_TASK, queue=IMPORT_QUEUE, lock=name, queueing_lock=name, import_id=str(import_id)
    )


def resume_lost_imports(*, at: datetime) -> int:
    """Queue again the imports that no living job is doing; return how many."""
    alive = living_arguments(IMPORT_TASK, "import_id")
    unfinished = PurchaseImport.objects.filter(state__in=UNFINISHED, created_at__lt=at)
    lost = [pk for pk in unfinished.values_list("pk", flat=True) if str(pk) not in alive]
    return sum(queue_import(pk) for pk in lost)


def delete_upload(*, actor: Actor, import_id: UUID) -> None:
    """The office throws an upload away before it starts. Raises NotFound, ImportStarted."""
    with transaction.atomic():
        purchase_import = queries.locked_import(actor, import_id)
        if purchase_import.state != "uploaded":
            raise ImportStarted
        record(
            purchase_import,
            kind="import_deleted",
            actor=actor,
            at=clock.now(),
            cooperative_id=purchase_import.cooperative_id,
            data={"filename": purchase_import.filename, "digest": purchase_import.digest},
        )
        purchase_import.delete()


def stored_file(import_id: UUID) -> io.BytesIO:
    """The bytes of an import, read part by part so that they are in memory once."""
    content = io.BytesIO()
    parts = ImportPart.objects.filter(purchase_import_id=import_id).order_by("number")
    for number in parts.values_list("number", flat=True):
        content.write(parts.values_list("content", flat=True).get(number=number))
    content.seek(0)
    return content


def _keep(purchase_import: PurchaseImport, stream: BinaryIO) -> str:
    """Store the file in parts; return its SHA-256."""
    stream.seek(0)
    digest = hashlib.sha256()
    number = 0
    while piece := stream.read(PART_BYTES):
        digest.update(piece)
        ImportPart.objects.create(purchase_import=purchase_import, number=number, content=piece)
        number += 1
    return digest.hexdigest()
