"""A firm's profile and documents, and its page for the office: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.models import Firm, FirmDocument, Membership, TaxStatus
from mungchi.accounts.references import DivisionRef
from mungchi.common.listing import ListView
from mungchi.common.papers import as_download, refuse_too_long


class TaxStatusSerializer(serializers.ModelSerializer):
    """What the tax service said, when, and why it could not be asked the last time."""

    class Meta:
        model = TaxStatus
        fields = ["status", "taxation", "ended_date", "looked_up_at", "problem", "next_at"]


class FirmDocumentSerializer(serializers.ModelSerializer):
    """A document, without its content."""

    class Meta:
        model = FirmDocument
        fields = ["id", "kind", "filename", "content_type", "size", "uploaded_at"]


class FirmProfileSerializer(serializers.ModelSerializer):
    """What a firm says of itself."""

    tax_status = serializers.SerializerMethodField()

    class Meta:
        model = Firm
        fields = ["id", "name", "business_number", "representative", "address", "phone", "trade",
                  "supplies", "tax_status"]  # fmt: skip

    @extend_schema_field(TaxStatusSerializer(allow_null=True))
    def get_tax_status(self, row: Firm) -> Any:
        """Null where nothing was ever looked up."""
        found = getattr(row, "tax_status", None)
        return TaxStatusSerializer(found).data if found else None


class FirmChangeSerializer(serializers.Serializer):
    """What a firm may change about itself."""

    name = serializers.CharField(max_length=100)
    representative = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=200)
    phone = serializers.CharField(max_length=30, allow_blank=True)
    trade = serializers.CharField(max_length=100, allow_blank=True)


class DocumentUploadSerializer(serializers.Serializer):
    """A document: PDF, PNG or JPEG."""

    kind = serializers.ChoiceField(choices=["registration", "other"])
    file = serializers.FileField()


class MemberPageSerializer(serializers.ModelSerializer):
    """A member firm on its page, as its cooperative's office sees it: this membership alone."""

    firm = FirmProfileSerializer(read_only=True)
    division = DivisionRef(read_only=True, allow_null=True)
    status = serializers.CharField(source="state", read_only=True)
    documents = FirmDocumentSerializer(many=True, read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "firm", "division", "member_code", "status", "joined_at", "documents"]


class OwnFirmView(APIView):
    """The firm that the person acts for."""

    capability = {"GET": "firm.read", "PATCH": "firm.write"}

    @extend_schema(operation_id="own_firm", responses=FirmProfileSerializer)
    def get(self, request: Request) -> Response:
        """What it says of itself, and what the tax service says of it."""
        return Response(FirmProfileSerializer(queries.own_firm(actor_of(request))).data)

    @extend_schema(
        operation_id="change_firm", request=FirmChangeSerializer, responses=FirmProfileSerializer
    )
    def patch(self, request: Request) -> Response:
        """Change what it says of itself."""
        form = FirmChangeSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        operations.change_firm(actor=actor_of(request), **form.validated_data)
        return Response(FirmProfileSerializer(queries.own_firm(actor_of(request))).data)


class DocumentsView(ListView):
    """The firm's documents, and uploading one."""

    capability = {"GET": "firm.read", "POST": "firm.write"}
    serializer_class = FirmDocumentSerializer
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        refuse_too_long(request)
        super().initial(request, *args, **kwargs)

    def rows(self):
        """The firm's own."""
        return queries.documents_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="add_document",
        request={"multipart/form-data": DocumentUploadSerializer},
        responses={201: FirmDocumentSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload a document; offices of the firm's cooperatives see it."""
        form = DocumentUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.add_document(
            actor=actor_of(request), kind=form.validated_data["kind"], filename=upload.name,
            stream=upload.file,
        )  # fmt: skip
        return Response(FirmDocumentSerializer(row).data, status=status.HTTP_201_CREATED)


class DocumentView(APIView):
    """One document of the firm."""

    capability = "firm.write"

    @extend_schema(operation_id="delete_document", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete it."""
        operations.delete_document(actor=actor_of(request), document_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DocumentContentView(APIView):
    """The content of a document, for the firm and the offices of its cooperatives."""

    capability = "documents.read"

    @extend_schema(
        operation_id="document_content",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The file as it was uploaded: to be saved, never shown within these pages."""
        return as_download(queries.document_with_content(actor_of(request), pk))


class MemberProfileView(APIView):
    """What one member firm says of itself."""

    capability = "members.read"

    @extend_schema(operation_id="member_profile", responses=MemberPageSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its profile, its membership here, its documents."""
        actor = actor_of(request)
        row = queries.member_seen_by(actor, pk)
        row.documents = list(
            queries.documents_visible_to(actor).filter(firm_id=row.firm_id).order_by("-id")
        )
        return Response(MemberPageSerializer(row).data)
