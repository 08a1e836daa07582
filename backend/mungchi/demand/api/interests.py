"""The categories that a firm says it buys: parse, one call, serialize."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog.references import CategoryRef
from mungchi.demand import operations, queries


class CategoriesBoughtSerializer(serializers.Serializer):
    """What a firm buys."""

    categories = CategoryRef(many=True)


class CategoryChoiceSerializer(serializers.Serializer):
    """Which categories a firm buys, by their ids."""

    categories = serializers.ListField(child=serializers.UUIDField(), max_length=200)


def _answer(request: Request) -> Response:
    rows = queries.categories_bought_by(actor_of(request).firm_id)
    return Response(CategoriesBoughtSerializer({"categories": rows}).data)


class CategoriesBoughtView(APIView):
    """What the firm buys."""

    capability = {"GET": "firm.read", "PUT": "firm.write"}

    @extend_schema(operation_id="categories_bought", responses=CategoriesBoughtSerializer)
    def get(self, request: Request) -> Response:
        """The categories."""
        return _answer(request)

    @extend_schema(
        operation_id="choose_categories",
        request=CategoryChoiceSerializer,
        responses=CategoriesBoughtSerializer,
    )
    def put(self, request: Request) -> Response:
        """Say which."""
        form = CategoryChoiceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.choose_categories(
            actor=actor_of(request), categories=form.validated_data["categories"]
        )
        return _answer(request)
