"""Refunds that go back by the provider that took the money: asked once, whatever dies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.factories.orders import Deal

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.common.sealing import seal
from mungchi.payments import operations, providers, stage
from mungchi.payments.models import Attempt, LedgerLine, ProviderAccount, ProviderSecret, Refund
from mungchi.payments.operations import sending
from mungchi.payments.providers import Capabilities
from mungchi.payments.providers.facts import (
    ProviderAway,
    ProviderBusy,
    ProviderFailed,
    ProviderRefused,
    RefundFact,
)
from mungchi.payments.queries.online import KEY, WEBHOOK

pytestmark = pytest.mark.django_db
# Providers are asked in threads, which touch no database; its clock neither.
AT = datetime(2026, 11, 1, tzinfo=UTC)


class Remote:
    """A provider's side of refunds, in memory: one a key, looked up by its metadata."""

    name = "remote"
    capabilities = Capabilities(True, True, True, True, False, frozenset({"KRW"}))

    def __init__(self) -> None:
        self.made: dict[str, RefundFact] = {}
        self.asked: list[str] = []
        self.answers: list[Any] = []
        self.state = "succeeded"

    def refund(self, credentials: Any, *, key: str, charge_id: str, amount: int, currency: str,
               metadata: Any) -> RefundFact:  # fmt: skip
        self.asked.append(key)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, ProviderRefused | ProviderBusy | ProviderFailed):
            raise answer
        fact = self.made.setdefault(key, RefundFact(
            f"re_{len(self.made)}", charge_id, self.state, amount, currency, AT,
            metadata=metadata))  # type: ignore[arg-type]  # fmt: skip
        if isinstance(answer, ProviderAway):
            raise answer
        return answer or fact

    def refund_of(self, credentials: Any, refund_id: str) -> RefundFact:
        (fact,) = [fact for fact in self.made.values() if fact.id == refund_id]
        return RefundFact(fact.id, fact.charge_id, self.state, fact.amount, fact.currency,
                          AT)  # type: ignore[arg-type]  # fmt: skip

    def find_refund(self, credentials: Any, *, charge_id: str, metadata: Any) -> RefundFact | None:
        found = [fact for fact in self.made.values() if fact.metadata == metadata]
        return found[0] if found else None


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Remote:
    provider = Remote()
    monkeypatch.setitem(providers.ONLINE, "remote", provider)  # type: ignore[arg-type]
    return provider


def charged(remote: Remote) -> tuple[Deal, Refund]:
    """A campaign that failed after one firm had paid by a saved method."""
    deal = Deal().placed()
    payment = deal.payments()[0]
    deal.pay(payment)
    account = ProviderAccount.objects.create(
        cooperative=deal.host, provider="remote", created_at=clock.now()
    )
    ProviderSecret.objects.create(
        account=account, cooperative=deal.host, key=seal("sk", KEY), webhook=seal("wh", WEBHOOK),
        key_ends="sk", set_by_id=deal.office.user_id, set_at=clock.now(),
    )  # fmt: skip
    attempt = Attempt.objects.create(
        payment=payment, account=account, cooperative=deal.host, firm=payment.firm, number=1,
        key=f"pay:{payment.pk}:1", parameters="{}", amount=payment.amount, currency="KRW",
        external_id="ch_1", created_at=clock.now(),
    )  # fmt: skip
    for state in ("sent", "succeeded"):
        Attempt.objects.filter(pk=attempt.pk).update(state=state)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    stage.return_money()
    return deal, Refund.objects.get()


def test_it_goes_back_the_way_it_came_once(remote: Remote):
    deal, refund = charged(remote)
    assert refund.way == "remote"
    assert [stage.send_refunds(), stage.send_refunds()] == [1, 0]
    refund.refresh_from_db()
    assert (refund.state, refund.external_id) == ("succeeded", "re_0")
    assert remote.asked == [refund.idempotency_key]
    assert deal.payments()[0].state == "refunded"
    rows = LedgerLine.objects.filter(entry__kind="refunded")
    assert dict(rows.values_list("account", "amount")) == {
        "refund_payable": refund.amount, "provider_clearing": -refund.amount,
    }  # fmt: skip
    moves = History.objects.filter(subject_id=refund.pk).values_list("kind", flat=True)
    assert sorted(moves) == ["refund_asked", "refund_sent"]


def test_a_lost_answer_is_looked_up_a_minute_later(remote: Remote):
    _, refund = charged(remote)
    remote.answers = [ProviderAway("reset")]
    stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "unknown"
    assert stage.send_refunds() == 0
    with clock.shifted(timedelta(minutes=2)):
        assert stage.send_refunds() == 1
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    assert remote.asked == [refund.idempotency_key]


