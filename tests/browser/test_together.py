"""Firms find each other and join, at the screen: we need it too, a bundle that becomes a campaign,
two items that are one, an owner's approval, plan B, and filling after the deadline."""

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
from tests.factories.bundles import need
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.filling import LADDER
from tests.journey.cast import owner_of_member, person

from mungchi.accounts.models import ApprovalLimit, Cooperative, Firm
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Bundle, Campaign, Commitment
from mungchi.catalog.models import Item, LookAlike
from mungchi.common import clock
from mungchi.demand.models import Need

pytestmark = [pytest.mark.browser]
OFFICE, OWNER, BUYER = (f"{one}@together.example" for one in ("office", "owner", "buyer"))
CALLED = "함께상사"
# In which a campaign is made, opened and joined by three firms.
SOON_SECONDS = 12
Visitors = Callable[..., Visitor]


@dataclass
class World:
    """A cooperative with its office and a member firm with an owner and a buyer; tests share it."""

    host: Cooperative
    firm: Firm


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    host = CooperativeFactory(name="함께협동조합", name_en="Together Co-op")
    SeatFactory(user=person(OFFICE, "함담당"), role="coordinator", cooperative=host)
    owner_of_member(host, OWNER, "함대표", firm=CALLED, number=960)
    firm = Firm.objects.get(name=CALLED)
    SeatFactory(user=person(BUYER, "함구매"), role="buyer", firm=firm)
    return World(host, firm)


def test_what_others_need_becomes_a_campaign(world: World, visitor: Visitors) -> None:
    item = ItemFactory(name="친환경 완충재", cooperative=world.host)
    for quantity in (30, 20, 10):
        need(world.host, item, quantity)

    firm = visitor("firm").sign_in(OWNER).go("/demand")
    firm.sees("친환경 완충재")
    firm.picture("demand")
    firm.press("친환경 완충재, 우리도 필요합니다")
    firm.fill("수량", "40", firm.page.locator("dialog[open]"))
    firm.glance("demand-me-too")
    firm.press("올리기")
    firm.sees("친환경 완충재 수요를 올렸습니다")
    mine = Need.objects.get(firm=world.firm, item=item)
    assert mine.quantity == 40

    bundle = Bundle.objects.filter(cooperative=world.host, item=item, state="open")
    until(lambda: bundle.filter(firms=4).exists(), "the four firms are in no bundle")
    office = visitor("office").sign_in(OFFICE).go("/desk/bundles").settled()
    office.picture("desk-bundles")
    office.page.locator("main").get_by_role("link", name=re.compile("친환경 완충재")).first.click()
    office.settled().sees("100")
    office.picture("desk-bundle")
    office.press("이 묶음으로 공동구매 열기")
    office.glance("desk-bundle-open")
    office.confirm("이 묶음으로 공동구매 열기")
    office.sees("공동구매 초안을 만들었습니다")
    made = Campaign.objects.get(host=world.host, item=item)
    assert (made.state, made.threshold_quantity) == ("draft", 50)
    mine.refresh_from_db()
    assert mine.state == "in_campaign"
    firm.go("/needs").sees("친환경 완충재")


def test_two_items_that_are_one_are_merged_and_taken_apart_again(
    world: World, visitor: Visitors
) -> None:
    kept, away = (
        ItemFactory(name=name, cooperative=world.host)
        for name in ("A4 복사용지 80g", "복사용지 A4 80 그램")
    )
    need(world.host, kept, 5)
    need(world.host, away, 7)
    pairs = LookAlike.objects.filter(first__in=(kept, away), second__in=(kept, away), state="open")
    until(pairs.exists, "they were not found alike")

    office = visitor("office").sign_in(OFFICE).go("/desk/items/look-alikes")
    office.sees("복사용지 A4 80 그램")
    office.picture("desk-look-alikes")
    office.press("합치기")
    dialog = office.page.locator("dialog[open]")
    dialog.get_by_role("radio", name=kept.name).check()
    office.glance("desk-look-alikes-merging")
    office.confirm("합치기")
    office.sees(re.compile("에 합쳤습니다"))
    assert Item.objects.get(pk=away.pk).merged_into_id == kept.pk
    assert set(Need.objects.filter(item=kept).values_list("quantity", flat=True)) == {5, 7}

    office.go("/desk/items/look-alikes?tab=merges").sees(away.name)
    office.press("되돌리기")
    office.confirm("되돌리기")
    office.sees("되돌렸습니다")
    assert Item.objects.get(pk=away.pk).merged_into_id is None
    assert list(Need.objects.filter(item=away).values_list("quantity", flat=True)) == [7]


