"""What an office decides on the screen: a split award taken back, and a closing with two."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.campaigns.test_split_award import Shared
from tests.factories.accounts import SeatFactory, member
from tests.factories.campaigns import Story
from tests.journey.cast import OFFICE, person

from mungchi.campaigns.models import Campaign

pytestmark = [pytest.mark.browser]
TAKE_BACK = "나눠 낙찰 거두기"


def test_a_split_award_is_taken_back_and_what_becomes_of_it_is_said(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    story = Shared(title="나눠 낙찰한 공동구매", host=site.cooperative)
    part = story.split()
    office = visitor("office").sign_in(OFFICE)
    office.go(f"/desk/campaigns/{part.pk}").sees("1차 공동구매의 모집을 시작하면 함께 시작됩니다")
    expect(office.page.get_by_role("button", name="취소하기")).to_have_count(0)
    office.go(f"/desk/campaigns/{story.campaign.pk}")
    office.picture("desk-split-prepared")
    office.press(TAKE_BACK)
    dialog = office.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"2차 공동구매({part.title})는 취소되고")
    office.glance("desk-split-taken-back")
    office.fill("한 공급사만 낙찰하는 까닭", "한 곳에서 모두 받기로 했습니다", dialog)
    office.press(TAKE_BACK, dialog)
    office.sees("나눠 낙찰한 것을 거두었습니다")
    expect(office.page.get_by_role("button", name=TAKE_BACK)).to_have_count(0)
    # Both can be chosen again, and the chart of offers stands although their curves are flat.
    office.sees("물량에 따른 개당 값")
    expect(office.page.locator("figure svg path")).to_have_count(2)
    part.refresh_from_db()
    story.campaign.refresh_from_db()
    assert part.state == "cancelled"
    assert story.campaign.award_reason == "한 곳에서 모두 받기로 했습니다"


def test_a_closing_that_one_coordinator_may_not_decide_alone_is_confirmed_by_another(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    story = Story(host=site.cooperative, given={"title": "다른 담당자가 마감할 공동구매"})
    story.opened()
    own = member(site.cooperative)
    story.join(60, firm=own)
    story.join(70)
    asking = person("asks@deciding.example", "가담당")
    SeatFactory(user=asking, role="coordinator", cooperative=site.cooperative)
    # Seats made in one millisecond stand in any order; the first is where one signs in.
    time.sleep(0.01)
    SeatFactory(user=asking, role="viewer", firm_id=own.firm_id)
    path = f"/desk/campaigns/{story.campaign.pk}"

    other = visitor("other").sign_in(OFFICE).go(path)
    first = visitor("first").sign_in(asking.email).go(f"{path}?tab=closing")
    first.press("지금 마감하기")
    first.sees("다른 담당자가 확인하면 마감합니다")
    first.confirm("마감하기")
    first.sees("다른 담당자의 확인을 기다리고 있습니다.")
    # What waits is not asked for again.
    expect(first.page.get_by_role("button", name="지금 마감하기")).to_have_count(0)
    assert Campaign.objects.get(pk=story.campaign.pk).state == "open"

    other.sees("가담당님의 소속 기업이 관련되어 있어")
    other.picture("desk-second-coordinator")
    other.press("확인하기")
    # What is confirmed is seen first, as whoever asked for it saw it.
    expect(other.page.get_by_role("dialog")).to_contain_text("단가는 90원, 주문 수량은 130")
    other.confirm("확인하기")
    other.sees("확인했습니다")
    other.sees("입금")
    first.sees("입금")
    campaign = Campaign.objects.get(pk=story.campaign.pk)
    assert campaign.closed_at is not None
