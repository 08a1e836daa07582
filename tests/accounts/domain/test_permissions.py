"""The table of who may do what, and what is asked of it."""

import pytest

from mungchi.accounts.domain.permissions import (
    ALL_ROLES,
    CAPABILITIES,
    NOT_FOR_KEYS,
    capabilities_of,
    for_keys,
    may,
    subject_of,
)
from mungchi.accounts.domain.roles import keeper_beside, roles_beside


@pytest.mark.parametrize("role", sorted(ALL_ROLES))
def test_a_role_may_what_the_table_says_and_nothing_else(role: str) -> None:
    for capability, roles in CAPABILITIES.items():
        assert may(role, capability) is (role in roles)
    named = capabilities_of(role)
    assert named == sorted(name for name in CAPABILITIES if may(role, name))
    assert named


def test_what_is_not_in_the_table_is_a_mistake_and_never_a_yes() -> None:
    with pytest.raises(KeyError):
        may("owner", "money.take")
    assert capabilities_of("nobody") == []


def test_a_key_is_given_no_more_than_its_seat_and_not_what_only_people_do() -> None:
    assert "payouts.write" in for_keys("coordinator")
    assert "payouts.approve" not in for_keys("coordinator")
    for role in ALL_ROLES:
        assert set(for_keys(role)) == set(capabilities_of(role)) - NOT_FOR_KEYS


def test_what_a_capability_is_on() -> None:
    assert subject_of("purchase_orders.answer") == "purchase_orders"
    assert subject_of("keys") == "keys"


def test_the_roles_of_a_place_and_the_one_that_it_is_never_without() -> None:
    assert roles_beside("viewer") == {"owner", "buyer", "viewer"}
    assert roles_beside("auditor") == {"coordinator", "auditor"}
    assert roles_beside("operator") == frozenset()
    assert [keeper_beside(role) for role in ("buyer", "auditor", "operator")] == [
        "owner", "coordinator", "",
    ]  # fmt: skip
