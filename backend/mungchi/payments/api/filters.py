"""What the list of payments can be narrowed by."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from mungchi.accounts.access import actor_of
from mungchi.accounts.queries import firm_ids_called, office_of
from mungchi.campaigns.queries import ids_titled
from mungchi.common.filters import WordsFilter
from mungchi.common.money import EXPONENTS, to_minor
from mungchi.orders.models import Order
from mungchi.payments.domain.ledger import ACCOUNTS, KINDS
from mungchi.payments.domain.statement import TOO_LARGE
from mungchi.payments.domain.states import OPEN_DISPUTES
from mungchi.payments.models import (
    BalanceLine,
    BankAllotment,
    BankLine,
    BankPayout,
    BankStatement,
    CreditLine,
    Dispute,
    LedgerEntry,
    LedgerLine,
    MonthlyStatement,
    OpenItem,
    Payment,
    Payout,
    Refund,
    StatementLine,
)


class PaymentFilter(django_filters.FilterSet):
    """Payments by state, campaign, being overdue, and text."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(field_name="order__campaign_id")
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Payment
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Payment], name: str, text: str) -> QuerySet[Payment]:
        """Rows whose reference, firm, depositor, order number or campaign has the text."""
        orders = Order.objects.filter(Q(number__icontains=text) | Q(campaign__in=ids_titled(text)))
        return rows.filter(
            Q(reference__iexact=text.replace("-", "").strip())
            | Q(firm__in=firm_ids_called(text))
            | Q(depositor__icontains=text)
            | Q(order__in=orders.values("pk"))
        )


class RefundFilter(django_filters.FilterSet):
    """Refunds by state, payment, campaign, and text."""

    state = WordsFilter()
    payment = django_filters.UUIDFilter(field_name="payment_id")
    campaign = django_filters.UUIDFilter(field_name="payment__order__campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Refund
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Refund], name: str, text: str) -> QuerySet[Refund]:
        """Refunds whose reference, firm, order number or campaign has the text."""
        return rows.filter(
            Q(payment__reference__iexact=text.replace("-", "").strip())
            | Q(firm__name__icontains=text)
            | Q(payment__order__number__icontains=text)
            | Q(payment__order__campaign__in=ids_titled(text))
        )


class CreditLineFilter(django_filters.FilterSet):
    """Firms on terms: those that owe, those that are overdue, and by name."""

    owing = django_filters.BooleanFilter(method="that_owe")
    overdue = django_filters.BooleanFilter(method="that_are_late")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = CreditLine
        fields: list[str] = []

    def that_owe(self, rows: QuerySet[CreditLine], name: str, value: bool) -> QuerySet[CreditLine]:
        """Firms with something on account, or with nothing."""
        return rows.filter(open__gt=0) if value else rows.filter(open=0)

    def that_are_late(
        self, rows: QuerySet[CreditLine], name: str, value: bool
    ) -> QuerySet[CreditLine]:
        """Firms with something overdue, or with nothing overdue."""
        return rows.filter(open__gt=F("not_due")) if value else rows.filter(open=F("not_due"))

    def by_text(self, rows: QuerySet[CreditLine], name: str, text: str) -> QuerySet[CreditLine]:
        """Firms whose name or business number has the text."""
        return rows.filter(firm__in=firm_ids_called(text))


class MonthlyFilter(django_filters.FilterSet):
    """Monthly statements by month, firm, and text."""

    month = django_filters.DateFilter(field_name="month")
    firm = django_filters.UUIDFilter(field_name="firm_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = MonthlyStatement
        fields: list[str] = []

    def by_text(
        self, rows: QuerySet[MonthlyStatement], name: str, text: str
    ) -> QuerySet[MonthlyStatement]:
        """Statements whose firm or reference has the text."""
        return rows.filter(
            Q(reference__iexact=text.replace("-", "").strip()) | Q(firm__in=firm_ids_called(text))
        )


class PayoutFilter(django_filters.FilterSet):
    """Payouts by state, campaign, day, and text."""

    state = WordsFilter()
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    since = django_filters.DateFilter(field_name="sent_date", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="sent_date", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Payout
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Payout], name: str, text: str) -> QuerySet[Payout]:
        """Payouts whose supplier, cooperative, campaign or purchase order has the text."""
        return rows.filter(
            Q(supplier__name__icontains=text)
            | Q(cooperative__name__icontains=text)
            | Q(campaign__in=ids_titled(text))
            | Q(campaign__purchase_order__number__icontains=text)
        )


class LedgerEntryFilter(django_filters.FilterSet):
    """Entries by kind, account, firm, campaign, day, and text."""

    kind = django_filters.ChoiceFilter(choices=[(kind, kind) for kind in KINDS])
    account = django_filters.ChoiceFilter(
        choices=[(account, account) for account in ACCOUNTS], method="by_account"
    )
    firm = django_filters.UUIDFilter(method="by_firm")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    since = django_filters.DateFilter(field_name="day", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="day", lookup_expr="lte")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def by_account(
        self, rows: QuerySet[LedgerEntry], name: str, account: str
    ) -> QuerySet[LedgerEntry]:
        """Entries with a line on the account."""
        lines = LedgerLine.objects.filter(entry_id=OuterRef("pk"), account=account)
        return rows.filter(Exists(lines))

    def by_firm(self, rows: QuerySet[LedgerEntry], name: str, firm: UUID) -> QuerySet[LedgerEntry]:
        """Entries of a firm's money, or with a line that names it."""
        lines = LedgerLine.objects.filter(entry_id=OuterRef("pk"), firm_id=firm)
        return rows.filter(Q(firm_id=firm) | Exists(lines))

    def by_text(self, rows: QuerySet[LedgerEntry], name: str, text: str) -> QuerySet[LedgerEntry]:
        """Entries whose firm, campaign or order number has the text."""
        paid = Payment.objects.filter(order__number__icontains=text).values("pk")
        return rows.filter(
            Q(firm__in=firm_ids_called(text))
            | Q(campaign__in=ids_titled(text))
            | Q(payment__in=paid)
        )


