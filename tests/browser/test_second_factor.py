"""Second factor, sessions, keys and the table of rights at the screen.

An installation of its own, with SECOND_FACTOR_REQUIRED; passkeys by Chromium's own authenticator.
"""

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.accounts.browser import code_of
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.journey.cast import person
from tests.journey.people import PASSWORD
from tests.journey.stack import running

from mungchi.accounts.models import Session, User

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def guarded(db: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation that asks for second factors."""
    folder = tmp_path_factory.mktemp("guarded")
    cooperative = CooperativeFactory(name="새봄협동조합", name_en="Saebom Co-op")
    with running(db, folder, SECOND_FACTOR_REQUIRED="true") as port:
        yield Site(port, folder, cooperative)


@pytest.fixture
def guest(guarded: Site, chrome: Browser) -> Iterator[Callable[[str], Visitor]]:
    """Make visitors of it; none of them may have met a fault."""
    made: list[Visitor] = []

    def make(name: str) -> Visitor:
        made.append(Visitor(chrome, guarded.origin, name))
        return made[-1]

    yield make
    faults = [fault for each in made for fault in each.leave()]
    assert not faults, "\n".join(faults)


def coordinator(site: Site, local: str) -> str:
    """A coordinator who has never signed in; returns the address."""
    user = person(f"{local}@mungchi.example", "정담당")
    SeatFactory(user=user, role="coordinator", cooperative=site.cooperative)
    return user.email


def enter(visitor: Visitor, email: str, page: str = "/sign-in") -> None:
    """Address and password, by the form."""
    visitor.go(page)
    visitor.fill("이메일", email)
    visitor.fill("비밀번호", PASSWORD)
    visitor.page.locator("main").get_by_role("button", name="로그인", exact=True).click()


def leave(visitor: Visitor) -> None:
    """Sign out by the menu."""
    visitor.page.locator("header .end [aria-expanded]").last.click()
    visitor.expecting_refusals(1)
    visitor.page.locator("header").get_by_role("button", name="로그아웃", exact=True).click()
    expect(visitor.page.locator("header").get_by_role("link", name="로그인")).to_be_visible()


def set_up_app(visitor: Visitor) -> str:
    """Set up an authenticator app on the page that one was led to; returns its secret."""
    visitor.expecting_refusals(2).press("인증 앱 설정하기")
    dialog = visitor.page.locator("dialog[open]")
    expect(dialog.get_by_alt_text("인증 앱으로 찍을 QR 코드")).to_be_visible()
    visitor.glance("security-app")
    dialog.locator("summary").click()
    secret = dialog.locator("code").inner_text().replace(" ", "")
    visitor.fill("인증 코드", code_of(secret), dialog)
    dialog.get_by_role("button", name="설정하기").click()
    visitor.prove()
    return secret


def authenticator(visitor: Visitor) -> None:
    """Plug in a device that can hold passkeys and always finds its owner present."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_seat_that_needs_it_is_led_to_it_and_asked_ever_after(
    guarded: Site, guest: Callable[[str], Visitor]
) -> None:
    email = coordinator(guarded, "guarded")
    office = guest("guarded")
    enter(office, email, "/sign-in?next=/desk/members")
    office.page.wait_for_url("**/settings/security")
    office.sees(re.compile("2단계 인증이 필요합니다"))
    office.settled().picture("security-needed")
    secret = set_up_app(office)
    office.sees("복구 코드를 보관하세요")
    codes = office.page.locator("dialog[open] .codes code").all_inner_texts()
    assert len(set(codes)) == 10
    with office.page.expect_download() as saving:
        office.press("파일로 받기")
    assert codes[9] in saving.value.path().read_text()
    office.glance("security-codes")
    office.press("보관했습니다")
    office.settled().picture("security")
    office.page.get_by_role("link", name="계속하기").click()
    office.settled()
    assert guarded.letter("인증 수단(인증 앱)이 추가")

    leave(office)
    office.expecting_refusals(2)
    enter(office, email, "/sign-in?next=/desk/members")
    office.sees(re.compile("2단계 인증을 마쳐 주세요"))
    office.picture("sign-in-second")
    office.expecting_refusals(1).fill("인증 코드", "000000")
    office.press("로그인")
    office.sees(re.compile("코드가 맞지 않거나"))
    office.fill("인증 코드", codes[0])
    office.press("로그인")
    office.page.wait_for_url("**/desk/members")
    office.settled()

    # The session ends under the page: both steps again, over it.
    Session.objects.filter(user__email=email).delete()
    office.expecting_refusals(5)
    office.page.get_by_label("상태").first.select_option(index=1)
    dialog = office.page.locator("dialog[open]")
    office.fill("비밀번호", PASSWORD, dialog)
    dialog.get_by_role("button", name="로그인", exact=True).click()
    office.fill("인증 코드", code_of(secret, steps=1), dialog)
    dialog.get_by_role("button", name="로그인", exact=True).click()
    expect(dialog).to_have_count(0)
    office.settled()
    office.refusals_expected = 0


