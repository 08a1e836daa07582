"""No provider is called while a transaction is open: watched for in every way in which one is."""

import pytest
from django.db import transaction
from tests.factories.charging import Charged, charge_saved_methods
from tests.factories.provider import Till, serving

from mungchi.payments import operations
from mungchi.payments.operations import calling
from mungchi.payments.providers import ONLINE, online
from mungchi.payments.providers.facts import Credentials, ProviderRefused
from mungchi.payments.providers.guard import CalledInTransaction

pytestmark = pytest.mark.django_db
KNOWN = Credentials("sk", "whsec", live=False)


def test_a_call_in_a_transaction_is_refused_and_one_outside_is_made():
    with serving(Till()) as till:
        with transaction.atomic(), pytest.raises(CalledInTransaction):
            online(till.name).sync(KNOWN, "ch_1")
        assert till.calls == []
        with pytest.raises(ProviderRefused):
            online(till.name).sync(KNOWN, "ch_1")
        assert till.calls == [("sync", "ch_1")]


def test_what_asks_nobody_may_be_asked_anywhere():
    with serving(Till()) as till, transaction.atomic():
        assert online(till.name).charge_parameters(amount=1, currency="KRW", metadata={})
        assert online(till.name).capabilities.charge_off_session


def test_charging_in_a_transaction_is_refused_before_anything_is_asked():
    with serving(Till()) as till:
        Charged().scheduled("pays", "pays")
        with transaction.atomic(), pytest.raises(CalledInTransaction):
            charge_saved_methods()
        assert till.calls == []


def test_control_without_the_guard_the_call_would_be_made(monkeypatch):
    with serving(Till()) as till:
        Charged().scheduled("pays", "pays")
        monkeypatch.setattr(calling, "refuse_in_transaction", lambda: None)
        monkeypatch.setattr(operations.charging, "online", lambda name: ONLINE[name])
        with transaction.atomic():
            charge_saved_methods()
        assert len(till.calls) == 2
