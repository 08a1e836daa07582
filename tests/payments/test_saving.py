"""A firm saves a method on the provider's page: one session however often it is begun, and what
became of it is asked, never believed."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.committing import committing
from tests.factories.accounts import CooperativeFactory, buyer_of, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.orders import Deal
from tests.factories.pretend import KEY, NAME, Pretend, connected, known, saved

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.common import clock, wall
from mungchi.common.errors import NotFound
from mungchi.common.models import History, Transition
from mungchi.orders import stage as orders
from mungchi.payments import operations, queries, stage
from mungchi.payments.domain.states import MANDATE
from mungchi.payments.models import Consent, Mandate, Payment, ProviderAccount
from mungchi.payments.operations.saving import last_day_of
from mungchi.payments.providers import accounts as opened
from mungchi.payments.providers.facts import ProviderAway, ProviderRefused

__all__ = ["committing"]
PATH = "/api/v1/payment-methods"


@pytest.fixture
def provider() -> Iterator[Pretend]:
    with known(Pretend()) as one:
        yield one


@pytest.fixture
def account(db: None, provider: Pretend) -> ProviderAccount:
    return connected(coordinator_of(CooperativeFactory()))


@pytest.fixture
def firm(account: ProviderAccount) -> Actor:
    return member(account.cooperative)


def begin(firm: Actor, account: ProviderAccount) -> Any:
    return client_for(firm).post(PATH, {"cooperative": str(account.cooperative_id)})


def test_the_database_has_the_same_moves(db: None) -> None:
    rows = Transition.objects.filter(machine="mandate")
    assert set(rows.values_list("from_state", "to_state")) == MANDATE.pairs()


def test_begun_saved_and_listed(provider: Pretend, firm: Actor, account: ProviderAccount) -> None:
    client = client_for(firm)
    assert [one["methods"] for one in client.get(PATH).json()["places"]] == [["card", "kakao_pay"]]
    begun = begin(firm, account)
    assert begun.status_code == 201
    row = Mandate.objects.get(pk=begun.json()["id"])
    assert begun.json()["url"] == f"https://pay.example/{row.session_id}"
    asked = provider.by_key[f"mungchi:setup:{row.pk}"][0]
    assert asked["metadata"] == {"mandate": str(row.pk)}
    assert asked["return_url"].endswith(f"/payment-methods?saved={row.pk}")
    # That the browser is back proves nothing.
    assert client.post(f"{PATH}/{row.pk}").json()["state"] == "pending"
    provider.finish(row.session_id)
    seen = client.post(f"{PATH}/{row.pk}").json()
    assert (seen["state"], seen["label"], seen["usable"]) == ("active", "Visa •••• 4242", True)
    assert seen["expires"] == "2028-02-29"
    (listed,) = client.get(PATH).json()["methods"]
    assert listed["id"] == str(row.pk)
    assert "pm_" not in client.get(PATH).content.decode()
    assert History.objects.filter(kind="method_saved", firm_id=firm.firm_id).count() == 1


def test_begun_twice_is_one_session_also_for_a_colleague(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    colleague = buyer_of(Firm.objects.get(pk=firm.firm_id))
    urls = {begin(who, account).json()["url"] for who in (firm, firm, colleague)}
    assert len(urls) == len(provider.sessions) == Mandate.objects.count() == 1


def test_a_lost_answer_is_asked_for_again_under_the_same_key(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    """The session was made, the answer was lost: the next question finds that session."""
    provider.failing = ProviderAway("timeout")
    answer = begin(firm, account)
    assert (answer.status_code, answer.json()["code"]) == (409, "saving_not_begun")
    row = Mandate.objects.get()
    assert (row.state, row.session_id) == ("pending", "")
    provider.failing = None
    key = queries.key_of("setup", row.pk)
    assert begin(firm, account).status_code == 201
    assert list(provider.by_key) == [key]
    row.refresh_from_db()
    session = row.session_id
    Mandate.objects.filter(pk=row.pk).update(session_id="", customer_id="")
    assert begin(firm, account).json()["url"].endswith(session)
    assert len(provider.sessions) == 1


def test_an_expired_session_fails_and_the_next_is_begun(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    begin(firm, account)
    row = Mandate.objects.get()
    provider.expire(row.session_id)
    assert begin(firm, account).status_code == 201
    row.refresh_from_db()
    assert (row.state, row.why) == ("failed", "expired")
    assert Mandate.objects.filter(state="pending").count() == 1


def test_the_browser_was_closed_and_a_stage_finds_out(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    begin(firm, account)
    row = Mandate.objects.get()
    provider.finish(row.session_id)
    calls = len(provider.calls)
    assert stage.finish_setups() == 0
    assert len(provider.calls) == calls
    with clock.shifted(timedelta(minutes=6)):
        provider.failing = ProviderAway("reset")
        assert stage.finish_setups() == 0
        provider.failing = None
        assert [stage.finish_setups(), stage.finish_setups()] == [1, 0]
    row.refresh_from_db()
    assert row.state == "active"


@pytest.mark.parametrize(("hours", "state"), [(19, "pending"), (21, "failed")])
def test_a_question_nobody_answered_is_not_asked_again_once_its_key_may_be_forgotten(
    provider: Pretend, firm: Actor, account: ProviderAccount, hours: int, state: str
) -> None:
    provider.failing = ProviderAway("timeout")
    begin(firm, account)
    provider.calls.clear()
    with clock.shifted(timedelta(hours=hours)):
        stage.finish_setups()
    assert Mandate.objects.get().state == state
    assert len(provider.calls) == (1 if state == "pending" else 0)


def test_a_wrong_key_fails_no_session_until_it_is_long_over(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    begin(firm, account)
    provider.failing = ProviderRefused("key_invalid")
    with clock.shifted(timedelta(days=1)):
        stage.finish_setups()
        assert Mandate.objects.get().state == "pending"
    with clock.shifted(timedelta(days=4)):
        stage.finish_setups()
    assert Mandate.objects.get().state == "failed"


def test_what_is_over_changes_no_more(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    row = saved(provider, firm, account)
    provider.expire(row.session_id)
    assert operations.finish_setup(row.pk).state == "active"
    assert History.objects.filter(kind__startswith="method_").count() == 1


def test_removed_it_is_let_go_of_at_the_provider(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    row = saved(provider, firm, account)
    client = client_for(firm)
    for _ in range(2):
        assert client.delete(f"{PATH}/{row.pk}").json()["state"] == "revoked"
    provider.failing = ProviderAway("reset")
    assert stage.finish_setups() == 0
    provider.failing = None
    assert [stage.finish_setups(), stage.finish_setups()] == [1, 0]
    assert provider.forgotten == [row.method_id]


def test_the_same_customer_is_used_for_a_second_method(
    provider: Pretend, firm: Actor, account: ProviderAccount
) -> None:
    first = saved(provider, firm, account)
    assert saved(provider, firm, account).customer_id == first.customer_id


def test_others_see_nothing_of_it(provider: Pretend, firm: Actor, account: ProviderAccount) -> None:
    row = saved(provider, firm, account)
    other = client_for(member(account.cooperative))
    assert other.get(PATH).json()["methods"] == []
    assert other.post(f"{PATH}/{row.pk}").status_code == 404
    assert other.delete(f"{PATH}/{row.pk}").status_code == 404
    stranger = member(CooperativeFactory())
    assert begin(stranger, account).status_code == 404
    with pytest.raises(NotFound):
        opened.place_to_save(stranger, account.cooperative_id)


def test_a_double_click_is_one_row(committing: None, provider: Pretend) -> None:
    """Two at the same moment, on connections of their own; and no call in a transaction."""
    open_while_asked: list[bool] = []
    account = connected(coordinator_of(CooperativeFactory()))
    firm = member(account.cooperative)
    provider.before = lambda: open_while_asked.append(connection.in_atomic_block)
    together = threading.Barrier(4)

    def click() -> None:
        together.wait(10)
        try:
            operations.begin_saving(
                actor=firm, cooperative_id=account.cooperative_id, language="ko"
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Mandate.objects.count() == 1
    row = Mandate.objects.get()
    provider.finish(row.session_id)
    operations.finish_setup(row.pk)
    operations.check_connection(actor=coordinator_of(account.cooperative), provider=NAME)
    operations.remove_method(actor=firm, mandate_id=row.pk)
    assert stage.finish_setups() == 1
    assert len(open_while_asked) >= 7
    assert not any(open_while_asked)


def test_a_request_of_a_firm_reads_the_key_and_nothing_more_of_the_office(
    committing: None, provider: Pretend
) -> None:
    """Behind the wall a firm sees no secret; asking the provider steps in front of it and back."""
    account = connected(coordinator_of(CooperativeFactory()))
    firm = member(account.cooperative)
    roles: list[tuple[str, int]] = []

    def role() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, (SELECT count(*) FROM payments_providersecret)")
            roles.extend(cursor.fetchall())

    provider.before = role
    assert begin(firm, account).status_code == 201
    assert roles == [(wall.ROLE, 0)]


@pytest.mark.django_db
def test_the_database_keeps_one_that_is_being_saved(provider: Pretend) -> None:
    account = connected(coordinator_of(CooperativeFactory()))
    firm = member(account.cooperative)
    begin(firm, account)
    row = Mandate.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(
            account=account, cooperative_id=account.cooperative_id, firm_id=firm.firm_id,
            created_by_id=firm.user_id, created_at=row.created_at,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("month", "day"),
    [("2028-02", date(2028, 2, 29)), ("2027-12", date(2027, 12, 31)), (None, None), ("", None),
     ("2027-13", None), ("soon", None), ("2027-1-1", None)],
)  # fmt: skip
def test_a_card_runs_out_with_its_month(month: str | None, day: date | None) -> None:
    assert last_day_of(month) == day


@pytest.mark.django_db
def test_a_method_that_is_to_be_charged_stays(provider: Pretend) -> None:
    deal = Deal()
    account = connected(deal.office)
    deal.opened()
    deal.join(60)
    deal.join(60)
    firm = deal.people[0]
    row = saved(provider, firm, account)
    way = client_for(firm).get(f"/api/v1/campaigns/{deal.campaign.pk}/payment-way").json()
    operations.agree(
        actor=firm, campaign_id=deal.campaign.pk, mandate_id=row.pk, most=way["most"],
        language="ko",
    )  # fmt: skip
    (listed,) = client_for(firm).get(PATH).json()["methods"]
    assert [one["title"] for one in listed["agreed"]] == [deal.campaign.title]
    deal.cleared()
    orders.place_orders()
    stage.ask_for_payment()
    assert Payment.objects.filter(state="scheduled", mandate=row).count() == 1
    answer = client_for(firm).delete(f"{PATH}/{row.pk}")
    assert (answer.status_code, answer.json()["code"]) == (409, "method_being_charged")
    assert Consent.objects.get().ended_at is None
    assert KEY not in answer.content.decode()
