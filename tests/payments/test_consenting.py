"""What a firm agrees to be charged for, and who is charged because of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.orders import Deal
from tests.factories.pretend import OTHERS_KEY, Pretend, connected, known, saved

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.common.models import History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import stage as orders
from mungchi.payments import operations, stage
from mungchi.payments.models import Consent, Mandate, Payment
from mungchi.payments.providers import accounts as opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Iterator[Pretend]:
    with known(Pretend()) as one:
        yield one


class Paying(Deal):
    """An open campaign with two firms in it, the first with a saved method."""

    def begun(self, provider: Pretend, **how: str) -> "Paying":
        self.account = connected(self.office)
        self.opened()
        self.join(60, tolerance=10)
        self.join(60)
        self.firm: Actor = self.people[0]
        self.mandate: Mandate = saved(provider, self.firm, self.account, **how)
        self.path = f"/api/v1/campaigns/{self.campaign.pk}/payment-way"
        return self

    def way(self, firm: Actor | None = None, **asked: Any) -> dict[str, Any]:
        answer = client_for(firm or self.firm).get(self.path, asked)
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def agree(self, **changes: Any) -> Any:
        body = {"mandate": str(self.mandate.pk), "most": self.way()["most"], **changes}
        return client_for(self.firm).put(self.path, body)

    def asked(self) -> list[Payment]:
        self.cleared()
        orders.place_orders()
        stage.ask_for_payment()
        return self.payments()


@pytest.fixture
def deal(provider: Pretend) -> Paying:
    return Paying().begun(provider)


def test_what_is_offered_is_shown_with_its_text_before_it_is_agreed_to(deal: Paying) -> None:
    way = deal.way()
    # 70 at the dearest tier's 120 with VAT: what may be owed at most.
    assert (way["offered"], way["most"], way["consent"]) == (True, 9_240, None)
    (method,) = way["methods"]
    assert method["carries"]
    assert "9,240원" in method["text"]
    assert deal.campaign.title in method["text"]
    english = client_for(deal.firm)
    english.credentials(HTTP_X_SEAT=str(deal.firm.seat_id), HTTP_ACCEPT_LANGUAGE="en")
    text = english.get(deal.path).json()["methods"][0]["text"]
    assert "₩9,240" in text
    assert "Visa •••• 4242" in text
    # While something else is typed, the text is of that.
    assert "1,000원" in deal.way(most=1_000)["methods"][0]["text"]


def test_agreeing_keeps_the_text_the_amount_and_the_time(deal: Paying) -> None:
    shown = deal.way()["methods"][0]["text"]
    body = deal.agree().json()
    assert body["covered"] is True
    consent = Consent.objects.get()
    assert (consent.text, consent.most, consent.language) == (shown, 9_240, "ko")
    assert (consent.given_by_id, consent.firm_id) == (deal.firm.user_id, deal.firm.firm_id)
    assert deal.agree().status_code == 200
    assert Consent.objects.count() == 1
    listed = client_for(deal.firm).get("/api/v1/consents").json()["results"]
    assert [one["text"] for one in listed] == [shown]
    assert len(client_for(deal.office).get("/api/v1/consents").json()["results"]) == 1
    assert client_for(deal.people[1]).get("/api/v1/consents").json()["results"] == []


def test_it_stays_as_it_was_read(deal: Paying) -> None:
    deal.agree()
    rows = Consent.objects.all()
    for change in ({"most": 1}, {"text": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_a_page_that_is_behind_its_campaign_is_offered_nothing_and_told_so(deal: Paying) -> None:
    deal.agree()
    deal.cleared()
    way = deal.way()
    assert (way["offered"], way["methods"], way["terms"]) == (False, [], None)
    assert way["consent"]["most"] == 9_240
    assert deal.agree(most=9_240).status_code == 404
    assert client_for(deal.firm).delete(deal.path).status_code == 404


def test_who_agreed_is_scheduled_and_the_others_are_asked_for_a_transfer(deal: Paying) -> None:
    deal.agree()
    first, second = deal.asked()
    assert (first.state, first.provider, first.mandate_id) == (
        "scheduled", deal.account.provider, deal.mandate.pk,
    )  # fmt: skip
    assert first.charge_at == first.created_at
    assert first.amount <= 9_240
    assert (second.state, second.provider, second.mandate_id, second.charge_at) == (
        "awaiting_transfer", "bank_transfer", None, None,
    )  # fmt: skip
    assert opened.payment_way(deal.campaign, deal.firm.firm_id, first.amount) == deal.mandate


def test_asking_takes_as_many_queries_whoever_is_charged(provider: Pretend) -> None:
    counts = []
    for others in (1, 5):
        deal = Paying().begun(provider)
        for _ in range(others):
            deal.join(40)
            firm = deal.people[-1]
            row = saved(provider, firm, deal.account)
            operations.agree(
                actor=firm, campaign_id=deal.campaign.pk, mandate_id=row.pk,
                most=deal.way(firm)["most"], language="ko",
            )  # fmt: skip
        deal.cleared()
        orders.place_orders()
        with CaptureQueriesContext(connection) as seen:
            operations.ask_for_payment(campaign_id=deal.campaign.pk)
        counts.append(len(seen))
        assert sum(row.state == "scheduled" for row in deal.payments()) == others
    assert counts[0] == counts[1]


def _removed(deal: Paying, provider: Pretend) -> None:
    operations.remove_method(actor=deal.firm, mandate_id=deal.mandate.pk)


def _transfer(deal: Paying, provider: Pretend) -> None:
    for _ in range(2):
        assert client_for(deal.firm).delete(deal.path).json()["consent"] is None


def _withdrawn(deal: Paying, provider: Pretend) -> None:
    """And joined again: what was agreed to before is not agreed to now."""
    campaigns.withdraw_commitment(actor=deal.firm, campaign_id=deal.campaign.pk)
    campaigns.commit(actor=deal.firm, campaign_id=deal.campaign.pk, quantity=60)


def _switched_off(deal: Paying, provider: Pretend) -> None:
    operations.switch_off(actor=deal.office, provider=deal.account.provider, why="그만")
    operations.check_connection(actor=deal.office, provider=deal.account.provider)


def _out_of_order(deal: Paying, provider: Pretend) -> None:
    type(deal.account).objects.update(state="failed")


def _not_carried(deal: Paying, provider: Pretend) -> None:
    Mandate.objects.update(kind="kakao_pay")
    provider.capabilities.by_kind["kakao_pay", "KRW"] = type(  # type: ignore[index]
        provider.capabilities.by_kind["kakao_pay", "KRW"]
    )(100, 200)


@pytest.mark.parametrize("end", ["switched_off", "another_account"])
def test_firms_hear_that_their_consent_is_not_kept(
    deal: Paying, provider: Pretend, end: str
) -> None:
    deal.agree()
    if end == "switched_off":
        operations.switch_off(actor=deal.office, provider=deal.account.provider, why="그만")
    else:
        connected(deal.office, key=OTHERS_KEY)
    notifications.tell_people()
    told = Notification.objects.get(kind="consent_not_kept")
    assert told.seat_id == deal.firm.seat_id
    assert "결제되지 않고" in told.sentence_ko
    assert told.link == f"/campaigns/{deal.campaign.pk}"
    # Nobody hears of a campaign that is over, nor twice.
    operations.switch_off(actor=deal.office, provider=deal.account.provider, why="그만")
    notifications.tell_people()
    assert Notification.objects.filter(kind="consent_not_kept").count() == 1


@pytest.mark.parametrize(
    "what", [_removed, _transfer, _withdrawn, _switched_off, _out_of_order, _not_carried]
)
def test_without_a_standing_consent_a_transfer_is_asked_for(
    deal: Paying, provider: Pretend, what: Any
) -> None:
    deal.agree()
    what(deal, provider)
    assert {row.state for row in deal.asked()} == {"awaiting_transfer"}


def test_more_than_was_agreed_to_is_never_charged(deal: Paying) -> None:
    """The consent was for less: by its own figures, whatever the commitment became."""
    deal.agree()
    campaigns.commit(actor=deal.firm, campaign_id=deal.campaign.pk, quantity=150)
    way = deal.way()
    assert (way["covered"], way["consent"]["most"], way["most"]) == (False, 9_240, 19_800)
    assert {row.state for row in deal.asked()} == {"awaiting_transfer"}


def test_agreed_to_again_the_new_amount_holds(deal: Paying) -> None:
    deal.agree()
    campaigns.commit(actor=deal.firm, campaign_id=deal.campaign.pk, quantity=150)
    assert deal.agree().json()["covered"] is True
    ended, standing = Consent.objects.order_by("id")
    assert ended.ended_at is not None
    assert (standing.most, standing.ended_at) == (19_800, None)
    assert [row.state for row in deal.asked()].count("scheduled") == 1


def test_a_smaller_amount_needs_no_new_consent(deal: Paying) -> None:
    deal.agree()
    campaigns.commit(actor=deal.firm, campaign_id=deal.campaign.pk, quantity=30)
    assert deal.way()["covered"] is True
    assert "scheduled" in {row.state for row in deal.asked()}


@pytest.mark.parametrize("most", [9_239, 9_241, 1, 2**62])
def test_another_amount_than_what_may_be_owed_is_not_agreed_to(deal: Paying, most: int) -> None:
    answer = deal.agree(most=most)
    assert (answer.status_code, answer.json()["code"]) == (409, "most_changed")


@pytest.mark.parametrize("most", [0, -1, 2**62 + 1, "much", None])
def test_what_is_no_amount_is_refused(deal: Paying, most: Any) -> None:
    assert deal.agree(most=most).status_code == 422
    assert not Consent.objects.exists()


def test_whose_method_it_must_be(deal: Paying, provider: Pretend) -> None:
    theirs = saved(provider, deal.people[1], deal.account)
    other = connected(coordinator_of(CooperativeFactory()))
    member(other.cooperative)
    for mandate in (theirs.pk, deal.campaign.pk):
        answer = deal.agree(mandate=str(mandate))
        assert (answer.status_code, answer.json()["code"]) == (422, "method_not_usable")
    outsider = member(deal.host)
    body = {"mandate": str(saved(provider, outsider, deal.account).pk), "most": 9_240}
    answer = client_for(outsider).put(deal.path, body)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_agree_to")
    stranger = client_for(member(CooperativeFactory()))
    for send in (stranger.get, stranger.delete):
        assert send(deal.path).status_code == 404


def test_a_wallet_that_cannot_carry_so_much_is_refused(provider: Pretend) -> None:
    deal = Paying(tiers=[(1, "40000")]).begun(provider, kind="kakao_pay", label="카카오페이")
    (method,) = deal.way()["methods"]
    assert (method["carries"], method["limit"]) == (False, 2_000_000)
    answer = deal.agree()
    assert (answer.status_code, answer.json()["code"]) == (422, "amount_not_carried")


def test_it_is_told_in_the_trail(deal: Paying) -> None:
    deal.agree()
    client_for(deal.firm).delete(deal.path)
    kinds = ("consent_given", "consent_ended")
    rows = History.objects.filter(kind__in=kinds, thread=deal.campaign.pk).order_by("id")
    assert [row.kind for row in rows] == list(kinds)
