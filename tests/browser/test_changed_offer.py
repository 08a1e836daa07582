"""A changed offer on the screens of the three sides: asked for, accepted, answered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import SeatFactory, member
from tests.factories.changes import ColouredReoffer
from tests.journey.cast import OFFICE, owner_of_member, person

from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Seat
from mungchi.campaigns.models import Commitment

pytestmark = [pytest.mark.browser]
STAY = "이 조건으로 계속 참여"


def test_from_the_supplier_to_the_firm(site: Site, visitor: Callable[..., Visitor]) -> None:
    email = owner_of_member(
        site.cooperative, "asked@changed.example", "나참여", firm="바뀐상사", number=910
    )
    story = ColouredReoffer(host=site.cooperative, given={"title": "조건이 바뀌는 공동구매"})
    sells = person("sells@changed.example", "바공급")
    SeatFactory(user=sells, role="owner", firm_id=story.supplier.firm_id)
    story.opened()
    firm = actor_for(Seat.objects.get(user__email=email))
    story.take(20, 30, 10, firm=firm, tolerance=5, tolerance_to=0)
    story.take(60, firm=member(site.cooperative))

    looking = visitor("firm").sign_in(email).go(f"/campaigns/{story.campaign.pk}")
    supplier = visitor("supplier").sign_in(sells.email)
    supplier.go(f"/supplier/campaigns/{story.campaign.pk}")
    supplier.press("조건 변경")
    supplier.fill("납기", "9")
    supplier.fill("파랑 규격별 차액", "7")
    supplier.press("변경 내용 확인")
    dialog = supplier.page.get_by_role("dialog")
    expect(dialog).to_contain_text("사무국이 받아들여야")
    expect(dialog).to_contain_text("파랑 +7원")
    supplier.fill("까닭", "운송 사정", dialog)
    supplier.press("보내기", dialog)
    supplier.sees("사무국의 확인을 기다리고 있습니다")

    office = visitor("office").sign_in(OFFICE).go(f"/desk/campaigns/{story.campaign.pk}")
    office.sees("받아들이면 기업 2곳에 다시 묻습니다.")
    office.picture("desk-changed-offer")
    office.press("받아들이기")
    office.press("받아들이기", office.page.get_by_role("dialog"))
    office.sees("기업 2곳 가운데 0곳이 답했습니다.")

    # The firm's open page takes it in by itself.
    looking.sees("공급 조건이 바뀌었습니다")
    looking.sees("파랑 +7원")
    looking.picture("campaign-changed-offer")
    looking.press(STAY)
    looking.press(STAY, looking.page.get_by_role("dialog"))
    expect(looking.page.get_by_role("button", name=STAY)).to_have_count(0)
    row = Commitment.objects.get(campaign=story.campaign, firm_id=firm.firm_id)
    assert (row.must_answer, row.agreed_version) == (False, 1)
    assert (row.parts, row.tolerance_to) == ([20, 30, 10], 0), "what it wants stays as it was"
    office.sees("기업 2곳 가운데 1곳이 답했습니다.")