def test_an_owner_approves_and_plan_b_keeps_the_need(world: World, visitor: Visitors) -> None:
    ApprovalLimit.objects.create(firm=world.firm, amount=3_000, currency="KRW")
    story = Story(
        host=world.host, given={"title": "승인받는 공동구매", "threshold_quantity": 500}
    ).opened()

    buyer = visitor("buyer").sign_in(BUYER).go(f"/campaigns/{story.campaign.pk}")
    buyer.fill("수량", "60")
    buyer.page.get_by_label("차선책").select_option("need")
    buyer.sees(re.compile("대표가 승인해야"))
    buyer.press("승인 신청하기")
    buyer.sees("대표의 승인을 기다립니다")
    buyer.picture("campaign-waits-for-approval")
    assert not Commitment.objects.filter(campaign=story.campaign).exists()
    buyer.go("/commitments").sees("승인을 기다리는 참여 1건은 아직 반영되지 않았습니다.")

    owner = visitor("owner").sign_in(OWNER).go("/approvals")
    owner.sees("승인받는 공동구매")
    owner.picture("approvals")
    owner.press("승인")
    owner.glance("approvals-approve")
    owner.confirm("승인")
    owner.sees("승인을 기다리는 참여가 없습니다")
    held = Commitment.objects.get(campaign=story.campaign)
    assert (held.firm_id, held.quantity, held.state) == (world.firm.pk, 60, "active")

    buyer.go("/commitments").sees("승인받는 공동구매")
    buyer.sees("성립 조건 미달")
    buyer.picture("basket")
    with transaction.atomic():
        campaigns.close_campaign(actor=story.office, campaign_id=story.campaign.pk)
    kept = Need.objects.filter(firm=world.firm, item=story.campaign.item)
    until(kept.exists, "plan B was not carried out")
    assert kept.get().quantity == 60
    buyer.go(f"/campaigns/{story.campaign.pk}").sees("60박스를 구매 수요로 올렸습니다.")


def test_a_broken_pack_is_filled_after_the_deadline(world: World, visitor: Visitors) -> None:
    soon = clock.now() + timedelta(seconds=SOON_SECONDS)
    story = Story(
        host=world.host, tiers=LADDER, pack_size=12,
        given={"title": "채우는 공동구매", "fill_hours": 24, "closes_at": soon,
               "offers_due_at": soon - timedelta(seconds=1)},
    ).opened()  # fmt: skip
    for quantity in (31, 20, 4):
        story.join(quantity)
    until(
        lambda: Campaign.objects.get(pk=story.campaign.pk).state == "filling",
        "the deadline passed and nothing is to be filled",
    )

    firm = visitor("firm").sign_in(OWNER).go(f"/campaigns/{story.campaign.pk}")
    firm.sees("물량 채우기")
    firm.picture("campaign-filling")
    firm.press(re.compile("^이만큼 채우기"))
    firm.glance("campaign-filling-asked")
    firm.press(re.compile("^채우기$"))
    firm.sees("받았습니다. 이 물량은 거둘 수 없습니다.")
    mine = Commitment.objects.get(campaign=story.campaign, firm=world.firm)
    assert (31 + 20 + 4 + mine.quantity) % 12 == 0
    expect(firm.page.get_by_role("button", name="거두기")).to_have_count(0)
