"""What suppliers owe back, as the office's page lists it."""

from datetime import timedelta

import pytest
from tests.factories.claims import REFUND, answer, delivered, opened, paid_out, settled
from tests.factories.clients import client_for
from tests.factories.orders import today

from mungchi.payments import operations
from mungchi.payments.models import SupplierDebt

pytestmark = pytest.mark.django_db


def test_what_was_settled_last_comes_first_however_old_the_debt_is() -> None:
    deal = delivered(30, 90)
    paid_out(deal)
    for at in (0, 1):
        claim = opened(deal, 3, at=at)
        answer(deal, claim, REFUND, 3)
        settled(claim)
    old, new = SupplierDebt.objects.order_by("id")
    for debt, day in ((old, today()), (new, today() - timedelta(days=2))):
        operations.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=day, note="")
    path = "/api/v1/supplier-debts?state=settled&ordering=-settled&page_size=1"
    client = client_for(deal.office)
    page = client.get(path).json()
    assert [row["id"] for row in page["results"]] == [str(old.pk)]
    assert [row["id"] for row in client.get(page["next"]).json()["results"]] == [str(new.pk)]
