"""The evidence against a dispute, on the screen and as one file."""

from datetime import datetime
from typing import Any
from uuid import UUID
from wsgiref.util import FileWrapper

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.payments.queries.disputes import dispute_seen_by
from mungchi.reports.operations.dispute_file import dispute_file
from mungchi.reports.queries.dispute_evidence import Cell, Section, evidence_of


class EvidenceSectionSerializer(serializers.Serializer):
    """One part of the evidence: a table in words, in the reader's language. With two headings it
    reads as what and value."""

    name = serializers.CharField()
    title = serializers.CharField()
    headings = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


def _said(cell: Cell) -> str:
    if isinstance(cell, Text):
        return cell.say(language())
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell or ""


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "title": section.title.say(language()),
        "headings": [heading.say(language()) for heading in section.headings],
        "rows": [[_said(cell) for cell in row] for row in section.rows],
    }


class DisputeEvidenceView(APIView):
    """What is known of the order behind a disputed payment."""

    capability = "payments.read"

    @extend_schema(operation_id="dispute_evidence", responses=EvidenceSectionSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Gathered from what exists, in sections."""
        actor = actor_of(request)
        sections = evidence_of(actor, dispute_seen_by(actor, pk))
        told = [_section(section) for section in sections]
        return Response(EvidenceSectionSerializer(told, many=True).data)


class DisputeEvidenceFileView(APIView):
    """The same as one file."""

    capability = "payments.read"

    @extend_schema(
        operation_id="dispute_evidence_file",
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> StreamingHttpResponse:
        """An archive: a spreadsheet, consents as they were read, the files that are kept."""
        actor = actor_of(request)
        dispute = dispute_seen_by(actor, pk)
        content = dispute_file(actor=actor, dispute=dispute)
        # Closes the file with the answer, read to its end or not.
        response = StreamingHttpResponse(FileWrapper(content, 64 * 1024), "application/zip")
        name = f"dispute-{dispute.payment.order.number}.zip"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