class BankStatementFilter(django_filters.FilterSet):
    """Statements by state."""

    state = WordsFilter()

    class Meta:
        model = BankStatement
        fields: list[str] = []


class StatementLineFilter(django_filters.FilterSet):
    """Lines of a file by what becomes of them, and by the reason against them."""

    verdict = WordsFilter()
    reason = django_filters.CharFilter(max_length=12)

    class Meta:
        model = StatementLine
        fields: list[str] = []


class BankLineFilter(django_filters.FilterSet):
    """Bank lines by state, day, file, age, and text or amount."""

    state = WordsFilter()
    since = django_filters.DateFilter(field_name="day", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="day", lookup_expr="lte")
    statement = django_filters.UUIDFilter(field_name="statement_id")
    old = django_filters.BooleanFilter()
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = BankLine
        fields: list[str] = []

    def by_text(self, rows: QuerySet[BankLine], name: str, text: str) -> QuerySet[BankLine]:
        """Lines with it in depositor or text, of that amount, or for a payment of that name."""
        paid = Payment.objects.filter(
            Q(firm__in=firm_ids_called(text)) | Q(reference__iexact=text.replace("-", "").strip())
        )
        there = BankAllotment.objects.filter(
            payment__in=paid.values("pk"), line_id=OuterRef("pk"), undone_at__isnull=True
        )
        amount = Q(pk__in=[])
        digits = text.replace(",", "").strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= len(str(TOO_LARGE)):
            for currency in EXPONENTS:
                amount |= Q(currency=currency, amount=to_minor(Decimal(digits), currency))
        said = Q(depositor__icontains=text) | Q(text__icontains=text)
        return rows.filter(said | Exists(there) | amount)


class DisputeFilter(django_filters.FilterSet):
    """Disputes by state, whether they are open, campaign, and text."""

    state = WordsFilter(field_name="state")
    again = WordsFilter(field_name="again")
    open = django_filters.BooleanFilter(method="by_open")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Dispute
        fields: list[str] = []

    def by_open(self, rows: QuerySet[Dispute], name: str, wanted: bool) -> QuerySet[Dispute]:
        """Those that the bank has still to decide on, or the firm still to pay again."""
        waits = Q(state__in=OPEN_DISPUTES) | Q(again="asked")
        return rows.filter(waits if wanted else ~waits)

    def by_text(self, rows: QuerySet[Dispute], name: str, text: str) -> QuerySet[Dispute]:
        """Rows whose firm, order number, campaign or provider's id has the text."""
        return rows.filter(
            Q(firm__name__icontains=text)
            | Q(payment__order__number__icontains=text)
            | Q(campaign__title__icontains=text)
            | Q(external_id__icontains=text)
        )


class OpenItemFilter(django_filters.FilterSet):
    """Open items by state, kind, campaign, and text."""

    state = WordsFilter(field_name="state")
    kind = WordsFilter(field_name="kind")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = OpenItem
        fields: list[str] = []

    def by_text(self, rows: QuerySet[OpenItem], name: str, text: str) -> QuerySet[OpenItem]:
        """Rows whose firm, order number, campaign or provider's id has the text."""
        return rows.filter(
            Q(payment__firm__name__icontains=text)
            | Q(payment__order__number__icontains=text)
            | Q(campaign__title__icontains=text)
            | Q(external_id__icontains=text)
        )


class BalanceLineFilter(django_filters.FilterSet):
    """Movements of a provider's balance by kind, currency, day (of the office's own calendar, as
    they are shown and exported), whether entries are it, and id."""

    kind = WordsFilter()
    currency = WordsFilter()
    since = django_filters.DateFilter(method="by_day")
    until = django_filters.DateFilter(method="by_day")
    matched = django_filters.BooleanFilter(field_name="ties", lookup_expr="isnull", exclude=True)
    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = BalanceLine
        fields: list[str] = []

    def by_day(self, rows: QuerySet[BalanceLine], name: str, day: date) -> QuerySet[BalanceLine]:
        """Rows from a day on, or up to one: both included."""
        here = TruncDate("at", tzinfo=office_of(actor_of(self.request)).timezone)
        within = {"since": "here__gte", "until": "here__lte"}[name]
        return rows.alias(here=here).filter(**{within: day})

    def by_text(self, rows: QuerySet[BalanceLine], name: str, text: str) -> QuerySet[BalanceLine]:
        """Rows whose own id, or that of what they are of, has the text."""
        return rows.filter(Q(external_id__icontains=text) | Q(source_id__icontains=text))


class BankPayoutFilter(django_filters.FilterSet):
    """Payouts to the bank by state."""

    state = WordsFilter()

    class Meta:
        model = BankPayout
        fields: list[str] = []
