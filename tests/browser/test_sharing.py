"""A campaign is told to somebody who is not signed in, and brings them back to it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.visitor import Visitor
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.factories.campaigns import Story
from tests.journey.cast import owner_of_member, person
from tests.journey.people import PASSWORD

pytestmark = [pytest.mark.browser]


def test_a_campaign_is_shared_and_whoever_was_told_finds_the_way_in(
    visitor: Callable[..., Visitor], db: str
) -> None:
    home = CooperativeFactory(name="나눔협동조합", name_en="Nanum Co-op")
    email = owner_of_member(home, "teller@share.example", "김나눔", firm="나눔상사", number=870)
    away = CooperativeFactory(name="먼협동조합")
    other = owner_of_member(away, "told@share.example", "이들음", firm="들음상사", number=871)
    SeatFactory(user=person("office@share.example", "정사무"), role="coordinator", cooperative=home)
    story = Story(host=home, given={"title": "나눔 공동구매"}).opened()
    for quantity in (20, 25, 10):
        story.join(quantity)

    teller = visitor("teller").sign_in(email)
    teller.go(f"/campaigns/{story.campaign.pk}").press("알리기")
    dialog = teller.page.locator("dialog[open]")
    address = dialog.locator("output")
    expect(address).to_contain_text("/s/")
    expect(dialog.locator("img")).to_have_js_property("naturalWidth", 1200)
    expect(dialog.get_by_role("button", name="공유 끄기")).to_have_count(0)
    teller.glance("share")
    path = "/s/" + address.inner_text().rpartition("/")[2]

    told = visitor("told")
    # Not a page of the application: nothing of it is there to wait for.
    told.page.goto(f"{told.origin}{path}")
    expect(told.page.get_by_text("45박스 더 모이면").first).to_be_visible()
    expect(told.page.locator("img")).to_have_js_property("naturalWidth", 1200)
    told.page.get_by_role("link", name="로그인하고 참여하기").click()
    told.settled()
    told.fill("이메일", other)
    told.fill("비밀번호", PASSWORD)
    told.page.locator("main").get_by_role("button", name="로그인", exact=True).click()
    told.sees("나눔협동조합의 조합원사가 참여할 수 있습니다.")
    told.picture("shared-elsewhere")
    teller.go(f"/told/{path[3:]}")
    teller.page.wait_for_url(f"**/campaigns/{story.campaign.pk}")

    office = visitor("sharing-office").sign_in("office@share.example")
    office.go(f"/desk/campaigns/{story.campaign.pk}").press("알리기")
    office.press("공유 끄기")
    office.sees("공유가 꺼져 있습니다")
    answer = told.page.request.get(f"{told.origin}{path}")
    assert answer.status == 404
    assert "더는 쓰이지 않는 주소입니다." in answer.text()
    office.press("공유 켜기")
    expect(office.page.locator("dialog[open] output")).not_to_contain_text(path)
