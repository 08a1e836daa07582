"""Firms and cooperatives among each other: brought together, sought out, admitted, partners."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.browser.visitor import Visitor
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    SeatFactory,
    business_number,
    partners,
)
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.demand import need
from tests.factories.outreach import bought_together
from tests.journey.cast import person

from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Cooperative, Partnership
from mungchi.common import clock
from mungchi.outreach import operations as outreach

pytestmark = [pytest.mark.browser]
Visitors = Callable[..., Visitor]


def cooperative(name: str, number: int) -> tuple[Cooperative, str]:
    """A cooperative, and the address of its coordinator."""
    home = CooperativeFactory(name=name, name_en=f"{name} Co-op")
    email = f"office-{number}@among.example"
    SeatFactory(user=person(email, "권담당"), role="coordinator", cooperative=home)
    return home, email


def owner(home: Cooperative, name: str, number: int) -> str:
    """A member firm; the address of its owner."""
    firm = FirmFactory(name=name, business_number=business_number(number), address="서울 새길 7")
    MembershipFactory(cooperative=home, firm=firm)
    email = f"owner-{number}@among.example"
    SeatFactory(user=person(email, f"{name} 대표"), role="owner", firm=firm)
    return email


def test_two_firms_of_partner_cooperatives_find_each_other(visitor: Visitors, db: str) -> None:
    near, _ = cooperative("가람협동조합", 800)
    far, _ = cooperative("누리협동조합", 801)
    partners(near, far)
    CategoryFactory(name="통관")
    giver = visitor("giver").sign_in(owner(far, "먼바다통관", 802))
    giver.go("/directory/mine")
    giver.press("제공 품목 올리기")
    form = giver.page.locator("dialog[open]")
    giver.fill("이름", "통관 대행", form)
    form.get_by_label("분류").select_option(label="통관")
    expect(form.get_by_label("협력 조합의 기업에도 보입니다")).to_be_checked()
    giver.glance("listing-new")
    giver.press("제공 품목 올리기", form)
    giver.sees("협력 조합에도 공개")

    seeker = visitor("seeker").sign_in(owner(near, "가까운상사", 803))
    seeker.go("/directory?reach=partners").sees("협력 조합 · 누리협동조합")
    seeker.picture("directory")
    seeker.press("연결 요청: 먼바다통관")
    asking = seeker.page.locator("dialog[open]")
    seeker.fill("무엇을 찾고 있습니까", "견본을 보내려고 합니다", asking)
    seeker.fill("알려 줄 전화번호", "010-1234-5678", asking)
    seeker.press("연결 요청", asking)
    seeker.sees("연결을 요청했습니다")

    giver.go("/introductions").page.get_by_role("link", name=re.compile("가까운상사")).click()
    giver.settled().sees("가람협동조합")
    expect(giver.page.get_by_text("010-1234-5678")).to_have_count(0)
    giver.picture("introduction-asked")
    giver.fill("알려 줄 전화번호", "02-777-8888")
    giver.press("동의하기")
    giver.sees("010-1234-5678")
    giver.picture("introduction-made")
    seeker.go("/introductions").page.get_by_role("link", name=re.compile("먼바다통관")).click()
    seeker.sees("02-777-8888")


def test_a_firm_that_is_left_out_is_sought_out_and_comes_back(visitor: Visitors, db: str) -> None:
    home, office_email = cooperative("다올협동조합", 810)
    kind = CategoryFactory(name="포장")
    story = bought_together(home, category=kind)
    email = owner(home, "외딴상회", 811)
    firm = home.memberships.get(firm__name="외딴상회").firm
    seat = actor_for(firm.seats.get())
    need(home, firm=seat, item=ItemFactory(category=kind))
    outreach.survey_cooperative(cooperative_id=home.pk, at=clock.now())

    office = visitor("seeking").sign_in(office_email)
    office.go("/desk/left-out").sees("외딴상회")
    office.picture("left-out")
    office.press(re.compile("권하기"))
    dialog = office.page.locator("dialog[open]")
    office.fill("함께 전할 말", "같이 사시면 좋겠습니다", dialog)
    office.press("권하기", dialog)
    office.sees("기업에 알렸습니다")

    alone = visitor("alone").sign_in(email)
    alone.go("/introductions").sees("사무국의 권유")
    alone.press(re.compile("관심 있음"))
    alone.sees("사무국에 답을 전했습니다")
    alone.go(f"/campaigns/{story.campaign.pk}")
    alone.fill("수량", "30")
    alone.press(re.compile("참여 약정하기"))
    alone.sees("내 참여 약정")

    outreach.survey_cooperative(cooperative_id=home.pk, at=clock.now() + timedelta(minutes=1))
    office.go("/desk/left-out").sees("빠져 있는 기업이 없습니다")
    office.go(f"/desk/left-out/{firm.pk}").sees(re.compile("돌아옴"))
    office.sees("관심 있음")
    expect(office.page.locator("main")).to_contain_text("같이 사시면 좋겠습니다")
    expect(office.page.locator("main")).to_contain_text(f"‘{story.campaign.title}’로 돌아옴")
    assert story.campaign.commitments.get(firm=firm).quantity == 30
    office.picture("left-out-returned")


def test_a_cooperative_from_its_application_to_its_first_partner(
    visitor: Visitors, db: str
) -> None:
    _, other_email = cooperative("마루협동조합", 820)
    person("founder@among.example", "서설립")
    SeatFactory(user=person("operator@among.example", "운영자"), role="operator")
    founder = visitor("founder").sign_in("founder@among.example")
    founder.go("/register-cooperative")
    founder.fill("사업자등록번호", business_number(821))
    founder.fill("협동조합 이름", "새터협동조합")
    founder.fill("대표자", "서설립")
    founder.fill("주소", "대전 새터로 1")
    founder.fill("전화번호", "042-111-2222")
    founder.picture("register-cooperative")
    founder.press("등록 신청하기")
    founder.sees("확인 대기")

    operator = visitor("operator").sign_in("operator@among.example")
    operator.go("/platform/cooperatives").sees("새터협동조합")
    operator.picture("platform-cooperatives")
    operator.page.get_by_role("row", name=re.compile("새터협동조합")).get_by_role(
        "button", name=re.compile("승인")
    ).click()
    operator.confirm("승인")
    operator.sees("새터협동조합: 처리했습니다")

    founder.go("/desk/cooperative").sees("소개와 규칙")
    founder.fill("입금 기한", "10")
    founder.press("저장")
    founder.sees("저장했습니다")
    founder.go("/desk/cooperative?tab=partners")
    founder.press("협력 제안하기")
    proposing = founder.page.locator("dialog[open]")
    proposing.get_by_role("combobox").fill("마루")
    proposing.get_by_role("option", name=re.compile("마루협동조합")).click()
    founder.fill("전한 말", "함께 사고 싶습니다", proposing)
    founder.press("협력 제안하기", proposing)
    founder.sees("마루협동조합에 협력을 제안했습니다")

    partner = visitor("partner").sign_in(other_email)
    partner.go("/desk/cooperative?tab=partners").sees("우리가 답할 차례")
    partner.press("수락")
    partner.confirm("수락")
    partner.sees("협력 중")
    row = partner.page.get_by_role("row", name=re.compile("새터협동조합"))
    expect(row).to_contain_text("협력 중")
    expect(row).to_contain_text("함께 사고 싶습니다")
    founder.go("/desk/cooperative?tab=partners")
    row = founder.page.get_by_role("row", name=re.compile("마루협동조합"))
    expect(row).to_contain_text("협력 중")
    made = Partnership.objects.get(asking__name="새터협동조합")
    assert (made.asked.name, made.state) == ("마루협동조합", "active")
    partner.picture("desk-partners")
