"""The whole path in every currency that is kept: from an offer to the supplier's statement.

The provider is Stripe as the simulator plays it. Figures are written out, as people would work them
out, so that a factor of ten or a hundred would be seen.
"""

import io
from dataclasses import dataclass
from decimal import Decimal

import openpyxl
import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.charging import charge_saved_methods
from tests.factories.clients import client_for, proved
from tests.factories.orders import Deal, today
from tests.simulated import Simulated

from mungchi.accounts.models import Seat
from mungchi.common.money import amount_label
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, stage
from mungchi.payments.models import LedgerLine, Mandate, Refund
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
KEY = {"provider": "stripe", "secret_key": "sk_test_office", "webhook_secret": "whsec_office"}


@dataclass(frozen=True)
class Money:
    """One currency: the unit price; what 200 and 100 of it come to with 10 % VAT, a fee of 2.5 %
    and VAT on that; and what a part of the first that goes back is called on screen."""

    currency: str
    price: str
    first: int
    second: int
    ko: str
    en: str
    back: int
    back_ko: str


CASES = [
    Money("KRW", "1250", 281_875, 140_937, "281,875원", "₩281,875", 1_001, "1,001원"),
    Money("JPY", "125", 28_187, 14_093, "¥28,187", "¥28,187", 1_001, "¥1,001"),
    Money("USD", "1.255", 282_99, 141_49, "$282.99", "$282.99", 10_01, "$10.01"),
    Money("EUR", "0.835", 188_28, 94_13, "€188.28", "€188.28", 10_01, "€10.01"),
    Money("KWD", "0.1", 22_550, 11_275, "KD22.550", "KD22.550", 1_010, "KD1.010"),
]


def begun(simulator: Simulated, money: Money) -> Deal:
    """An open campaign with two firms in it that saved a card and agreed to be charged by it."""
    host = CooperativeFactory(currency=money.currency, host_fee_bp=250)
    deal = Deal(host=host, tiers=[(1, money.price)]).opened()
    deal.join(200)
    deal.join(100)
    simulator.control("account", key=KEY["secret_key"], default_currency=money.currency.lower())
    answer = proved(client_for(deal.office)).post("/api/v1/payment-ways/key", KEY)
    assert answer.status_code == 200, answer.content
    for firm in deal.people:
        agree(simulator, deal, firm, money)
    return deal


def agree(simulator: Simulated, deal: Deal, firm, money: Money) -> None:
    client = client_for(firm)
    begins = client.post("/api/v1/payment-methods", {"cooperative": str(deal.host.pk)}).json()
    row = Mandate.objects.get(pk=begins["id"])
    simulator.control("choose", session=row.session_id)
    client.post(f"/api/v1/payment-methods/{row.pk}")
    path = f"/api/v1/campaigns/{deal.campaign.pk}/payment-way"
    way = client.get(path).json()
    (method,) = way["methods"]
    assert method["carries"], (way["most"], method)
    assert amount_label(way["most"], money.currency).ko in method["text"]
    # A currency in which not every amount can be charged says so before it is agreed to.
    assert ("KD0.010" in method["text"]) is (money.currency == "KWD")
    agreed = client.put(path, {"mandate": str(row.pk), "most": way["most"]})
    assert agreed.json()["covered"] is True, agreed.content


def charged(simulator: Simulated, deal: Deal, money: Money) -> list[str]:
    """Close and charge; return by what each firm's payment came."""
    deal.cleared()
    order_stage.place_orders()
    stage.ask_for_payment()
    charge_saved_methods()
    first, second = deal.payments()
    assert (first.amount, second.amount) == (money.first, money.second)
    assert {one.currency for one in (first, second)} == {money.currency}
    assert amount_label(first.amount, first.currency).ko == money.ko
    assert amount_label(first.amount, first.currency).en == money.en
    return [one.provider for one in (first, second)]


def sold(deal: Deal) -> None:
    order_stage.issue_purchase_orders()
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    stage.book_sales()