def test_a_passkey_signs_in_alone_and_other_devices_are_signed_out(
    guarded: Site, guest: Callable[[str], Visitor]
) -> None:
    email = coordinator(guarded, "passkey")
    office = guest("passkey")
    authenticator(office)
    enter(office, email)
    office.page.wait_for_url("**/settings/security")
    office.expecting_refusals(1).settled().press("패스키 추가")
    office.fill("이름", "사무실 컴퓨터", office.page.locator("dialog[open]"))
    office.press("패스키 추가")
    office.prove()
    office.sees("복구 코드를 보관하세요")
    office.press("보관했습니다")
    office.sees("사무실 컴퓨터")
    leave(office)

    office.go("/sign-in").press("패스키로 로그인")
    expect(office.page.get_by_role("link", name=re.compile("^알림"))).to_be_visible()
    leave(office)
    office.expecting_refusals(2)
    enter(office, email)
    office.press("패스키로 확인")
    expect(office.page.get_by_role("link", name=re.compile("^알림"))).to_be_visible()

    other = guest("elsewhere")
    authenticator(other)
    codes = _codes_of(email)
    other.expecting_refusals(2)
    enter(other, email)
    other.fill("복구 코드", codes[0])
    other.press("로그인")
    expect(other.page.get_by_role("link", name=re.compile("^알림"))).to_be_visible()
    office.go("/settings/security").press("다른 기기에서 모두 로그아웃")
    office.confirm("다른 기기에서 모두 로그아웃")
    expect(office.page.get_by_text("지금 이 기기")).to_have_count(1)
    expect(office.page.locator("section", has_text="로그인된 기기").locator("li")).to_have_count(1)
    assert other.page.request.get("/api/v1/me").status == 401


def _codes_of(email: str) -> list[str]:
    from allauth.mfa.models import Authenticator

    row = Authenticator.objects.get(user__email=email, type="recovery_codes")
    return row.wrap().get_unused_codes()  # type: ignore[no-any-return]


def test_a_key_is_made_used_and_revoked_and_the_table_is_read(
    guarded: Site, guest: Callable[[str], Visitor]
) -> None:
    email = coordinator(guarded, "keys")
    office = guest("keys")
    authenticator(office)
    enter(office, email)
    office.page.wait_for_url("**/settings/security")
    office.expecting_refusals(1).settled().press("패스키 추가")
    office.fill("이름", "노트북", office.page.locator("dialog[open]"))
    office.press("패스키 추가")
    office.prove()
    office.press("보관했습니다")

    office.go("/settings").picture("settings")
    office.go("/settings/keys").picture("keys-none")
    office.press("API 키 만들기")
    dialog = office.page.locator("dialog[open]")
    office.fill("이름", "회계 프로그램", dialog)
    dialog.get_by_label("조합원사와 가입 신청 보기").check()
    office.glance("keys-new")
    dialog.get_by_role("button", name="API 키 만들기").click()
    office.sees("API 키를 만들었습니다")
    key = office.page.get_by_label("API 키", exact=True).inner_text()
    office.glance("keys-made")
    office.press("옮겨 두었습니다")
    office.settled().picture("keys")
    assert _ask(guarded, "members", key) == 200
    assert _ask(guarded, "payments", key) == 403
    office.press("회계 프로그램 폐기")
    office.confirm("폐기")
    office.sees("회계 프로그램 키를 폐기했습니다")
    assert _ask(guarded, "members", key) == 401

    office.go("/permissions").picture("permissions")
    office.sees("조합원사를 승인하고 정지하기")


def _ask(site: Site, path: str, key: str) -> int:
    request = urllib.request.Request(
        f"{site.origin}/api/v1/{path}", headers={"Authorization": f"Bearer {key}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_an_operator_enters_the_admin_and_helps_somebody_who_lost_everything(
    guarded: Site, guest: Callable[[str], Visitor]
) -> None:
    from allauth.mfa.models import Authenticator

    lost = coordinator(guarded, "lost")
    Authenticator.objects.create(
        user=User.objects.get(email=lost), type="totp", data={"secret": "nothing readable"}
    )
    user = person("root@mungchi.example", "운영자")
    user.is_staff = user.is_superuser = True
    user.save()
    SeatFactory(user=user, role="operator")
    operator = guest("operator")
    authenticator(operator)
    operator.page.goto("/admin/accounts/user/")
    expect(operator.page).to_have_url(re.compile(r"/sign-in\?next=/admin/accounts/user/$"))
    operator.settled()
    operator.fill("이메일", user.email)
    operator.fill("비밀번호", PASSWORD)
    operator.page.locator("main").get_by_role("button", name="로그인", exact=True).click()
    operator.page.wait_for_url("**/settings/security")
    operator.expecting_refusals(1).settled().press("패스키 추가")
    operator.fill("이름", "보안 키", operator.page.locator("dialog[open]"))
    operator.press("패스키 추가")
    operator.prove()
    operator.press("보관했습니다")
    operator.page.goto("/admin/accounts/user/")
    expect(operator.page.get_by_text(lost).first).to_be_visible()

    operator.go("/settings/recovery")
    operator.fill("이메일", lost)
    operator.fill("사유", "휴대전화 분실, 대표 번호로 통화해 확인")
    operator.picture("recovery")
    operator.press("초기화")
    operator.confirm("초기화")
    operator.sees(re.compile("초기화했습니다"))
    assert not Authenticator.objects.filter(user__email=lost).exists()
    assert guarded.letter("운영자가 2단계 인증을 초기화")
