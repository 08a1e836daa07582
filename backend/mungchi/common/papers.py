"""Files that people attach and that are kept as they came: what is taken, and how it is handed out.

A type is recognised by how the content begins; names and what a browser says are not asked. What is
handed out is to be saved, never shown within these pages.
"""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from urllib.parse import quote
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from rest_framework.request import Request

from mungchi.common.errors import Invalid
from mungchi.common.models import Identified
from mungchi.common.text import Text

LARGEST_DOCUMENT = 5 * 1024 * 1024
# What a multipart body has besides the file: boundaries and headers.
ENVELOPE_BYTES = 64 * 1024
TYPES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


class DocumentTooLarge(Invalid):
    """A document has at most LARGEST_DOCUMENT bytes."""

    status = 413
    code = "document_too_large"
    field = "file"
    message = Text(
        ko="파일이 너무 큽니다. 5MB 이하로 올려 주십시오.",
        en="The file is too large. Please upload at most 5 MB.",
    )


class DocumentTypeUnknown(Invalid):
    """Documents are PDF, PNG or JPEG."""

    code = "document_type_unknown"
    field = "file"
    message = Text(
        ko="PDF, PNG, JPEG 파일만 올릴 수 있습니다.", en="Please upload a PDF, PNG or JPEG file."
    )


class Paper(Identified):
    """A file as it was uploaded."""

    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        abstract = True


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read of an upload; the fields of a Paper by the same names."""

    filename: str
    content_type: str
    size: int
    digest: str
    content: bytes

    def fields(self) -> dict[str, object]:
        """For making a row."""
        return {name: getattr(self, name) for name in self.__slots__}


class Kept(Protocol):
    """A Paper with its content."""

    id: UUID
    filename: str
    content_type: str
    content: bytes


def take(stream: BinaryIO, filename: str) -> Taken:
    """Read an upload. Raises DocumentTooLarge, DocumentTypeUnknown."""
    content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise DocumentTooLarge
    content_type = next((name for begin, name in TYPES if content.startswith(begin)), None)
    if content_type is None:
        raise DocumentTypeUnknown
    return Taken(
        filename=printable(filename),
        content_type=content_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def refuse_too_long(request: Request) -> None:
    """Refuse a body that is too large before any of it is read; raise DocumentTooLarge."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST_DOCUMENT + ENVELOPE_BYTES:
        raise DocumentTooLarge


def as_download(row: Kept) -> HttpResponse:
    """The file as it was uploaded."""
    response = HttpResponse(bytes(row.content), content_type=row.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def printable(filename: str) -> str:
    """The name without a path and without what no screen shows; never empty."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[-200:] or "document"
