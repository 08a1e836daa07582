"""How people want to be told: parse, one call, serialize."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.domain.permissions import ANYONE
from mungchi.common.parsers import StrictJSONParser
from mungchi.notifications import operations
from mungchi.notifications.api import choice_shapes
from mungchi.notifications.queries import choices, unsubscribing


def _all_of(actor: Actor) -> Response:
    return Response(choice_shapes.HowToldSerializer(choices.all_of(actor)).data)


class ChoicesView(APIView):
    """How the person wants to be told, kind by kind."""

    capability = {"GET": "notifications.read", "PATCH": "notifications.write"}

    @extend_schema(operation_id="how_told", responses=choice_shapes.HowToldSerializer)
    def get(self, request: Request) -> Response:
        """Every kind that concerns a seat of the person, and what holds for all e-mails."""
        return _all_of(actor_of(request))

    @extend_schema(
        operation_id="choose",
        request=choice_shapes.ChoosingSerializer,
        responses=choice_shapes.HowToldSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Choose for some kinds."""
        form = choice_shapes.ChoosingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = [operations.Wanted(**one) for one in form.validated_data["choices"]]
        operations.choose(actor=actor_of(request), wanted=wanted)
        return _all_of(actor_of(request))


class MailboxView(APIView):
    """What holds for all e-mails of the person."""

    capability = "notifications.write"

    @extend_schema(
        operation_id="arrange_mailbox",
        request=choice_shapes.ArrangingSerializer,
        responses=choice_shapes.HowToldSerializer,
    )
    def put(self, request: Request) -> Response:
        """Quiet hours, the time of the daily letter, only what is necessary."""
        form = choice_shapes.ArrangingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.arrange_mailbox(actor=actor_of(request), **form.validated_data)
        return _all_of(actor_of(request))


class AnyAnswer(BaseContentNegotiation):
    """A mail program says little of what it accepts: it is answered all the same."""

    def select_parser(self, request, parsers):  # type: ignore[no-untyped-def]
        """By the type of what is sent."""
        return next((p for p in parsers if request.content_type.startswith(p.media_type)), None)

    def select_renderer(self, request, renderers, format_suffix=None):  # type: ignore[no-untyped-def]
        """The only one."""
        return renderers[0], renderers[0].media_type


class UnsubscribeView(APIView):
    """The address in the head of an e-mail: nobody signs in here, and GET changes nothing.

    RFC 8058: a mail program posts `List-Unsubscribe=One-Click` as a form, without cookies. So there
    is no session here, and no token against forged requests: what counts is the signed word.
    """

    capability = ANYONE
    authentication_classes = []
    content_negotiation_class = AnyAnswer
    renderer_classes = [JSONRenderer]
    parser_classes = [StrictJSONParser, FormParser, MultiPartParser]
    token = OpenApiParameter("token", OpenApiTypes.STR, required=True)

    @extend_schema(
        operation_id="subscription",
        parameters=[token],
        responses=choice_shapes.UnsubscribingSerializer,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """What the token is for; a browser is sent to the page that asks whether to."""
        token = request.query_params.get("token", "")
        if "text/html" in request.headers.get("Accept", ""):
            return HttpResponseRedirect(
                f"{settings.PUBLIC_URL}/unsubscribe?{urlencode({'token': token})}"
            )
        return Response(choice_shapes.shape(unsubscribing.subscription(token)))

    @extend_schema(
        operation_id="unsubscribe",
        parameters=[
            token,
            OpenApiParameter("everything", OpenApiTypes.BOOL, description="All that can be off."),
        ],
        request=None,
        responses=choice_shapes.UnsubscribingSerializer,
    )
    def post(self, request: Request) -> Response:
        """Turn the e-mails of this kind off, or all but the necessary ones. Again: no change."""
        token = request.query_params.get("token", "")
        everything = request.query_params.get("everything", "") == "true"
        operations.unsubscribe(token=token, everything=everything)
        return Response(choice_shapes.shape(unsubscribing.subscription(token)))
