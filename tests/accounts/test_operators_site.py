"""Django's admin is entered by the sign-in that everybody has."""

from typing import Any

import pytest
from django.core.cache import cache
from tests.accounts.browser import Browser
from tests.accounts.people import PASSWORD, at_browser, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def test_whoever_is_not_signed_in_is_sent_to_the_screen_and_back() -> None:
    browser = Browser()
    first = browser.get("/admin/accounts/user/")
    assert first["Location"] == "/admin/login/?next=/admin/accounts/user/"
    second = browser.get(first["Location"])
    assert (second.status_code, second["Location"]) == (
        302, "/sign-in?next=/admin/accounts/user/",
    )  # fmt: skip
    operator = person(is_staff=True, is_superuser=True)
    browser.sign_in(operator.email, PASSWORD)
    assert browser.get("/admin/accounts/user/").status_code == 200
    assert browser.get("/admin/login/?next=/admin/accounts/user/")["Location"] == (
        "/admin/accounts/user/"
    )


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/admin/", "//evil.example", "/\\evil.example", "/orders", ""]
)
def test_it_leads_nowhere_else(elsewhere: str) -> None:
    answer = Browser().client.get("/admin/login/", {"next": elsewhere})
    assert answer["Location"] == "/sign-in?next=/admin/"


def test_a_password_sent_there_signs_nobody_in() -> None:
    operator = person(is_staff=True, is_superuser=True)
    browser = Browser()
    body = {"username": operator.email, "password": PASSWORD}
    token = {"X-CSRFToken": browser.cookie("csrftoken")}
    answer = browser.client.post("/admin/login/", body, headers=token)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/admin/")
    assert browser.get("/admin/").status_code == 302


def test_who_is_no_staff_is_told_so() -> None:
    browser = at_browser(person())
    answer = browser.get(browser.get("/admin/")["Location"])
    assert answer.status_code == 403
    assert "운영자만" in answer.content.decode()


def test_staff_without_a_second_factor_is_sent_to_set_one_up(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    browser = at_browser(person(is_staff=True, is_superuser=True))
    assert browser.get("/api/v1/me").json()["second_factor"] == "missing"
    assert browser.get(browser.get("/admin/")["Location"])["Location"] == "/settings/security"
    browser.add_app(PASSWORD)
    assert browser.get("/admin/").status_code == 200


def test_the_page_about_factors_shows_no_secret() -> None:
    browser = at_browser(person(is_staff=True, is_superuser=True))
    browser.add_app(PASSWORD)
    from allauth.mfa.models import Authenticator

    for factor in Authenticator.objects.all():
        page = browser.get(f"/admin/mfa/authenticator/{factor.pk}/change/")
        assert page.status_code == 200
        assert "gAAAA" not in page.content.decode()
        assert browser.get(f"/admin/mfa/authenticator/{factor.pk}/delete/").status_code == 403


def test_the_page_about_sessions_shows_no_key() -> None:
    browser = at_browser(person(is_staff=True, is_superuser=True))
    from mungchi.accounts.models import Session

    row = Session.objects.get()
    page = browser.get(f"/admin/accounts/session/{row.pk}/change/").content.decode()
    assert row.session_key not in page
