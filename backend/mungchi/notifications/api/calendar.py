"""The calendar feed: parse, one call, write it as RFC 5545."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from icalendar import Calendar, Event
from rest_framework import serializers, status
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from mungchi.accounts.access import WrongKeys, actor_for, actor_of
from mungchi.accounts.domain.permissions import ANYONE
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.text import BRAND
from mungchi.notifications import operations, queries
from mungchi.notifications.api.choices import AnyAnswer
from mungchi.notifications.operations.calendar import digest_of
from mungchi.notifications.queries.dates import Entry, dates_of

FEED = "/api/v1/calendar.ics"
# How often calendar programs should come back.
REFRESH = timedelta(hours=1)


class CalendarSerializer(serializers.Serializer):
    """The seat's calendar address: when it was made and last read. `address` is shown once."""

    made_at = serializers.DateTimeField(allow_null=True)
    read_at = serializers.DateTimeField(allow_null=True)
    address = serializers.CharField()


class FeedLimit(SimpleRateThrottle):
    """Reading a feed: by its key."""

    scope = "calendar"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """One count for each key, by its hash."""
        key = digest_of(request.query_params.get("key", ""))
        return self.cache_format % {"scope": self.scope, "ident": key}


class CalendarView(APIView):
    """The private address of the seat's dates."""

    capability = {"GET": "notifications.read", "POST": "notifications.write",
                  "DELETE": "notifications.write"}  # fmt: skip

    @extend_schema(operation_id="calendar", responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        """Whether there is one, and when it was read."""
        feed = queries.calendar_of(actor_of(request))
        body = {
            "made_at": feed and feed.made_at, "read_at": feed and feed.read_at, "address": "",
        }  # fmt: skip
        return Response(CalendarSerializer(body).data)

    @extend_schema(operation_id="renew_calendar", request=None, responses=CalendarSerializer)
    def post(self, request: Request) -> Response:
        """Make one, or a new one: the old one ends at once."""
        feed, key = operations.renew_calendar(actor=actor_of(request))
        address = f"{settings.PUBLIC_URL}{FEED}?key={key}"
        body = {"made_at": feed.made_at, "read_at": None, "address": address}
        return Response(CalendarSerializer(body).data)

    @extend_schema(operation_id="end_calendar", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End it."""
        operations.end_calendar(actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class FeedView(APIView):
    """What calendar programs read: no session, the key in the query, which is in no log."""

    capability = ANYONE
    authentication_classes = []
    throttle_classes = [FeedLimit]
    content_negotiation_class = AnyAnswer

    @extend_schema(
        operation_id="calendar_feed",
        parameters=[OpenApiParameter("key", OpenApiTypes.STR, required=True)],
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> HttpResponse:
        """The seat's dates. Wrong keys are counted by the address they come from."""
        try:
            seat = operations.open_calendar(key=request.query_params.get("key", ""))
        except NotFound:
            counted = WrongKeys()
            if not counted.allow_request(request, self):  # type: ignore[arg-type]
                raise Throttled(wait=counted.wait()) from None
            raise
        entries = dates_of(actor_for(seat), clock.now())
        place = seat.firm or seat.cooperative
        language = seat.user.language
        name = f"{BRAND.say(language)} · {place}" if place else BRAND.say(language)
        answer = HttpResponse(written(entries, name, language), "text/calendar; charset=utf-8")
        answer["Cache-Control"] = "private, no-store"
        answer["Content-Disposition"] = 'inline; filename="mungchi.ics"'
        return answer


def written(entries: list[Entry], name: str, language: str) -> bytes:
    """The calendar as RFC 5545. Moments are in UTC, which every program turns into its own zone;
    whole days are days wherever they are read."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mungchi//Dates//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, language))
    return bytes(calendar.to_ical())


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.kind}-{entry.about}@{settings.PUBLIC_HOST}")
    # The same row says the same: a calendar that reads it again finds nothing new.
    changed = (entry.changed_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(0, entry.changes))
    event.add("summary", entry.title.say(language))
    event.add("url", f"{settings.PUBLIC_URL}{entry.link}")
    if isinstance(entry.at, datetime):
        event.add("dtstart", entry.at.astimezone(UTC))
    else:
        event.add("dtstart", entry.at)
        last: date = entry.last or entry.at
        event.add("dtend", last + timedelta(days=1))
    if entry.place:
        event.add("location", entry.place)
    event.add("transp", "TRANSPARENT")
    return event
