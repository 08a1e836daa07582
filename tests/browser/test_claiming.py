"""Claims about some variants of an order, at the screen."""

import re
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.factories.claims import REPLACEMENT, answer, opened
from tests.factories.orders import today
from tests.factories.variants import Coloured
from tests.journey.cast import owner_of_member, person

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Firm, Seat
from mungchi.deliveries import operations
from mungchi.deliveries.models import Claim
from mungchi.payments import stage as payment_stage

pytestmark = [pytest.mark.browser]
OFFICE, FIRM, CALLED = "office@claiming.example", "firm@claiming.example", "색상상사"


class Mine(Coloured):
    """Its first firm can sign in, and ordered 5 red and 5 black."""

    firm: Actor

    def join(self, quantity: int, *given: object, **more: object):  # type: ignore[override]
        first = None if getattr(self, "people", None) else self.firm
        return self.take(5, 0, 5, firm=first)


def test_some_of_several_variants_are_claimed_and_what_did_not_come_is_refunded(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    host = CooperativeFactory(name="색상협동조합")
    SeatFactory(user=person(OFFICE, "색담당"), role="coordinator", cooperative=host)
    owner_of_member(host, FIRM, "색대표", firm=CALLED, number=941)
    with transaction.atomic():  # before the worker does it
        deal = Mine(host=host, given={"title": "색색의 공동구매"})
        deal.firm = actor_for(Seat.objects.get(firm=Firm.objects.get(name=CALLED)))
        deal.received(10, 10)
        payment_stage.book_sales()
    order = deal.orders()[0]
    red, _, black = map(str, deal.ids())

    firm = visitor("firm").sign_in(FIRM).go(f"/orders/{order.pk}")
    firm.press("클레임 내기")
    dialog = firm.page.locator("dialog[open]")
    firm.fill("검정 수량", "2", dialog)
    firm.fill("어떤 문제인가요", "두 개가 찢어졌습니다", dialog)
    firm.glance("claim-by-variant")
    dialog.get_by_role("button", name="클레임 내기").last.click()
    firm.settled().sees("두 개가 찢어졌습니다")
    made = Claim.objects.get(order=order)
    assert (made.quantity, made.parts) == (2, [{"id": black, "quantity": 2}])

    with transaction.atomic():
        claim = opened(deal, 5, kind="wrong", wish=REPLACEMENT, parts={red: 3, black: 2})
        answer(deal, claim, REPLACEMENT, 5)
        parcel = operations.ship_replacement(
            actor=deal.supplier, claim_id=claim.pk, quantity=3, carrier="한빛택배",
            tracking_number="R1", shipped_date=today(),
        )  # fmt: skip
        operations.receive_shipment(actor=deal.firm, shipment_id=parcel.pk, quantity=3, note="")
    office = visitor("office").sign_in(OFFICE).go(f"/claims/{claim.pk}")
    office.press("교환 대신 환불")
    dialog = office.page.locator("dialog[open]")
    office.fill("환불하는 까닭", "재고가 없습니다", dialog)
    dialog.get_by_role("button", name="교환 대신 환불").last.click()
    expect(dialog.get_by_text(re.compile("필요한 합계")).first).to_be_visible()
    office.fill("검정 수량", "2", dialog)
    office.glance("claim-turned")
    office.confirm("교환 대신 환불")
    office.sees("재고가 없습니다")
    claim.refresh_from_db()
    assert claim.settled_parts == [{"id": black, "quantity": 2}]
    office.settled().picture("claim-turned")
