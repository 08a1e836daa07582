"""Images and sheets of a campaign's item, for everybody who sees the campaign: its item may be of a
catalogue that is not theirs."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns.api.presenting import seen_by
from mungchi.catalog.queries import files_of_item
from mungchi.catalog.references import ItemFileRef, item_file_answer
from mungchi.common.errors import NotFound
from mungchi.common.listing import ListView


class CampaignItemFilesView(ListView):
    """What the item looks like, and what exactly it is."""

    capability = "campaigns.read"
    serializer_class = ItemFileRef
    orders = {"uploaded": "id"}

    def rows(self):
        """For everybody who sees the campaign."""
        return files_of_item(seen_by(actor_of(self.request), self.kwargs["pk"]).item)


class CampaignItemFileContentView(APIView):
    """The content of one of them; the item's first image where none is named."""

    capability = "campaigns.read"

    @extend_schema(
        operation_id="campaign_item_file_content",
        parameters=[
            OpenApiParameter("file", OpenApiTypes.UUID),
            OpenApiParameter("size", OpenApiTypes.STR, enum=["small"]),
        ],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """An image to be shown, small for lists, or a sheet to be saved."""
        item = seen_by(actor_of(request), pk).item
        named = request.query_params.get("file")
        try:
            wanted = UUID(named) if named else item.cover
        except ValueError:
            raise NotFound from None
        return item_file_answer(request, files_of_item(item), wanted)
