"""Operators find every model in the admin, and change nothing there around an operation."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from mungchi.accounts.models import User

# A view has no page of its own: its rows are those of the table it looks at.
OURS = [m for m in apps.get_models() if m.__module__.startswith("mungchi.") and m._meta.managed]
# What an operator sets up by hand; everything else is the outcome of an operation.
BY_HAND = {"User", "Division", "Seat", "Category"}


def test_every_model_can_be_found() -> None:
    assert len(OURS) > 25
    assert [m.__name__ for m in OURS if m not in admin.site._registry] == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_its_list_opens_and_only_what_is_set_up_by_hand_can_be_changed(model: type) -> None:
    operator = User.objects.create_superuser("root@mungchi.example", "x" * 12)
    client = Client()
    client.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

    assert client.get(address).status_code == 200
    assert client.get(f"{address}?q=x").status_code == 200
    added = client.get(f"{address}add/").status_code
    assert added == (200 if model.__name__ in BY_HAND else 403)