def paid_out(deal: Deal) -> int:
    Seat.objects.filter(pk=deal.supplier.seat_id).update(role="owner")
    operations.name_account(actor=deal.supplier, bank_name="신한은행", bank_account="110-222-333",
                            bank_holder="대한종이")  # fmt: skip
    payout = operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk,
                                       early="합의함")  # fmt: skip
    operations.approve_payout(actor=coordinator_of(deal.host), payout_id=payout.pk)
    operations.mark_paid_out(actor=deal.office, payout_id=payout.pk, sent_date=today(), note="1")
    return payout.amount


def balance(deal: Deal, account: str) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account=account)
    return sum(rows.values_list("amount", flat=True))


def in_sheet(client, path: str) -> list[dict[str, object]]:
    """The rows of an export, by the names of its columns."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}?export=xlsx").content))
    rows = [row for row in book.active.iter_rows(values_only=True) if any(row)]
    head = next(n for n, row in enumerate(rows) if "통화" in row)
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]


@pytest.mark.parametrize("money", CASES, ids=lambda one: one.currency)
def test_the_whole_path_in_a_currency(simulator: Simulated, money: Money) -> None:
    deal = begun(simulator, money)
    ways = charged(simulator, deal, money)
    # An amount that the provider cannot carry to the last unit is not rounded: it is transferred.
    second_by = "bank_transfer" if money.second % 10 and money.currency == "KWD" else "stripe"
    assert ways == ["stripe", second_by]
    told = [(one["amount"], one["currency"]) for one in
            simulator.control("objects", kind="payment_intent")]  # fmt: skip
    wanted = [money.first] if second_by == "bank_transfer" else [money.first, money.second]
    assert sorted(told) == sorted((amount, money.currency.lower()) for amount in wanted)
    first, second = deal.payments()
    if second_by == "bank_transfer":
        deal.pay(second)
    sold(deal)
    refund = operations.refund_part(actor=deal.office, payment_id=first.pk, amount=money.back,
                                    why="파손")  # fmt: skip
    assert amount_label(refund.amount, refund.currency).ko == money.back_ko
    stage.send_refunds()
    assert [(one["amount"], one["currency"]) for one in
            simulator.control("objects", kind="refund")] == [
        (money.back, money.currency.lower())]  # fmt: skip
    share = refund.supply_value + refund.delivery + refund.vat
    order = deal.purchase_order
    assert paid_out(deal) == order.total - share
    for name in ("receivable", "member_funds", "refund_payable", "supplier_payable"):
        assert balance(deal, name) == 0, name
    assert [str(each) for each in breaches()] == []
    said(deal, money, order.total - share)


def said(deal: Deal, money: Money, out: int) -> None:
    """What people read: notices, the firm's account sheet, the supplier's statement."""
    notifications.tell_people()
    firm, supplier = deal.people[0], deal.supplier
    texts = Notification.objects.filter(seat_id=firm.seat_id).values_list(
        "sentence_ko", "sentence_en"
    )
    assert any(money.ko in ko for ko, _ in texts), list(texts)
    assert any(money.en in en for _, en in texts), list(texts)
    digits = Decimal(1).scaleb(
        {"KRW": 0, "JPY": 0, "USD": -2, "EUR": -2, "KWD": -3}[money.currency]
    )
    (statement,) = in_sheet(client_for(supplier), "/api/v1/payouts")
    assert statement["통화"] == money.currency
    assert Decimal(str(statement["지급액"])) == out * digits
    owed = client_for(firm).get("/api/v1/account").json()
    assert money.currency in str(owed)


def test_a_part_that_the_provider_cannot_send_to_the_last_unit_is_a_transfer(
    simulator: Simulated,
) -> None:
    money = CASES[-1]
    deal = begun(simulator, money)
    charged(simulator, deal, money)
    deal.pay(deal.payments()[1])
    sold(deal)
    payment = deal.payments()[0]
    for amount in (1_005, 500):
        operations.refund_part(actor=deal.office, payment_id=payment.pk, amount=amount, why="파손")
    ways = dict(Refund.objects.values_list("amount", "way"))
    assert ways == {1_005: "bank_transfer", 500: "stripe"}
    stage.send_refunds()
    states = dict(Refund.objects.values_list("amount", "state"))
    assert states == {1_005: "requested", 500: "succeeded"}
    assert [str(each) for each in breaches()] == []
