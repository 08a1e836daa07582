"""Screens are told when what is paid on line moves no money."""

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("base", "simulated"), [("", False), ("http://127.0.0.1:1", True)])
def test_said_to_whoever_is_here(settings: LazySettings, base: str, simulated: bool) -> None:
    settings.STRIPE_API_BASE = base
    browser = Client()
    browser.force_login(UserFactory())
    assert browser.get("/api/v1/me").json()["simulated_payments"] is simulated
