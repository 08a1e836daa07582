"""Trails: parse, one call, serialize; and whole ones as a file."""

from datetime import date, datetime
from typing import Any, ClassVar
from wsgiref.util import FileWrapper

import django_filters
from django.db.models import Q, QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.models import User
from mungchi.accounts.queries import office_of
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.references import told_reason
from mungchi.common import clock
from mungchi.common.listing import XLSX, ListView
from mungchi.common.models import Trail
from mungchi.common.problems import language
from mungchi.reports.api.trade import PeriodWrong
from mungchi.reports.domain.events import GROUPS, SUBJECTS
from mungchi.reports.domain.period import Period
from mungchi.reports.operations import trail_file
from mungchi.reports.queries import trail
from mungchi.reports.queries.trail_rows import Home, Told, home_of, tell


class TrailLineSerializer(serializers.Serializer):
    """One column that differs: its label, and both values in words; "" for nothing."""

    field = serializers.CharField()
    name = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    def get_name(self, line: Any) -> str:
        """In the caller's language."""
        return str(line.label.say(language()))

    def get_before(self, line: Any) -> str:
        """As it was."""
        return str(line.before.say(language()))

    def get_after(self, line: Any) -> str:
        """As it is since."""
        return str(line.after.say(language()))


class TrailRowSerializer(serializers.Serializer):
    """One row of a trail, in words.

    `what` is an event's kind, or made, changed, gone. Rows with the same `act` were written
    together. `outside`: no operation named this write; then by whom the database says it was.
    """

    id = serializers.IntegerField(source="row.id")
    at = serializers.DateTimeField(source="row.at")
    zone = serializers.CharField(source="zone.key")
    act = serializers.IntegerField(source="row.act", allow_null=True)
    event = serializers.SerializerMethodField()
    what = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()
    subject = serializers.SerializerMethodField()
    subject_id = serializers.UUIDField(source="row.subject_id")
    who = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    outside = serializers.CharField()
    by_key = serializers.SerializerMethodField()
    firm = serializers.SerializerMethodField()
    campaign = serializers.CharField()
    campaign_id = serializers.UUIDField(source="row.thread", allow_null=True)
    why = serializers.SerializerMethodField()
    lines = TrailLineSerializer(many=True)

    def get_event(self, told: Told) -> bool:
        """Whether it is an event, told by the operation; else what the database kept."""
        return bool(told.row.op == "event")

    def get_what(self, told: Told) -> str:
        """As a code."""
        return str(told.row.kind or told.row.op)

    def get_said(self, told: Told) -> str:
        """As a sentence."""
        return told.said.say(language())

    def get_subject(self, told: Told) -> str:
        """What kind of thing it is about."""
        return told.subject.say(language())

    def get_who(self, told: Told) -> str:
        """The person's name; the system's; the database's user for a write from outside."""
        return told.who.say(language())

    def get_role(self, told: Told) -> str:
        """From which seat."""
        return told.role.say(language())

    def get_by_key(self, told: Told) -> bool:
        """Whether a program did it, with an API key of the person's."""
        return bool(told.row.key_id or told.row.data.get("api_key"))

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_firm(self, told: Told) -> str | None:
        """The firm that it is about."""
        return told.firm.say(language()) if told.firm else None

    def get_why(self, told: Told) -> str:
        """A person's reason as written; a clearing's own sentence in the caller's language."""
        row = told.row
        if row.kind == "campaign_cleared" and (reason := self.context.get("reason")):
            return str(reason)
        return str((language() == "en" and row.data.get("why_en")) or row.why)


class TrailFilter(django_filters.FilterSet):
    """A trail by kind, by what wrote it, by person and by time."""

    group = django_filters.ChoiceFilter(
        method="in_group", choices=[(name, name) for name in GROUPS]
    )
    only = django_filters.ChoiceFilter(
        method="of_sort", choices=[("events", "events"), ("changes", "changes")]
    )
    person = django_filters.CharFilter(method="by_person", max_length=100)
    since = django_filters.DateFilter(method="from_day")
    until = django_filters.DateFilter(method="to_day")

    class Meta:
        model = Trail
        fields: list[str] = []

    def in_group(self, rows: QuerySet[Trail], name: str, group: str) -> QuerySet[Trail]:
        """Events of a group, and changes of the rows that belong to it."""
        return rows.filter(
            Q(kind__in=list(GROUPS[group])) | Q(~Q(op="event"), subject_type__in=SUBJECTS[group])
        )

    def of_sort(self, rows: QuerySet[Trail], name: str, sort: str) -> QuerySet[Trail]:
        """What operations told, or what the database kept."""
        return rows.filter(op="event") if sort == "events" else rows.exclude(op="event")

    def from_day(self, rows: QuerySet[Trail], name: str, day: date) -> QuerySet[Trail]:
        """From the beginning of the day, in the reader's zone."""
        return rows.filter(at__gte=self._instants(day)[0])

    def to_day(self, rows: QuerySet[Trail], name: str, day: date) -> QuerySet[Trail]:
        """Until the end of the day, in the reader's zone."""
        return rows.filter(at__lt=self._instants(day)[1])

    def _instants(self, day: date) -> tuple[datetime, datetime]:
        if not 1970 <= day.year <= 9000:
            raise PeriodWrong
        return Period(day, day).instants(home_of(actor_of(self.request)).zone)

    def by_person(self, rows: QuerySet[Trail], name: str, text: str) -> QuerySet[Trail]:
        """By people whose name contains the text, or who were called so when it happened."""
        people = User.objects.filter(name__icontains=text).values("pk")
        return rows.filter(Q(user_id__in=people) | Q(user_name__icontains=text))


