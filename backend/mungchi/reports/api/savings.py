"""What buying together has saved: sums against a named price, and the calculation behind them."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.accounts.references import FirmRef
from mungchi.catalog.references import ItemRef
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.listing import Column, ListView, Moment, spreadsheet_response
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.orders.models import Order
from mungchi.orders.references import (
    CampaignTitle,
    OrderPartSerializer,
    UnitPriceField,
    told_parts,
)
from mungchi.reports import queries
from mungchi.reports.domain.savings import AGAINST
from mungchi.reports.queries.savings import GROUPS, TIMES, Saved

AGAINST_WORDS = {
    "last_price": Text(ko="직전 구매 단가", en="The firm's last price"),
    "list_price": Text(ko="첫 구간 단가", en="The first tier"),
    "losing_offers": Text(ko="낙찰되지 않은 제안의 평균", en="Average of losing offers"),
}
SOURCES = {**AGAINST_WORDS, "order": Text(ko="직전 주문 단가", en="The firm's last order")}
BY_WORDS = {
    "campaign": Text(ko="공동구매", en="Campaign"),
    "firm": Text(ko="기업", en="Firm"),
    "item": Text(ko="품목", en="Item"),
    "cooperative": Text(ko="주최 협동조합", en="Host"),
    "month": Text(ko="월", en="Month"),
    "year": Text(ko="연도", en="Year"),
}


class NotForFirms(Invalid):
    """What other suppliers offered is the host's to know."""

    code = "offers_not_shown"
    field = "against"
    message = Text(
        ko="낙찰되지 않은 제안은 주최 협동조합만 볼 수 있습니다.",
        en="Offers that were not chosen are known to the host cooperative alone.",
    )


class SavingsAsked(serializers.Serializer):
    """Which time (days included; without: this year so far), and against which price."""

    first = serializers.DateField(required=False, allow_null=True, default=None)
    last = serializers.DateField(required=False, allow_null=True, default=None)
    against = serializers.ChoiceField(choices=AGAINST, default="last_price")


class SavingsGroupsAsked(SavingsAsked):
    """And by what the sums are grouped."""

    by = serializers.ChoiceField(choices=[*GROUPS, *TIMES], default="campaign")


class SavingsSums(serializers.Serializer):
    """Sums in minor units, without VAT, delivery and fees.

    savings = reference_value - compared_value, over the orders that have a reference; percent is
    its share of reference_value. supply_value is that of all orders, with a reference or without.
    """

    orders = serializers.IntegerField()
    firms = serializers.SerializerMethodField()
    without_reference = serializers.IntegerField()
    supply_value = serializers.IntegerField()
    # What of the orders' supply value went back; none of the other figures has it in it.
    returned = serializers.IntegerField()
    compared_value = serializers.IntegerField()
    reference_value = serializers.IntegerField()
    savings = serializers.IntegerField()
    percent = serializers.DecimalField(max_digits=12, decimal_places=1, allow_null=True)

    def get_firms(self, sums: Any) -> int:
        """How many firms."""
        return len(sums.firms)


class SavingsGroup(serializers.Serializer):
    """One campaign, firm, item, cooperative, month or year."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    sums = SavingsSums()

    def get_name(self, group: Any) -> str:
        """In the reader's language."""
        return str(group.name_en if language() == "en" else group.name)


class SavingsSerializer(serializers.Serializer):
    """The report; `foreign` orders are in other currencies and left out."""

    first = serializers.DateField()
    last = serializers.DateField()
    against = serializers.ChoiceField(choices=AGAINST)
    by = serializers.ChoiceField(choices=[*GROUPS, *TIMES])
    currency = serializers.CharField(allow_blank=True)
    total = SavingsSums()
    groups = SavingsGroup(many=True)
    foreign = serializers.IntegerField()


class ReferenceSerializer(serializers.Serializer):
    """The price an order is compared with, and where it comes from."""

    unit_price = UnitPriceField()
    source = serializers.ChoiceField(choices=[*AGAINST, "order"])
    on_date = serializers.CharField(allow_blank=True)
    document = serializers.CharField(allow_blank=True)
    offers = serializers.IntegerField()


