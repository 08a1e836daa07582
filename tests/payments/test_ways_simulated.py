"""From a key to a payment that is to be charged, against the payment simulator: the real adapter,
the provider's own pages, and what goes wrong on the way."""

import urllib.parse
import urllib.request

import pytest
from tests.factories.accounts import coordinator_of, member
from tests.factories.clients import client_for, proved
from tests.factories.orders import Deal
from tests.simulated import Simulated

from mungchi.orders import stage as orders
from mungchi.payments import stage
from mungchi.payments.models import Mandate, ProviderAccount

pytestmark = pytest.mark.django_db
KEY = {"provider": "stripe", "secret_key": "sk_test_office", "webhook_secret": "whsec_office"}


def test_a_key_a_card_a_consent_and_a_payment_to_be_charged(simulator: Simulated) -> None:
    deal = Deal().opened()
    deal.join(60)
    deal.join(60)
    office = proved(client_for(deal.office))
    answer = office.post("/api/v1/payment-ways/key", KEY)
    assert answer.status_code == 200, answer.content
    account = ProviderAccount.objects.get()
    assert (account.state, account.live) == ("ready", False)
    assert account.external_id.startswith("acct_")

    firm = client_for(deal.people[0])
    begun = firm.post("/api/v1/payment-methods", {"cooperative": str(deal.host.pk)}).json()
    again = firm.post("/api/v1/payment-methods", {"cooperative": str(deal.host.pk)}).json()
    assert begun == again
    row = Mandate.objects.get(pk=begun["id"])
    with urllib.request.urlopen(begun["url"], timeout=10) as page:
        assert page.status == 200
    back = simulator.control("choose", session=row.session_id)["url"]
    assert urllib.parse.urlsplit(back).query == f"saved={row.pk}"
    seen = firm.post(f"/api/v1/payment-methods/{row.pk}").json()
    assert (seen["state"], seen["label"]) == ("active", "Visa •••• 4242")

    path = f"/api/v1/campaigns/{deal.campaign.pk}/payment-way"
    most = firm.get(path).json()["most"]
    assert firm.put(path, {"mandate": str(row.pk), "most": most}).json()["covered"] is True
    deal.cleared()
    orders.place_orders()
    stage.ask_for_payment()
    first, second = deal.payments()
    assert (first.state, first.provider, first.mandate_id) == ("scheduled", "stripe", row.pk)
    assert second.state == "awaiting_transfer"


# The library tries thrice by itself, except after an answer that it took for one.
@pytest.mark.parametrize(
    ("fault", "times"), [("drop", 3), ("error_503", 3), ("timeout", 3), ("half", 1)]
)
def test_an_answer_that_is_lost_leaves_one_session(
    simulator: Simulated, fault: str, times: int
) -> None:
    deal = Deal().opened()
    office = proved(client_for(deal.office))
    assert office.post("/api/v1/payment-ways/key", KEY).status_code == 200
    firm = client_for(member(deal.host))
    body = {"cooperative": str(deal.host.pk)}
    simulator.fault(fault, "checkout.session_create", times=times)
    lost = firm.post("/api/v1/payment-methods", body)
    assert (lost.status_code, lost.json()["code"]) == (409, "saving_not_begun")
    urls = {firm.post("/api/v1/payment-methods", body).json().get("url") for _ in range(3)}
    assert None not in urls
    assert len(urls) == 1
    assert Mandate.objects.count() == 1
    # What was made by the call whose answer was lost is what the firm is led to.
    counts = simulator.state()["counts"]
    assert (counts["checkout.session"], counts["customer"]) == (1, 1)


def test_a_live_key_is_refused_where_no_money_moves(simulator: Simulated) -> None:
    deal = Deal()
    office = proved(client_for(deal.office))
    answer = office.post("/api/v1/payment-ways/key", {**KEY, "secret_key": "sk_live_x"})
    assert answer.json()["problem"] == "mode_mismatch"
    coordinator_of(deal.host)
    assert not ProviderAccount.objects.exists()
