"""Money that takes its time, at the screen: an order on account that one transfer of a statement
pays, a charge that a payer's bank disputes, and a supplier that confirms less."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.browser.waiting import until
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.factories.disputing import Disputed
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken
from tests.factories.terms import terms
from tests.journey.cast import owner_of_member, person
from tests.simulated import Simulated

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Cooperative, Firm, Seat
from mungchi.orders.models import PurchaseOrder
from mungchi.payments import operations
from mungchi.payments.models import CreditLine, Dispute, MonthlyStatement, Payment, Refund
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.browser]
OFFICE, FIRM, SUPPLIER = (f"{one}@owing.example" for one in ("office", "firm", "supplier"))
CALLED = "외상상사"


@dataclass
class World:
    """One cooperative with an office, and a member firm that can sign in; all tests share it."""

    host: Cooperative
    firm: Actor

    def deal(self, title: str, kind: type[Deal] = Deal) -> Deal:
        """A campaign of the cooperative that is open."""
        made = kind(host=self.host, given={"title": title})
        made.opened()
        return made


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    host = CooperativeFactory(name="외상거래협동조합")
    SeatFactory(user=person(OFFICE, "외담당"), role="coordinator", cooperative=host)
    owner_of_member(host, FIRM, "외대표", firm=CALLED, number=940)
    return World(host, actor_for(Seat.objects.get(firm=Firm.objects.get(name=CALLED))))


def test_bought_on_terms_and_the_statement_paid_by_one_transfer(
    world: World, visitor: Callable[..., Visitor]
) -> None:
    deal = world.deal("외상으로 사는 공동구매")
    terms(deal.office)
    office = visitor("office").sign_in(OFFICE).go("/desk/payments/terms")
    office.sees("외상으로 사는 기업이 없습니다")
    office.press("기업에 한도 주기")
    dialog = office.page.locator("dialog[open]")
    dialog.get_by_role("combobox").fill("외상")
    dialog.get_by_role("option", name=re.compile(CALLED)).click()
    office.fill("사유", "오래 거래했습니다", dialog)
    office.glance("desk-terms-limit")
    office.confirm("저장")
    office.settled().sees("오래 거래했습니다")

    firm = visitor("firm").sign_in(FIRM).go(f"/campaigns/{deal.campaign.pk}")
    firm.fill("수량", "60")
    firm.page.get_by_role("radio", name=re.compile("외상으로")).check()
    firm.press(re.compile("참여 약정하기"))
    firm.sees(re.compile("지금 결제 방법"))
    deal.join(60)
    with transaction.atomic():  # before the worker does it
        deal.cleared()
    mine = Payment.objects.filter(order__campaign=deal.campaign, firm_id=world.firm.firm_id)
    until(lambda: mine.filter(state="on_account").exists(), "nothing is on account")
    firm.go(f"/orders/{mine.get().order_id}").sees(re.compile("외상으로 처리된 주문입니다"))
    firm.picture("order-on-account")
    office.go("/desk/payments/terms?show=owing").picture("desk-terms")
    expect(office.page.get_by_role("link", name=CALLED)).to_be_visible()

    # The month is stated now, instead of when it has ended.
    credit = CreditLine.objects.get(cooperative=world.host)
    operations.make_statements(credit_id=credit.pk, last=today().replace(day=1))
    stated = MonthlyStatement.objects.filter(firm_id=world.firm.firm_id).earliest("month")
    firm.go(f"/statements/{stated.pk}").sees(re.compile(stated.reference))
    firm.picture("statement")
    taken(deal.office, [Moved(today(), stated.closing, CALLED, f"{stated.reference} 외상")])
    office.go("/desk/payments/bank").press("목록 보고 한 번에 확인")
    office.press("1건 확인")
    until(lambda: mine.get().state == "paid", "the statement is not paid")
    office.go("/desk/payments/terms?show=owing")
    expect(office.page.get_by_role("link", name=CALLED)).to_have_count(0)
    firm.page.reload()
    firm.settled().sees("모두 냄")


def test_a_dispute_is_told_evidence_is_kept_and_its_submission_written_down(
    site: Site, world: World, simulator: Simulated, visitor: Callable[..., Visitor]
) -> None:
    deal = Disputed(host=world.host, given={"title": "이의 제기된 공동구매"})
    with transaction.atomic():
        deal.simulated(simulator, "visa", "visa")
    address = f"{site.origin}/api/v1/webhooks/stripe/{world.host.pk}"
    known = simulator.credentials()
    simulator.control(
        "listen", url=address, secret=known.webhook_secret, key=known.secret_key
    )  # fmt: skip
    until(lambda: {one.state for one in deal.payments()} == {"paid"}, "nobody is charged")
    charge = deal.payment.attempts.get(state="succeeded").external_id
    simulator.control("dispute", charge=charge, reason="product_not_received")
    disputes = Dispute.objects.filter(campaign=deal.campaign)
    until(disputes.exists, "nothing is known of the dispute")

    office = visitor("office").sign_in(OFFICE).go("/desk/payments/disputes")
    office.picture("desk-disputes")
    office.page.locator("main").get_by_role("link", name=deal.payment.firm.name).click()
    office.settled().sees("소명 필요")
    office.page.locator("input[type=file]").set_input_files(
        {"name": "수령 확인서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    office.sees("수령 확인서.pdf")
    office.fill("메모 쓰기", "대표와 통화했습니다")
    office.press("메모 남기기")
    office.sees("대표와 통화했습니다")
    office.settled().picture("desk-dispute")
    office.press("제출 기록")
    dialog = office.page.locator("dialog[open]")
    office.fill("제출한 날", today().isoformat(), dialog)
    office.fill("무엇을 제출했나요", "수령 확인서", dialog)
    office.glance("desk-dispute-submitted")
    office.confirm("제출 기록")
    office.sees("소명 자료를 제출했습니다")
    dispute = disputes.get()
    assert (dispute.submitted_on, dispute.files.count(), dispute.notes.count()) == (today(), 1, 1)
    assert deal.payment.state == "disputed"


def test_a_supplier_confirms_less_and_the_firm_sees_what_goes_back(
    world: World, visitor: Callable[..., Visitor]
) -> None:
    deal = world.deal("모자라는 공동구매")
    SeatFactory(user=person(SUPPLIER, "공급자"), role="owner", firm_id=deal.supplier.firm_id)
    deal.join(60, firm=world.firm)
    deal.join(60)
    with transaction.atomic():  # before the worker does it
        deal.cleared()
    until(lambda: len(deal.payments()) == 2, "no money is asked for")
    for payment in deal.payments():
        deal.pay(payment)
    ordered = PurchaseOrder.objects.filter(campaign=deal.campaign)
    until(ordered.exists, "nothing is ordered")

    supplier = visitor("supplier").sign_in(SUPPLIER)
    supplier.go(f"/supplier/purchase-orders/{deal.purchase_order.pk}").press("일부만 확인")
    dialog = supplier.page.locator("dialog[open]")
    supplier.fill("공급할 수 있는 수량", "90", dialog)
    supplier.fill("납기", (today() + timedelta(days=9)).isoformat(), dialog)
    supplier.fill("까닭", "입고가 늦습니다", dialog)
    supplier.press("다음", dialog)
    supplier.glance("supplier-less")
    supplier.confirm("협동조합에 묻기")
    supplier.sees("협동조합의 답을 기다리는 중")

    office = visitor("office").sign_in(OFFICE).go(f"/desk/campaigns/{deal.campaign.pk}")
    office.sees("공급사가 주문보다 적게 확인했습니다")
    office.picture("desk-less")
    office.press("받아들이기")
    office.page.locator("dialog[open] textarea").fill("있는 만큼 받습니다")
    office.confirm("받아들이기")
    mine = Refund.objects.filter(payment__order__campaign=deal.campaign, firm_id=world.firm.firm_id)
    until(mine.exists, "nothing goes back")

    refund = mine.get()
    firm = visitor("firm").sign_in(FIRM).go(f"/orders/{refund.payment.order_id}")
    firm.sees("공급사가 적게 확인하여 줄었습니다")
    firm.sees(re.compile(f"{refund.amount:,}"))
    firm.picture("order-less")
    assert sum(order.quantity for order in deal.orders()) == 90
    assert [str(each) for each in breaches()] == []