class SavingsLineSerializer(serializers.ModelSerializer):
    """One order with the calculation: quantity x reference - supply value = savings.

    By variant each part's quantity x (reference + its difference). Where part of the supply value
    went back (`returned`), what is left (`bought`) is compared with as much of the reference.
    """

    campaign = CampaignTitle(read_only=True)
    firm = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    unit_price = UnitPriceField()
    closed_at = serializers.DateTimeField(source="campaign.closed_at")
    parts = OrderPartSerializer(many=True, read_only=True)
    returned = serializers.IntegerField(source="compared.returned")
    bought = serializers.IntegerField(source="compared.bought")
    reference = ReferenceSerializer(source="compared.reference", allow_null=True)
    reference_value = serializers.IntegerField(source="compared.reference_value", allow_null=True)
    savings = serializers.IntegerField(source="compared.savings", allow_null=True)

    class Meta:
        model = Order
        fields = [
            *("id", "number", "campaign", "firm", "item", "closed_at", "quantity", "unit_price"),
            *("parts", "currency", "supply_value", "returned", "bought"),
            *("reference", "reference_value", "savings"),
        ]


def _asked(request: Request, shape: type[SavingsAsked]) -> tuple[dict[str, Any], Actor]:
    form = shape(data=request.query_params)
    form.is_valid(raise_exception=True)
    actor, values = actor_of(request), dict(form.validated_data)
    if values["against"] == "losing_offers" and not actor.is_office:
        raise NotForFirms
    period, zone = queries.period_of(actor, clock.now(), values["first"], values["last"])
    begin, end = period.instants(zone)
    return {**values, "period": period, "zone": zone, "begin": begin, "end": end}, actor


