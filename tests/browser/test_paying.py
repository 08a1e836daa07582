"""Money at the screen, by the payment simulator: a key is entered and confirmed, cards are saved,
one is charged and one mended with 3-D Secure, a part goes back, the supplier is paid."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.factories.orders import Deal, today
from tests.journey.cast import owner_of_member, person
from tests.simulated import Simulated

from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Cooperative, Seat
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import Parcel
from mungchi.orders import operations as orders
from mungchi.orders.models import PurchaseOrder
from mungchi.payments.models import Payment, Payout, Refund
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.browser]
SECRETS = {"비밀 키 또는 제한된 키": "sk_test_paying", "웹훅 서명 비밀": "whsec_paying"}
ACCOUNT = {"은행": "신한은행", "계좌번호": "110-222-333444", "예금주": "대한종이"}
GOOD, POOR = "정상 카드", "한도·잔액이 부족한 카드"


@dataclass
class Place:
    """A cooperative of its own with two coordinators, and a campaign that firms can join."""

    host: Cooperative
    deal: Deal
    coordinators: tuple[str, str]
    firms: tuple[str, str]
    supplier: str

    def payments(self) -> list[Payment]:
        """What the firms owe, as it stands."""
        return list(Payment.objects.filter(order__campaign=self.deal.campaign))

    def deliver(self) -> None:
        """The supplier confirms and sends what the worker ordered, and the firms have it."""
        end = time.monotonic() + 30
        ordered = PurchaseOrder.objects.filter(campaign=self.deal.campaign)
        while not ordered.exists():
            assert time.monotonic() < end, "nothing is ordered of the supplier"
            time.sleep(0.2)
        orders.confirm_purchase_order(actor=self.deal.supplier, purchase_order_id=ordered.get().pk)
        parcels = [Parcel(order.pk, order.quantity, "T1") for order in self.deal.orders()]
        sent = deliveries.ship(
            actor=self.deal.supplier, carrier="한빛택배", shipped_date=today(), parcels=parcels
        )
        for shipment in sent:
            seat = Seat.objects.get(firm_id=shipment.order.firm_id)
            deliveries.receive_shipment(
                actor=actor_for(seat), shipment_id=shipment.pk, quantity=shipment.quantity, note=""
            )


@pytest.fixture
def place(site: Site) -> Place:
    host = CooperativeFactory(name="카드결제협동조합")
    coordinators = ("pays.a@paying.example", "pays.b@paying.example")
    for email, name in zip(coordinators, ("가담당", "나담당"), strict=True):
        SeatFactory(user=person(email, name), role="coordinator", cooperative=host)
    firms = (
        owner_of_member(host, "good@paying.example", "가대표", firm="잔액상사", number=930),
        owner_of_member(host, "poor@paying.example", "나대표", firm="한도상사", number=931),
    )
    deal = Deal(host=host, given={"title": "카드로 내는 공동구매"})
    deal.opened()
    sells = person("sells@paying.example", "공급자")
    SeatFactory(user=sells, role="owner", firm_id=deal.supplier.firm_id)
    return Place(host, deal, coordinators, firms, sells.email)


def test_from_a_key_to_the_suppliers_money(
    site: Site, place: Place, simulator: Simulated, visitor: Callable[..., Visitor]
) -> None:
    campaign = f"/campaigns/{place.deal.campaign.pk}"
    office = visitor("office").sign_in(place.coordinators[0])
    good, poor = (visitor(name).sign_in(email) for name, email in zip(
        ("good", "poor"), place.firms, strict=True))  # fmt: skip

    second = visitor("second").sign_in(place.coordinators[1])
    enter_key(office, second, site, place, simulator)
    save(good, GOOD, simulator)
    good.picture("payment-methods")
    save(poor, POOR, simulator)
    commit(good, campaign, 60)
    commit(poor, campaign, 50)
    office.go(f"/desk{campaign}?tab=closing").press("지금 마감하기")
    office.confirm("마감하기")

    pays_by_itself(good)
    mend(poor, simulator)
    assert sorted(charged(simulator)) == sorted(payment.amount for payment in place.payments())

    place.deliver()
    give_part_back(office, campaign)
    pay_supplier(office, second, place, visitor)
    assert [str(each) for each in breaches()] == []


def enter_key(
    office: Visitor, second: Visitor, site: Site, place: Place, simulator: Simulated
) -> None:
    """One enters what opens the account, the other confirms it; events are told to us."""
    office.go("/desk/payments/ways")
    office.press("키 입력")
    for label, secret in SECRETS.items():
        office.fill(label, secret)
    office.picture("desk-ways-key")
    office.expecting_refusals(1).press("확인하고 저장")
    office.prove()
    office.sees("다른 담당자가 확인하면 쓰입니다.")
    expect(office.page.locator("main")).not_to_contain_text("sk_test_paying")
    second.go("/desk/payments/ways").picture("desk-ways-waiting")
    second.press("우리 계정이 맞습니다")
    second.expecting_refusals(1).press("우리 계정이 맞습니다")
    second.prove()
    second.sees("사용 중")
    second.settled().picture("desk-ways")
    address = f"{site.origin}/api/v1/webhooks/stripe/{place.host.pk}"
    simulator.control("listen", url=address, secret="whsec_paying", key="sk_test_paying")


def save(firm: Visitor, card: str, simulator: Simulated, *, asks: bool = False) -> None:
    """A firm saves a card on the provider's page, and is back; asks: after its bank asked."""
    firm.go("/payment-methods")
    firm.press("결제 수단 등록")
    firm.page.wait_for_url(re.compile(re.escape(simulator.base)))
    firm.page.get_by_role("button", name=re.compile(card)).first.click()
    if asks:
        firm.page.get_by_role("button", name="인증 완료").click()
    firm.page.wait_for_url(re.compile("/payment-methods"))
    firm.settled().sees("등록되었습니다")
    firm.sees("사용 가능")


