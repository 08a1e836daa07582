"""Coming in: sign-up by letter, reset by letter, wrong passwords, pages that are not there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import AXE, Visitor
from tests.journey.people import PASSWORD

pytestmark = [pytest.mark.browser]
NEW = "brand-new-lamp-77"


def test_from_the_front_page_to_an_account_and_a_new_password(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    guest = visitor("guest").go("/")
    guest.sees("함께 사면 값이 내려갑니다")
    guest.picture("welcome")
    guest.go("/sign-up").picture("sign-up")
    email = "choi@mungchi.example"
    guest.fill("이메일", email)
    guest.fill("비밀번호", PASSWORD)
    guest.expecting_refusals(1).press("가입하기")
    guest.sees("메일을 확인해 주세요")
    guest.picture("sign-up-sent")

    guest.go(site.link("/verify-email/")).picture("verify")
    guest.expecting_refusals(1).press("이메일 확인하기")
    guest.page.wait_for_url(re.compile(r"/(sign-in)?$"))
    if "sign-in" in guest.page.url:
        guest.sign_in(email)
    guest.go("/").sees("아직 소속 기업이 없습니다")
    guest.picture("home-no-firm")

    other = visitor("forgetful").go("/reset-password")
    other.picture("reset-ask")
    other.fill("이메일", email)
    other.press("링크 받기")
    other.sees(re.compile("링크를 보냈습니다"))
    other.go(site.link("/reset-password/")).picture("reset")
    other.fill("새 비밀번호", NEW)
    other.expecting_refusals(1).press("비밀번호 바꾸기")
    other.page.wait_for_url(re.compile(r"/(sign-in)?$"))
    # The new one lets in.
    anew = visitor("anew").go("/sign-in")
    anew.fill("이메일", email)
    anew.fill("비밀번호", NEW)
    anew.press("로그인")
    expect(anew.page.get_by_role("link", name=re.compile("^알림"))).to_be_visible()


def test_a_wrong_password_is_told_beside_the_form(visitor: Callable[..., Visitor]) -> None:
    guest = visitor("wrong").go("/sign-in")
    guest.picture("sign-in")
    guest.fill("이메일", "nobody@mungchi.example")
    guest.fill("비밀번호", "not-the-password")
    guest.expecting_refusals(1).press("로그인")
    guest.sees("이메일이나 비밀번호가 맞지 않습니다.")
    expect(guest.page.get_by_label("이메일").first).to_have_value("nobody@mungchi.example")
    guest.picture("sign-in-wrong")


def test_a_page_that_is_not_there(visitor: Callable[..., Visitor]) -> None:
    guest = visitor("lost").go("/no/such/page")
    expect(guest.page.get_by_role("heading", name="없는 화면입니다")).to_be_visible()
    guest.picture("not-found")


def test_whoever_is_not_signed_in_is_led_to_the_form_and_back(
    visitor: Callable[..., Visitor],
) -> None:
    guest = visitor("led")
    guest.page.goto("/orders")
    expect(guest.page.get_by_label("이메일").first).to_be_visible()


def test_control_a_fault_is_noticed(visitor: Callable[..., Visitor]) -> None:
    """An error in the console, a script the policy refuses, a request that is refused."""
    guest = visitor("control").go("/")
    guest.page.evaluate("console.error('planted')")
    guest.page.evaluate("document.body.append(Object.assign(document.createElement('script'), "
                        "{textContent: 'window.broken = 1'}))")  # fmt: skip
    guest.page.evaluate("fetch('/api/v1/orders')")
    guest.page.wait_for_timeout(300)
    guest.go("/")
    found = " ".join(guest.faults)
    assert "planted" in found
    assert "content policy: script-src-elem" in found
    assert "401 GET" in found
    assert guest.page.evaluate("'broken' in window") is False
    guest.faults.clear()


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not among the frontend's packages")
def test_control_axe_finds_what_is_planted(visitor: Callable[..., Visitor]) -> None:
    guest = visitor("axe").go("/")
    guest.page.evaluate(
        "document.querySelector('main').append(Object.assign(new Image(), {src: '/icon.svg'}))"
    )
    guest._look_with_axe("planted")
    assert any("image-alt" in fault for fault in guest.faults)
    guest.faults.clear()