class SavingsView(APIView):
    """What was saved, by group."""

    capability = "orders.read"

    @extend_schema(
        operation_id="savings",
        parameters=[
            SavingsGroupsAsked,
            OpenApiParameter("export", enum=["xlsx"], description="The table as a spreadsheet."),
        ],
        responses=SavingsSerializer,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """A firm's own orders; for an office those of its members."""
        asked, actor = _asked(request, SavingsGroupsAsked)
        rows = queries.counted_savings(actor, asked["begin"], asked["end"])
        found = queries.savings_of(rows, asked["against"], asked["by"], asked["zone"])
        if request.query_params.get("export") == "xlsx":
            return _sheet(found, asked)
        period = asked["period"]
        body = {"first": period.first, "last": period.last, "against": asked["against"],
                "by": asked["by"], "currency": found.currency, "total": found.total,
                "groups": found.groups, "foreign": found.foreign}  # fmt: skip
        return Response(SavingsSerializer(body).data)


def _sheet(found: Saved, asked: dict[str, Any]) -> HttpResponse:
    def amount(name: str) -> Any:
        # Without orders there is no currency, and nothing but the total of nothing.
        known = found.currency
        return lambda row: from_minor(getattr(row[1], name), known) if known else 0

    against = AGAINST_WORDS[asked["against"]]
    columns = [
        Column(BY_WORDS[asked["by"]], lambda row: row[0], 32),
        # From left to right each follows from those before: compared, at the other price, the
        # difference; then what is not in it; then everything.
        Column(Text(ko="견준 주문", en="Orders compared"), lambda row: row[1].compared),
        Column(Text(ko="견준 주문의 공급가액", en="Supply value compared"),
               amount("compared_value"), 22),
        Column(Text(ko=f"같은 수량의 금액({against.ko})", en=f"The same at: {against.en}"),
               amount("reference_value"), 28),
        Column(Text(ko="절감액", en="Saved"), amount("savings"), 20),
        Column(Text(ko="절감률(%, 견준 금액에서)", en="Saved (% of what is compared)"),
               lambda row: row[1].percent, 22),
        Column(Text(ko="견주지 못한 주문", en="Orders not compared"),
               lambda row: row[1].without_reference),
        Column(Text(ko="견주지 못한 공급가액", en="Supply value not compared"),
               amount("not_compared_value"), 22),
        Column(Text(ko="모든 주문", en="All orders"), lambda row: row[1].orders),
        Column(Text(ko="모든 공급가액", en="Supply value of all"), amount("supply_value"), 20),
        Column(Text(ko="되돌려받은 공급가액(제외)", en="Went back (not in it)"),
               amount("returned"), 22),
        Column(Text(ko="기업", en="Firms"), lambda row: len(row[1].firms)),
    ]  # fmt: skip
    rows = [(group.name_en if language() == "en" else group.name, group.sums)
            for group in found.groups]  # fmt: skip
    rows.append((Text(ko="전체", en="All").say(language()), found.total))
    period = asked["period"]
    return spreadsheet_response(columns, rows, name=f"savings-{period.first}-{period.last}")


class SavingsLinesView(ListView):
    """The orders behind a sum, each with its calculation."""

    capability = "orders.read"
    serializer_class = SavingsLineSerializer
    orders = {"-closed": "-campaign__closed_at", "closed": "campaign__closed_at",
              "-value": "-supply_value", "firm": "firm__name"}  # fmt: skip
    export_name = "savings-lines"
    columns = [
        Column(Text(ko="주문번호", en="Order"), lambda o: o.number, 20),
        Moment(Text(ko="마감", en="Closed"), lambda o: o.campaign.closed_at,
               zone=lambda o: o.campaign.host.zone),
        Column(Text(ko="공동구매", en="Campaign"), lambda o: o.campaign.title, 30),
        Column(Text(ko="기업", en="Firm"), lambda o: o.firm.name, 24),
        Column(Text(ko="품목", en="Item"), lambda o: o.item.name, 28),
        Column(Text(ko="수량", en="Quantity"), lambda o: o.quantity, 10),
        Column(Text(ko="규격별 수량", en="By variant"), told_parts, 32),
        Column(Text(ko="단가", en="Unit price"), lambda o: o.unit_price),
        Column(Text(ko="공급가액", en="Supply value"),
               lambda o: from_minor(o.supply_value, o.currency)),
        Column(Text(ko="되돌려받음", en="Went back"),
               lambda o: _minor(o, o.compared.returned)),
        Column(Text(ko="구매한 공급가액", en="Bought"), lambda o: _minor(o, o.compared.bought)),
        Column(Text(ko="견준 단가", en="Compared with"), lambda o: _reference(o, "unit_price")),
        Column(Text(ko="출처", en="Where from"),
               lambda o: SOURCES.get(str(_reference(o, "source") or "")), 28),
        Column(Text(ko="날짜", en="Day"), lambda o: _reference(o, "on_date")),
        Column(Text(ko="증빙", en="Document"), lambda o: _reference(o, "document")),
        Column(Text(ko="제안 수", en="Offers"), lambda o: _reference(o, "offers") or None, 8),
        Column(Text(ko="그 단가로 산 금액", en="The same at that price"),
               lambda o: _minor(o, o.compared.reference_value), 20),
        Column(Text(ko="절감액", en="Saved"), lambda o: _minor(o, o.compared.savings), 20),
        Column(Text(ko="통화", en="Currency"), lambda o: o.currency, 8),
    ]  # fmt: skip

    def rows(self) -> QuerySet[Order]:
        """The counted orders, of one group when its key is given."""
        asked, actor = _asked(self.request, SavingsAsked)
        self.against = asked["against"]
        rows = queries.counted_savings(actor, asked["begin"], asked["end"])
        for name in GROUPS:
            if key := self.request.query_params.get(name):
                value = serializers.UUIDField().run_validation(key)
                rows = rows.filter(**{GROUPS[name][0]: value})
        return rows.select_related("campaign__host", "firm", "item__category", "standing")

    def prepared(self, page: list[Order]) -> list[Order]:
        """Each with its reference."""
        return queries.compared_savings(page, self.against)

    @extend_schema(
        operation_id="savings_lines",
        parameters=[SavingsAsked, *(OpenApiParameter(name, str) for name in GROUPS)],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response | HttpResponse:
        """A page of them, or all as a spreadsheet."""
        return super().get(request, *args, **kwargs)


def _reference(order: Order, name: str) -> object:
    return getattr(order.compared.reference, name, None)


def _minor(order: Order, amount: int | None) -> object:
    return None if amount is None else from_minor(amount, order.currency)