def commit(firm: Visitor, campaign: str, quantity: int) -> None:
    """A firm commits, and agrees to be charged."""
    firm.go(campaign).fill("수량", str(quantity))
    firm.page.get_by_role("radio", name=re.compile("자동 결제")).check()
    firm.sees("이 방법을 고르면 아래 내용에 동의합니다.")
    firm.settled().picture("campaign-by-card")
    firm.press(re.compile("참여 약정하기"))
    firm.sees("내 참여 약정")
    firm.sees(re.compile("지금 결제 방법"))


def pays_by_itself(firm: Visitor) -> None:
    """The worker charges the card; the firm had nothing to do."""
    order(firm)
    firm.sees("Visa •••• 4242")
    firm.sees("결제한 때")
    firm.settled().picture("order-charged")


def order(firm: Visitor) -> None:
    """Open the firm's newest order once it is there."""
    link = firm.page.locator("main").get_by_role("link", name=re.compile(r"\d{8}-"))
    for _ in range(40):
        firm.go("/orders")
        if link.count():
            break
        firm.page.wait_for_timeout(500)
    link.first.click()
    firm.settled()


def mend(firm: Visitor, simulator: Simulated) -> None:
    """The card is refused; the firm saves another, and its bank asks who it is."""
    order(firm)
    firm.sees(re.compile(r"결제되지 않았습니다\(잔액 또는 한도 부족\)"))
    firm.settled().picture("order-refused")
    save(firm, "매번 본인 인증", simulator, asks=True)
    order(firm)
    firm.page.get_by_role("radio", name=re.compile("3184")).check()
    firm.press(re.compile("결제하기"))
    firm.page.wait_for_url(re.compile(re.escape(simulator.base)))
    firm.page.get_by_role("button", name="인증 완료").click()
    firm.page.wait_for_url(re.compile("/orders/"))
    firm.settled().sees("결제한 때")
    firm.sees("Visa •••• 3184")


def charged(simulator: Simulated) -> list[int]:
    """What the provider took: one amount for each payment."""
    state = simulator.state()
    assert state["twice"] == []
    return [each["amount"] for each in state["charged"].values() if each["succeeded"]]


def give_part_back(office: Visitor, campaign: str) -> None:
    """The office gives a firm a part back; the worker sends it the way that it came."""
    office.go(f"/desk{campaign}?tab=money")
    office.press(re.compile("^일부 환불: 잔액상사"))
    dialog = office.page.locator("dialog[open]")
    office.fill("돌려줄 금액", "1100", dialog)
    office.page.locator("dialog[open] textarea").fill("두 권이 젖어 있었습니다")
    office.press("일부 환불", dialog)
    expect(dialog).to_have_count(0)
    office.sees("결제한 수단으로 곧 돌려보냅니다")
    office.settled().picture("desk-money-charged")
    refund = Refund.objects.get(payment__firm__name="잔액상사")
    end = time.monotonic() + 60
    while refund.state != "succeeded":
        assert time.monotonic() < end, f"the refund is {refund.state}"
        time.sleep(0.5)
        refund.refresh_from_db()
    assert (refund.way, refund.amount) == ("stripe", 1100)


def pay_supplier(
    office: Visitor, second: Visitor, place: Place, visitor: Callable[..., Visitor]
) -> None:
    """Prepared by one, approved by the other, noted as sent; the supplier reads the statement."""
    supplier = visitor("supplier").sign_in(place.supplier).go("/settings/firm")
    supplier.press("계좌 바꾸기")
    for label, said in ACCOUNT.items():
        supplier.fill(label, said)
    supplier.press("저장", supplier.page.get_by_role("form", name="돈을 받을 계좌"))
    supplier.sees("계좌를 바꾸었습니다")
    office.go(f"/desk/campaigns/{place.deal.campaign.pk}?tab=money")
    office.press("지급 준비")
    office.confirm("지급 준비")
    office.sees("다른 담당자의 승인을 기다립니다")
    second.go("/desk/payouts").picture("desk-payout-waits")
    second.press("승인")
    second.confirm("승인")
    second.sees("지급을 승인했습니다")
    office.go("/desk/payouts")
    office.press("송금 기록")
    office.confirm("송금 기록")
    office.sees("송금을 기록했습니다")
    supplier.go("/supplier/payouts").picture("supplier-payouts")
    supplier.sees("지급 완료")
    assert Payout.objects.get(campaign=place.deal.campaign).state == "succeeded"
