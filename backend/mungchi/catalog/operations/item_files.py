"""What an item looks like and what exactly it is: its images and specification sheets."""

from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.models import Item, ItemFile
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.images import TYPE, take_image
from mungchi.common.papers import DocumentTypeUnknown, printable, take
from mungchi.common.text import Text

# Of each kind.
MOST_OF_ITEM: Final = 5
_SHEET: Final = "application/pdf"


class TooManyItemFiles(Conflict):
    """An item has a few images and a few sheets."""

    code = "too_many_item_files"
    message = Text(
        ko="그림과 규격서는 각각 다섯 개까지 올릴 수 있습니다. 필요 없는 것을 먼저 지워 주십시오.",
        en="There can be five images and five sheets. Please delete one that is not needed.",
    )


class ImageSaysNothing(Invalid):
    """An image has words for those who cannot see it."""

    code = "alt_missing"
    field = "alt"
    message = Text(
        ko="그림을 볼 수 없는 사람을 위해 무엇이 보이는지 적어 주십시오.",
        en="Please say what the image shows, for those who cannot see it.",
    )


def add_item_image(
    *, actor: Actor, item_id: UUID, filename: str, stream: BinaryIO, alt: str
) -> ItemFile:
    """Whoever looks after an item adds an image of it; the first is the one that lists show.

    The same again changes nothing. Raises NotFound, ImageSaysNothing, TooManyItemFiles,
    DocumentTooLarge, ImageUnreadable, ImageTooLarge.
    """
    # First what it is: of a file that is no image nobody is asked what can be seen.
    taken = take_image(stream)
    if not alt.strip():
        raise ImageSaysNothing
    with transaction.atomic():
        item = queries.locked_item_looked_after(actor, item_id)
        return _added(
            actor, item, kind="image", alt=alt.strip(), filename=printable(filename),
            content_type=TYPE, size=len(taken.content), digest=taken.digest,
            content=taken.content, small=taken.small, width=taken.width, height=taken.height,
        )  # fmt: skip


def add_item_sheet(*, actor: Actor, item_id: UUID, filename: str, stream: BinaryIO) -> ItemFile:
    """Whoever looks after an item adds a specification sheet, a PDF; the same again: no change.

    Raises NotFound, TooManyItemFiles, DocumentTooLarge, DocumentTypeUnknown.
    """
    taken = take(stream, filename)
    if taken.content_type != _SHEET:
        raise DocumentTypeUnknown
    with transaction.atomic():
        item = queries.locked_item_looked_after(actor, item_id)
        return _added(actor, item, kind="sheet", **taken.fields())


def describe_item_image(*, actor: Actor, file_id: UUID, alt: str) -> ItemFile:
    """Say anew what an image shows. Raises NotFound, ImageSaysNothing."""
    with transaction.atomic():
        row, item = _own(actor, file_id)
        if row.kind != "image":
            raise NotFound
        if not alt.strip():
            raise ImageSaysNothing
        if row.alt != alt.strip():
            before, row.alt = row.alt, alt.strip()
            row.save(update_fields=["alt"])
            _record(item, row, actor, "item_file_changed", before=before, after=row.alt)
        return row


def remove_item_file(*, actor: Actor, file_id: UUID) -> None:
    """Take an image or sheet away; the next image is then the one that lists show.

    Raises NotFound.
    """
    with transaction.atomic():
        row, item = _own(actor, file_id)
        row.delete()
        choose_cover(item)
        _record(item, row, actor, "item_file_removed")


def choose_cover(item: Item) -> None:
    """Let lists go on showing the image that they show, else the item's first, or none."""
    images = ItemFile.objects.filter(item=item, kind="image").order_by("id")
    there = list(images.values_list("pk", flat=True))
    if item.cover not in there:
        item.cover = there[0] if there else None
        item.save(update_fields=["cover"])


def _added(actor: Actor, item: Item, **fields: object) -> ItemFile:
    there = ItemFile.objects.filter(item=item, kind=fields["kind"])
    same = there.filter(digest=fields["digest"]).first()
    if same is not None:
        return same
    if there.count() >= MOST_OF_ITEM:
        raise TooManyItemFiles
    row = ItemFile.objects.create(
        item=item, uploaded_by_id=actor.user_id, uploaded_at=clock.now(), **fields
    )
    choose_cover(item)
    _record(item, row, actor, "item_file_added")
    return row


def _own(actor: Actor, file_id: UUID) -> tuple[ItemFile, Item]:
    """The file and its item, locked, of whoever looks after it; raise NotFound."""
    found = ItemFile.objects.filter(pk=file_id).values_list("item_id", flat=True).first()
    if found is None:
        raise NotFound
    item = queries.locked_item_looked_after(actor, found)
    row = ItemFile.objects.defer("content", "small").filter(pk=file_id, item=item).first()
    if row is None:
        raise NotFound
    return row, item


def _record(item: Item, row: ItemFile, actor: Actor, kind: str, **data: str) -> None:
    about = {"item": item.name, "filename": row.filename, "digest": row.digest, **data}
    record(item, kind=kind, actor=actor, at=clock.now(), cooperative_id=item.cooperative_id,
           data=about)  # fmt: skip