class TrailView(ListView):
    """A trail, newest first."""

    serializer_class = TrailRowSerializer
    filterset_class = TrailFilter
    orders: ClassVar[dict[str, str]] = {"-at": "-id", "at": "id"}
    reason: str | None = None

    def get_queryset(self) -> QuerySet[Trail]:
        """The schema generator asks without a request."""
        if getattr(self, "swagger_fake_view", False):
            return Trail.objects.none()
        return self.rows()

    def home(self) -> Home:
        """In which zone and currency what belongs to no campaign is read."""
        return home_of(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """In words."""
        return list(tell(page, self.home()))

    def get_serializer_context(self) -> dict[str, Any]:
        """The clearing in the words that this seat may be told."""
        return {**super().get_serializer_context(), "reason": self.reason}


class CampaignTrailView(TrailView):
    """What happened to a campaign."""

    capability = "campaigns.read"

    def rows(self) -> QuerySet[Trail]:
        """All for the host's office; for others the campaign's own events and what is theirs."""
        actor = actor_of(self.request)
        campaign = trail.seen_campaign(actor, self.kwargs["pk"])
        run = campaigns.told_run(campaign, actor)
        self.reason = told_reason(actor, campaign, run) if run else None
        return trail.of_campaign(actor, campaign, clock.now())


class OrderTrailView(TrailView):
    """What happened to an order, its payment, and what was sent for it."""

    capability = "orders.read"

    def rows(self) -> QuerySet[Trail]:
        """Its trail."""
        return trail.of_order(actor_of(self.request), self.kwargs["pk"])


class MemberTrailView(TrailView):
    """What a member firm did, and what became of it, in the office's cooperative."""

    capability = "members.read"

    def rows(self) -> QuerySet[Trail]:
        """Its trail."""
        return trail.of_member(actor_of(self.request), self.kwargs["pk"], clock.now())


class FirmTrailView(TrailView):
    """What one's own firm did, and what became of it."""

    capability = "firm.read"

    def rows(self) -> QuerySet[Trail]:
        """Its trail."""
        return trail.of_firm(actor_of(self.request))


class CooperativeTrailView(TrailView):
    """Everything that happened in the office's cooperative."""

    capability = "cooperative.read"

    def rows(self) -> QuerySet[Trail]:
        """Its trail."""
        return trail.of_cooperative(actor_of(self.request), clock.now())


class TrailFileAsked(serializers.Serializer):
    """A period of whole days in the cooperative's zone, and the form of the file."""

    since = serializers.DateField()
    until = serializers.DateField()
    export = serializers.ChoiceField(choices=["xlsx", "csv"], default="xlsx")


class TrailFileView(APIView):
    """The whole history of a cooperative for a period, for the auditor."""

    capability = "cooperative.read"

    @extend_schema(
        operation_id="cooperative_history_file",
        parameters=[TrailFileAsked],
        responses={(200, XLSX): OpenApiTypes.BINARY, (200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """A spreadsheet or CSV, oldest first, one line a row of the trail."""
        form = TrailFileAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        actor = actor_of(request)
        if asked["until"] < asked["since"] or not 1970 <= asked["since"].year <= 9000:
            raise PeriodWrong
        if asked["until"].year > 9000:
            raise PeriodWrong
        period = Period(asked["since"], asked["until"])
        content = trail_file(actor=actor, cooperative=office_of(actor), period=period,
                             form=asked["export"], language=language())  # fmt: skip
        name = f"history-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{asked['export']}"
        kind = XLSX if asked["export"] == "xlsx" else "text/csv; charset=utf-8"
        # Closes the file with the answer, read to its end or not.
        response = StreamingHttpResponse(FileWrapper(content, 64 * 1024), content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
