"""People come and go: invited by letter and by link, promoted, removed; members from a list."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import FirmFactory, SeatFactory, business_number
from tests.journey.cast import OFFICE, owner_of_member, person
from tests.journey.people import PASSWORD

pytestmark = [pytest.mark.browser]
OWNER = "owner@seats.example"
GUEST = "guest@seats.example"
HEADERS = "상호,사업자등록번호,대표자,주소,대표 이메일,분과,조합원 번호"


@pytest.fixture(scope="module")
def owner(site: Site) -> str:
    """The only owner of a member firm."""
    return owner_of_member(site.cooperative, OWNER, "윤대표", firm="가온정밀", number=700)


def dialog(visitor: Visitor):
    return visitor.page.locator("dialog[open]")


def test_invited_by_letter_made_owner_and_the_last_one_stays(
    site: Site, owner: str, visitor: Callable[..., Visitor]
) -> None:
    host = visitor("host").sign_in(owner)
    host.go("/settings")
    host.page.get_by_role("link", name="사람과 초대").click()
    host.settled()
    host.press("초대하기")
    dialog(host).locator("input[name=email]").fill(GUEST)
    host.confirm("초대하기")
    host.sees(GUEST)

    guest = visitor("guest").go(site.link("/invitation/"))
    guest.sees("윤대표님이 초대합니다")
    guest.picture("invitation")
    guest.page.get_by_role("link", name="가입하고 수락").click()
    expect(guest.page.get_by_label("이메일")).to_have_value(GUEST)
    guest.fill("비밀번호", PASSWORD)
    guest.press("가입하기")
    guest.fill("내 이름", "한바다")
    guest.press("초대 수락")
    expect(guest.page.locator("header .firm")).to_have_text("가온정밀")

    host.go("/settings/people").sees("한바다")
    host.picture("people")
    host.press("나가기")
    host.expecting_refusals(1)
    dialog(host).get_by_role("button", name="나가기").click()
    expect(dialog(host).get_by_role("alert")).to_contain_text("한 명뿐입니다")
    dialog(host).get_by_role("button", name="취소").click()
    host.press("넘기기: 한바다")
    host.expecting_refusals(1)
    dialog(host).get_by_role("button", name="넘기기", exact=True).last.click()
    host.prove()
    host.sees("한바다님에게 넘겼습니다")
    host.settled()  # its page asks once more, and is to be answered while it still may
    guest.go("/settings/people").press("내보내기: 윤대표")
    guest.expecting_refusals(1)
    dialog(guest).get_by_role("button", name="내보내기", exact=True).last.click()
    guest.prove()
    expect(guest.page.get_by_text("윤대표")).to_have_count(1)  # the message says so

    host.expecting_refusals(2).page.goto("/orders")
    host.page.wait_for_url(re.compile("/register-firm"))
    again = visitor("again").expecting_refusals(6).go(site.link("/invitation/"))
    # Each language asks anew.
    again.sees("쓸 수 없는 초대입니다")
    again.picture("invitation-dead")


def test_a_list_of_members_its_owners_and_a_firm_that_decides(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    represented = FirmFactory(name="나래식품", business_number=business_number(701))
    SeatFactory(user=person("narae@seats.example", "나대표"), role="owner", firm=represented)
    new, wrong = business_number(702), business_number(703)
    lines = [
        HEADERS,
        f"새벽상회,{new},새대표,서울,dawn@seats.example,문구,S-1",
        f"틀린상회,{wrong[:9]}{(int(wrong[9]) + 1) % 10},박대표,서울,,문구,S-2",
        f"나래식품,{represented.business_number},나대표,서울,,식품,S-3",
    ]
    office = visitor("list").sign_in(OFFICE)
    office.go("/desk/member-lists").picture("member-lists")
    office.page.locator("input[type=file]").set_input_files(
        {"name": "명단.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    office.page.wait_for_url(re.compile(r"/desk/member-lists/.+"))
    office.settled().sees(re.compile("사업자등록번호가 올바르지 않습니다"))
    office.page.get_by_label(re.compile("대표 이메일로 기업 대표를 초대하기")).check()
    office.settled().picture("member-list")
    office.press("가져오기 시작")
    office.confirm("가져오기 시작")
    expect(office.page.get_by_role("link", name="조합원사 보기")).to_be_visible(timeout=30_000)
    office.settled().picture("member-list-done")
    office.go("/desk/divisions").picture("divisions")
    office.go("/desk/members?search=새벽상회").sees("대표를 초대함")
    office.picture("members")
    office.go("/desk/people").picture("desk-people")

    owner = visitor("new-owner").go(site.link("/invitation/"))
    owner.sees(re.compile("기업 ‘새벽상회’에 대표 역할로 초대받았습니다"))
    decides = visitor("decides").sign_in("narae@seats.example")
    decides.sees(re.compile("조합원사 초대에 답하기"))
    decides.go("/settings/memberships").picture("memberships")
    decides.press("수락")
    decides.confirm("수락")
    decides.settled().sees("활동")