def test_what_is_not_there_is_asked_for_under_the_same_key(remote: Remote):
    _, refund = charged(remote)
    remote.answers = [ProviderAway("reset"), ProviderBusy("busy")]
    stage.send_refunds()
    remote.made.clear()
    with clock.shifted(timedelta(minutes=2)):
        stage.send_refunds()
        refund.refresh_from_db()
        assert refund.state == "unknown"
    with clock.shifted(timedelta(minutes=4)):
        assert stage.send_refunds() == 1
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    assert remote.asked == [refund.idempotency_key] * 3
    assert len(remote.made) == 1


def test_a_process_that_died_before_it_wrote_the_answer_asks_again(remote: Remote, monkeypatch):
    _, refund = charged(remote)
    monkeypatch.setattr(sending, "_write", lambda kind, call, answer: 0)
    stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "sent"
    monkeypatch.undo()
    monkeypatch.setitem(providers.ONLINE, "remote", remote)
    with clock.shifted(timedelta(minutes=2)):
        stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, len(remote.made)) == ("succeeded", 1)


@pytest.mark.parametrize("listed", [True, False])
def test_a_failure_that_the_provider_only_repeats_is_no_refund_unless_it_is_listed(
    remote: Remote, monkeypatch: pytest.MonkeyPatch, listed: bool
):
    _, refund = charged(remote)
    remote.answers = [ProviderAway("500"), ProviderFailed("500 again"), ProviderFailed("500 again")]
    stage.send_refunds()
    made = dict(remote.made)
    remote.made.clear()
    with clock.shifted(timedelta(minutes=2)):
        stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "unknown"
    remote.made.clear()
    if listed:
        # It shows up while it is asked for.
        monkeypatch.setattr(remote, "find_refund", found_at_last(None, *made.values()))
    with clock.shifted(timedelta(minutes=11)):
        stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, refund.note) == (
        ("succeeded", "") if listed else ("failed", "provider_failed")
    )


def found_at_last(*answers: RefundFact | None) -> Any:
    """Looking refunds up: one answer after the other."""
    waiting = list(answers)
    return lambda *_, **__: waiting.pop(0)


@pytest.mark.parametrize("happened", [True, False])
def test_after_a_day_it_is_looked_up_and_never_sent_again(remote: Remote, happened: bool):
    _, refund = charged(remote)
    remote.answers = [ProviderAway("reset")]
    stage.send_refunds()
    if not happened:
        remote.made.clear()
    with clock.shifted(timedelta(hours=21)):
        stage.send_refunds()
    refund.refresh_from_db()
    assert len(remote.asked) == 1
    assert refund.state == ("succeeded" if happened else "failed")


def test_what_the_provider_refuses_is_the_offices_to_send(remote: Remote):
    deal, refund = charged(remote)
    remote.answers = [ProviderRefused("charge_disputed")]
    stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, refund.note) == ("failed", "charge_disputed")
    row = operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    assert (row.state, row.way) == ("succeeded", "bank_transfer")
    assert deal.payments()[0].state == "refunded"


def test_a_refund_under_way_is_looked_at_and_one_that_came_back_is_owed_again(remote: Remote):
    deal, refund = charged(remote)
    remote.state = "pending"
    stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, refund.external_id) == ("sent", "re_0")
    remote.state = "succeeded"
    with clock.shifted(timedelta(minutes=2)):
        stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "succeeded"
    remote.state = "failed"
    fact = remote.refund_of(None, "re_0")
    for _ in range(2):
        operations.refund_answered(refund_id=refund.pk, fact=fact)
    refund.refresh_from_db()
    assert refund.state == "reversed"
    assert deal.payments()[0].state == "refund_due"


def test_nonsense_is_not_believed(remote: Remote):
    _, refund = charged(remote)
    remote.answers = [
        RefundFact("re_x", "ch_1", "succeeded", refund.amount * 2, "KRW", clock.now())
    ]
    stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "sent"
    assert refund.external_id == ""


def test_no_provider_is_asked_while_a_transaction_holds_locks(remote: Remote, monkeypatch):
    charged(remote)
    outer = len(connection.savepoint_ids)
    seen: list[int] = []
    monkeypatch.setattr(
        sending, "_answer",
        lambda kind, call: seen.append(len(connection.savepoint_ids)) or call.ask(),
    )  # fmt: skip
    monkeypatch.setattr(sending, "ThreadPoolExecutor", Here)
    stage.send_refunds()
    assert seen == [outer]


class Here:
    """Runs calls where the test can look at its connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *args: object) -> None: ...
    def map(self, run: Any, calls: Any) -> list[Any]:
        return [run(call) for call in calls]


def test_a_transfer_is_never_sent_by_a_provider(remote: Remote):
    deal = Deal().placed()
    deal.pay(deal.payments()[0])
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    stage.return_money()
    with clock.shifted(timedelta(days=1)):
        assert stage.send_refunds() == 0
    assert not remote.asked
    assert timedelta(hours=20) == sending.KEY_HOLDS
