"""A cooperative enters what opens its account with a provider; nothing of it is ever shown."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from tests.factories.accounts import (
    CooperativeFactory,
    UserFactory,
    auditor_of,
    coordinator_of,
    member,
)
from tests.factories.clients import client_for, proved
from tests.factories.orders import Deal
from tests.factories.pretend import (
    KEY,
    NAME,
    OTHERS_KEY,
    WEBHOOK,
    Pretend,
    account_fact,
    connected,
    known,
    saved,
)

from mungchi.accounts.access import Actor
from mungchi.common.models import Change, History, Transition
from mungchi.common.sealing import unseal
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations, queries
from mungchi.payments.domain.states import KEY_CHANGE
from mungchi.payments.models import Consent, KeyChange, Mandate, ProviderAccount, ProviderSecret
from mungchi.payments.providers import accounts as opened
from mungchi.payments.providers.facts import ProviderAway, ProviderBusy, ProviderRefused

BODY = {"provider": NAME, "secret_key": KEY, "webhook_secret": WEBHOOK}


@pytest.fixture
def provider() -> Iterator[Pretend]:
    with known(Pretend()) as one:
        yield one


@pytest.fixture
def office(db: None, provider: Pretend) -> Actor:
    return coordinator_of(CooperativeFactory())


def told(actor: Actor) -> list[str]:
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("event_id")
    return list(rows.values_list("kind", flat=True))


def ways(answer: Any) -> dict[str, Any]:
    return next(way for way in answer.json()["online"] if way["provider"] == NAME)


def enter(office: Actor, **changes: str) -> Any:
    body = {**BODY, **changes}
    return proved(client_for(office)).post("/api/v1/payment-ways/key", body)


def test_the_database_has_the_same_moves(db: None) -> None:
    rows = Transition.objects.filter(machine="key_change")
    assert set(rows.values_list("from_state", "to_state")) == KEY_CHANGE.pairs()


def test_a_good_key_is_used_and_shown_only_by_its_end(office: Actor) -> None:
    before = ways(client_for(office).get("/api/v1/payment-ways"))
    assert (before["account"], before["key"]) == (None, None)
    way = ways(enter(office))
    assert way["account"]["state"] == "ready"
    assert (way["account"]["external_id"], way["account"]["country"]) == ("acct_ours", "KR")
    assert way["account"]["methods"] == ["card", "kakao_pay"]
    assert (way["key"]["key_ends"], way["key"]["webhook"]) == ("ours", True)
    assert str(office.cooperative_id) in way["webhook_url"]
    assert "payment_intent.succeeded" in way["webhook_events"]
    secret = ProviderSecret.objects.get()
    assert unseal(secret.key, queries.KEY) == KEY
    assert unseal(secret.webhook, queries.WEBHOOK) == WEBHOOK
    assert opened.credentials_of(secret.account).secret_key == KEY


@pytest.mark.parametrize(
    ("failing", "problem", "words"),
    [
        (ProviderRefused("key_invalid"), "key_invalid", "다시 복사"),
        (ProviderRefused("mode_mismatch"), "mode_mismatch", "시험용(test) 키가 필요"),
        (ProviderRefused("permission_missing"), "permission_missing", "권한"),
        (ProviderRefused("account_closed"), "account_closed", "거절"),
        (ProviderAway("timeout"), "away", "네트워크"),
        (ProviderBusy("rate_limit"), "busy", "1분"),
    ],
)
def test_a_key_that_does_not_do_is_said_in_plain_words_and_not_kept(
    office: Actor, provider: Pretend, failing: Exception, problem: str, words: str
) -> None:
    provider.failing = failing  # type: ignore[assignment]
    answer = enter(office)
    assert (answer.status_code, answer.json()["code"]) == (422, "provider_not_connected")
    assert answer.json()["problem"] == problem
    assert words in answer.json()["fields"]["secret_key"][0]["message"]
    assert not ProviderAccount.objects.exists()
    assert not ProviderSecret.objects.exists()
    assert KEY not in answer.content.decode()


def test_a_key_of_the_other_mode_and_an_account_that_cannot_charge_are_refused(
    office: Actor, provider: Pretend
) -> None:
    with override_settings(PROVIDERS_LIVE=True):
        assert enter(office).json()["problem"] == "mode_mismatch"
    provider.accounts[KEY] = account_fact(charges_enabled=False)
    assert enter(office).json()["problem"] == "charges_disabled"
    assert enter(office, secret_key="sk_test_unknown").json()["problem"] == "key_invalid"


@pytest.mark.parametrize(
    "body",
    [
        {"secret_key": ""}, {"secret_key": "two words"}, {"secret_key": "x" * 301},
        {"webhook_secret": "a b c"},
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused_before_anybody_is_asked(
    office: Actor, provider: Pretend, body: dict[str, str]
) -> None:
    answer = enter(office, **body)
    assert answer.status_code == 422
    assert next(iter(body)) in answer.json()["fields"]
    assert provider.calls == []


def test_it_asks_who_it_is_once_more_and_only_coordinators(office: Actor) -> None:
    answer = client_for(office).post("/api/v1/payment-ways/key", BODY)
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")
    auditor = auditor_of(CooperativeFactory._meta.model.objects.get(pk=office.cooperative_id))
    assert enter(auditor).status_code == 403
    assert client_for(auditor).get("/api/v1/payment-ways").status_code == 200
    assert not ProviderAccount.objects.exists()


def test_with_two_coordinators_a_second_confirms_whose_account_it_is(office: Actor) -> None:
    second = coordinator_of(CooperativeFactory._meta.model.objects.get(pk=office.cooperative_id))
    waiting = ways(enter(office))["waiting"]
    assert (waiting["mine"], waiting["external_id"]) == (True, "acct_ours")
    assert not ProviderAccount.objects.exists()
    assert enter(second).json()["code"] == "key_change_waiting"
    notifications.tell_people()
    assert told(second) == ["provider_key_proposed"]
    path = f"/api/v1/key-changes/{waiting['id']}"
    assert proved(client_for(office)).post(f"{path}/confirm").json()["code"] == (
        "second_person_needed"
    )
    stranger = coordinator_of(CooperativeFactory())
    assert proved(client_for(stranger)).post(f"{path}/confirm").status_code == 404
    for _ in range(2):
        assert ways(proved(client_for(second)).post(f"{path}/confirm"))["waiting"] is None
    assert ProviderAccount.objects.get().state == "ready"
    change = KeyChange.objects.get()
    assert (change.state, change.key, change.webhook) == ("confirmed", "", "")
    assert opened.credentials_of(ProviderAccount.objects.get()).secret_key == KEY
    notifications.tell_people()
    mail.outbox.clear()
    notifications.send_mail()
    assert {"provider_key_changed"} == set(told(office))
    assert len(mail.outbox) >= 2


def test_a_declined_key_is_forgotten_and_another_key_of_the_same_account_waits_for_nobody(
    office: Actor, provider: Pretend
) -> None:
    second = coordinator_of(CooperativeFactory._meta.model.objects.get(pk=office.cooperative_id))
    waiting = ways(enter(office))["waiting"]
    path = f"/api/v1/key-changes/{waiting['id']}/decline"
    client_for(second).post(path, {"why": "우리 계정이 아님"})
    change = KeyChange.objects.get()
    assert (change.state, change.key) == ("declined", "")
    first = ways(enter(office))["waiting"]
    operations.confirm_key(actor=second, change_id=first["id"])
    provider.accounts["sk_test_rolled"] = provider.accounts[KEY]
    way = ways(enter(office, secret_key="sk_test_rolled", webhook_secret=""))
    assert (way["waiting"], way["key"]["key_ends"]) == (None, "lled")
    assert way["key"]["webhook"] is True
    account = ProviderAccount.objects.get()
    assert opened.credentials_of(account).webhook_secret == WEBHOOK


def test_another_account_leaves_the_methods_of_the_old_one_behind(
    office: Actor, provider: Pretend
) -> None:
    account = connected(office)
    firm = member(account.cooperative)
    mandate = saved(provider, firm, account)
    half = operations.begin_saving(actor=firm, cooperative_id=account.cooperative_id, language="ko")
    way = ways(enter(office, secret_key=OTHERS_KEY, webhook_secret=""))
    assert way["account"]["external_id"] == "acct_another"
    assert way["key"]["webhook"] is False
    mandate.refresh_from_db()
    assert (mandate.state, mandate.why) == ("revoked", "account_changed")
    assert Mandate.objects.get(pk=half[0].pk).state == "failed"
    # A method with the new account begins with a customer of its own.
    row, _ = operations.begin_saving(
        actor=firm, cooperative_id=account.cooperative_id, language="ko"
    )
    row.refresh_from_db()
    assert row.customer_id != mandate.customer_id


@pytest.mark.django_db
def test_another_account_waits_until_what_came_by_the_old_one_is_over(provider: Pretend) -> None:
    deal = Deal()
    connected(deal.office)
    deal.placed()
    payment = deal.payments()[0]
    type(payment).objects.filter(pk=payment.pk).update(provider=NAME)
    answer = enter(deal.office, secret_key=OTHERS_KEY)
    assert (answer.status_code, answer.json()["code"]) == (409, "old_account_in_use")
    # The control: the same account's key may change all the time.
    assert enter(deal.office).status_code == 200
    type(payment).objects.filter(pk=payment.pk).update(provider="bank_transfer")
    assert enter(deal.office, secret_key=OTHERS_KEY).status_code == 200


def test_the_connection_is_tested_and_what_is_wrong_stands_there_until_it_is_right(
    office: Actor, provider: Pretend
) -> None:
    account = connected(office)
    path = "/api/v1/payment-ways/check"
    client = client_for(office)
    provider.failing = ProviderAway("reset")
    assert client.post(path, {"provider": NAME}).json()["problem"] == "away"
    account.refresh_from_db()
    assert account.state == "ready"
    provider.failing = ProviderRefused("key_invalid")
    assert client.post(path, {"provider": NAME}).status_code == 422
    way = ways(client.get("/api/v1/payment-ways"))
    assert (way["account"]["state"], way["account"]["problem"]) == ("failed", "key_invalid")
    assert "다시 복사" in way["account"]["problem_text"]
    provider.failing = None
    assert ways(client.post(path, {"provider": NAME}))["account"]["state"] == "ready"
    assert client.post(path, {"provider": "nobody"}).status_code == 404


def test_what_no_key_opens_has_to_be_entered_again(office: Actor) -> None:
    account = connected(office)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        with pytest.raises(queries.KeyUnreadable):
            opened.credentials_of(account)
        with pytest.raises(operations.connecting.NotConnected, match="provider_not_connected"):
            operations.check_connection(actor=office, provider=NAME)
        account.refresh_from_db()
        assert (account.state, account.problem) == ("failed", "key_unreadable")
        connected(office)
        assert opened.credentials_of(account).secret_key == KEY


@pytest.mark.django_db
def test_switched_off_nothing_is_charged_and_consents_end(provider: Pretend) -> None:
    deal = Deal()
    account = connected(deal.office)
    deal.opened()
    deal.join(20)
    firm = deal.people[0]
    mandate = saved(provider, firm, account)
    most = client_for(firm).get(f"/api/v1/campaigns/{deal.campaign.pk}/payment-way").json()["most"]
    operations.agree(
        actor=firm, campaign_id=deal.campaign.pk, mandate_id=mandate.pk, most=most, language="ko"
    )
    client = proved(client_for(deal.office))
    assert ways(client.get("/api/v1/payment-ways"))["depending"] == {
        "methods": 1, "consents": 1, "under_way": 0,
    }  # fmt: skip
    body = {"provider": NAME, "why": "수수료가 비싸서"}
    for _ in range(2):
        assert ways(client.post("/api/v1/payment-ways/off", body))["account"]["state"] == "off"
    assert Consent.objects.get().ended_at is not None
    assert opened.account_in_use(deal.host.pk) is None
    mandate.refresh_from_db()
    assert mandate.state == "active"
    operations.check_connection(actor=deal.office, provider=NAME)
    assert opened.account_in_use(deal.host.pk) is not None
    assert Consent.objects.get().ended_at is not None


def test_no_secret_is_anywhere_but_sealed(
    office: Actor, provider: Pretend, caplog: pytest.LogCaptureFixture
) -> None:
    """Canaries in both secrets: not in any column, answer, page of the operators' site, or log."""
    second = coordinator_of(CooperativeFactory._meta.model.objects.get(pk=office.cooperative_id))
    caplog.set_level(logging.DEBUG)
    answers = []
    answers.append(enter(office))
    change = KeyChange.objects.get()
    answers.append(proved(client_for(second)).post(f"/api/v1/key-changes/{change.pk}/confirm"))
    provider.failing = ProviderRefused("key_invalid", message=f"no such key {KEY}")
    check = {"provider": NAME}
    answers.append(client_for(office).post("/api/v1/payment-ways/check", check))
    provider.failing = RuntimeError(f"a library that shows {KEY}")  # type: ignore[assignment]
    broken = client_for(office)
    broken.raise_request_exception = False
    answers.append(broken.post("/api/v1/payment-ways/check", check))
    assert answers[-1].status_code == 500
    provider.failing = None
    read = ("payment-ways", "cooperative/history", "cooperative")
    answers.extend(client_for(office).get(f"/api/v1/{path}") for path in read)
    for answer in answers:
        assert "canary" not in answer.content.decode()
    account = ProviderAccount.objects.get()
    assert "canary" not in repr(opened.credentials_of(account))
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.managed:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" t'
                               " WHERE t::text LIKE '%canary%'")  # fmt: skip
                assert cursor.fetchone()[0] == 0, model._meta.label
    assert History.objects.filter(kind="provider_key_changed").exists()
    assert not Change.objects.filter(after__has_key="key_ends").exists()
    operator = UserFactory(is_staff=True, is_superuser=True)
    site = Client()
    site.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    secret = ProviderSecret.objects.get()
    for path in (f"providersecret/{account.pk}/change/", "providersecret/", "keychange/",
                 f"keychange/{change.pk}/change/"):  # fmt: skip
        page = site.get(f"/admin/payments/{path}", follow=True).content.decode()
        assert "canary" not in page
        assert secret.key not in page
        assert secret.webhook not in page
    # Of what we log, nothing; a library that puts it into its own error is logged as it is, and
    # the adapter's errors carry the provider's message, which is never a whole key.
    ours = [record for record in caplog.records if record.exc_info is None]
    assert "canary" not in json.dumps([record.getMessage() for record in ours])
