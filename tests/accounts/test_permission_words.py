"""The table of permissions as people read it."""

import re

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.clients import client_for

from mungchi.accounts.domain import permissions


def test_every_capability_role_and_subject_has_words_and_no_other_has() -> None:
    assert set(permissions.CAPABILITY_WORDS) == set(permissions.CAPABILITIES)
    assert set(permissions.ROLE_WORDS) == permissions.ALL_ROLES
    subjects = {permissions.subject_of(name) for name in permissions.CAPABILITIES}
    assert set(permissions.SUBJECT_WORDS) == subjects


def test_no_two_read_alike_and_each_is_in_its_language() -> None:
    for words in (permissions.CAPABILITY_WORDS, permissions.ROLE_WORDS, permissions.SUBJECT_WORDS):
        for language in ("ko", "en"):
            said = [text.say(language) for text in words.values()]
            assert len(set(said)) == len(said)
            assert all(bool(re.search("[가-힣]", each)) == (language == "ko") for each in said)


def test_what_keys_cannot_have_are_capabilities() -> None:
    assert set(permissions.CAPABILITIES) > permissions.NOT_FOR_KEYS
    assert "keys.write" not in permissions.for_keys("owner")
    assert "orders.read" in permissions.for_keys("owner")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_is_the_table(language: str) -> None:
    client = client_for(coordinator_of(CooperativeFactory()), language)
    table = client.get("/api/v1/permissions").json()
    assert {role["role"] for role in table["roles"]} == permissions.ALL_ROLES
    rows = [row for subject in table["subjects"] for row in subject["capabilities"]]
    assert {row["capability"]: frozenset(row["roles"]) for row in rows} == permissions.CAPABILITIES
    for row in rows:
        assert row["words"] == permissions.CAPABILITY_WORDS[row["capability"]].say(language)


@pytest.mark.django_db
def test_it_says_which_roles_need_a_second_factor(settings) -> None:
    client = client_for(coordinator_of(CooperativeFactory()))

    def guarded() -> set[str]:
        roles = client.get("/api/v1/permissions").json()["roles"]
        return {role["role"] for role in roles if role["needs_second_factor"]}

    assert guarded() == set()
    from allauth.mfa.models import Authenticator

    from mungchi.accounts.models import User

    Authenticator.objects.create(user=User.objects.latest("date_joined"), type="totp", data={})
    settings.SECOND_FACTOR_REQUIRED = True
    assert guarded() == permissions.SECOND_FACTOR_ROLES
