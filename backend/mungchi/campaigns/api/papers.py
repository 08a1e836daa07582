"""Files with campaigns and offers, and the versions of offers: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.presenting import seen_by
from mungchi.campaigns.api.serializers import TierSerializer
from mungchi.campaigns.domain.revisions import TERMS, changes
from mungchi.campaigns.models import Attachment, OfferRevision
from mungchi.common import clock
from mungchi.common.listing import ListView
from mungchi.common.papers import as_download, refuse_too_long


class AttachmentSerializer(serializers.ModelSerializer):
    """A file, without its content."""

    class Meta:
        model = Attachment
        fields = ["id", "offer", "filename", "content_type", "size", "uploaded_at"]


class FileUploadSerializer(serializers.Serializer):
    """A file: PDF, PNG or JPEG."""

    file = serializers.FileField()


class _FilesView(ListView):
    """A list of files, and adding one."""

    serializer_class = AttachmentSerializer
    parser_classes = [MultiPartParser]
    orders = {"uploaded": "id"}

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        refuse_too_long(request)
        super().initial(request, *args, **kwargs)

    def added(self, request: Request, operation: Any, **about: UUID) -> Response:
        """Add the file that the form holds."""
        form = FileUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operation(actor=actor_of(request), filename=upload.name, stream=upload.file, **about)
        return Response(AttachmentSerializer(row).data, status=status.HTTP_201_CREATED)


class CampaignFilesView(_FilesView):
    """Files with a campaign: drawings, specifications."""

    capability = {"GET": "campaigns.read", "POST": "campaigns.write"}

    def rows(self):
        """For everybody who sees the campaign."""
        actor = actor_of(self.request)
        campaign = seen_by(actor, self.kwargs["pk"])
        return queries.files_visible_to(actor, at=clock.now()).filter(
            campaign=campaign, offer__isnull=True
        )

    @extend_schema(
        operation_id="attach_to_campaign",
        request={"multipart/form-data": FileUploadSerializer},
        responses={201: AttachmentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a file, until the campaign opens."""
        return self.added(request, operations.attach_to_campaign, campaign_id=pk)


class OfferFilesView(_FilesView):
    """Files with an offer: certificates, drawings."""

    capability = {"GET": "offers.read", "POST": "offers.write"}

    def rows(self):
        """For whoever sees the offer."""
        actor, at = actor_of(self.request), clock.now()
        offer = queries.offer_seen_by(actor, self.kwargs["pk"], at=at)
        return queries.files_visible_to(actor, at=at).filter(offer=offer)

    @extend_schema(
        operation_id="attach_to_offer",
        request={"multipart/form-data": FileUploadSerializer},
        responses={201: AttachmentSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a file while the offer may be revised; sealed as it is."""
        return self.added(request, operations.attach_to_offer, offer_id=pk)


class FileView(APIView):
    """One file."""

    capability = "files.write"

    @extend_schema(operation_id="remove_file", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it away."""
        operations.remove_file(actor=actor_of(request), file_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class FileContentView(APIView):
    """The content of a file."""

    capability = "campaigns.read"

    @extend_schema(
        operation_id="file_content",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The file as it was uploaded: to be saved, never shown within these pages."""
        return as_download(queries.file_with_content(actor_of(request), pk, at=clock.now()))


class TermsSerializer(serializers.Serializer):
    """Terms of an offer, or those of them that changed; a term that did not is left out."""

    tiers = TierSerializer(many=True, required=False)
    # In the order of the campaign's variants.
    differences = serializers.ListField(child=PriceField(), required=False)
    pack_size = serializers.IntegerField(required=False)
    capacity = serializers.IntegerField(required=False, allow_null=True)
    lead_time_days = serializers.IntegerField(required=False)
    delivery_cost = serializers.IntegerField(required=False)
    valid_until = serializers.DateTimeField(required=False)
    note = serializers.CharField(required=False, allow_blank=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Without those that are not there: a capacity that is none is another matter."""
        told = super().to_representation(instance)
        return {name: value for name, value in told.items() if name in instance}


class RevisionSerializer(serializers.ModelSerializer):
    """One version of an offer, and what was otherwise in the one before: `before` and `after`.

    Of a ladder only the tiers that differ are there.
    """

    terms = TermsSerializer(read_only=True)
    before = TermsSerializer(read_only=True)
    after = TermsSerializer(read_only=True)

    class Meta:
        model = OfferRevision
        fields = ["number", "at", "terms", "before", "after"]


class RevisionsView(ListView):
    """The versions of an offer, each with what changed."""

    capability = "offers.read"
    serializer_class = RevisionSerializer
    orders = {"-number": "-number", "number": "number"}

    def rows(self):
        """For whoever sees the offer."""
        return queries.revisions_of(actor_of(self.request), self.kwargs["pk"], at=clock.now())

    def prepared(self, page):
        """Each beside the version before it, in one query for the page."""
        earlier = queries.versions_before(page)
        for row in page:
            now, was = _terms(row), earlier.get(row.number - 1)
            found = changes(_terms(was), now) if was else []
            row.terms = _named(now)
            row.before = _named({one.term: one.before for one in found})
            row.after = _named({one.term: one.after for one in found})
        return page


def _terms(row: OfferRevision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TERMS}


def _named(terms: dict[str, Any]) -> dict[str, Any]:
    """The ladder's pairs by the names of their parts."""
    if "tiers" not in terms:
        return terms
    tiers = [{"min_quantity": least, "unit_price": price} for least, price in terms["tiers"]]
    return {**terms, "tiers": tiers}
