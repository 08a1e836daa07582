"""Events, look-ups and charges beside each other: one look for all that is told of an object, none
where nothing is new, and nobody keeps the others waiting."""

import threading
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.committing import committing, own_connection  # noqa: F401 - a fixture
from tests.factories.charging import (
    WEBHOOK_SECRET,
    Charged,
    apply_events,
    charge_saved_methods,
    crowded,
    hear,
)
from tests.factories.provider import Till, body_of, serving

from mungchi.common import clock
from mungchi.common.jobs import CHARGE_TASK
from mungchi.payments import operations, stage
from mungchi.payments.domain.charging import POLL_EVERY
from mungchi.payments.models import (
    Attempt,
    Mandate,
    Payment,
    ProviderCursor,
    ProviderEvent,
    ProviderSecret,
)
from mungchi.payments.operations import Asking, applying_events, calling
from mungchi.payments.operations.calling import AT_ONCE, Call
from mungchi.payments.providers.facts import Event, ProviderAway, SetupFact

pytestmark = [pytest.mark.usefixtures("committing")]
# Of clients: PostgreSQL may be clearing up after itself meanwhile.
CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend'"
)


@pytest.fixture
def till() -> Iterator[Till]:
    with serving(Till()) as till:
        yield till


def told(charge: str, *kinds: str) -> list[Event]:
    """What a provider tells of a charge: an event for each kind."""
    return [Event(f"evt_{charge}_{kind}", kind, "charge", charge, clock.now(), False, None)
            for kind in kinds]  # fmt: skip


def looks(till: Till) -> int:
    return sum(call == "sync" for call, _ in till.calls)


def test_all_that_is_told_of_a_charge_is_applied_by_one_look_at_it(till: Till) -> None:
    deal = Charged().scheduled("slow", "slow")
    charge_saved_methods()
    for charge in list(till.charges):
        till.finish(charge)
        till.events += told(charge, "intent.created", "intent.succeeded", "charge.succeeded")
    hear()
    assert looks(till) == 2
    assert ProviderEvent.objects.filter(state="applied").count() == 6
    assert {payment.state for payment in deal.payments()} == {"paid"}


def test_a_charge_whose_own_answer_said_everything_is_not_looked_at(till: Till) -> None:
    deal = Charged().scheduled("pays", "soft")
    charge_saved_methods()
    paid = deal.payments()[0].attempts.get()
    assert paid.state == "succeeded"
    assert paid.fee is not None
    for charge in till.charges:
        till.events += told(charge, "intent.created", "intent.succeeded")
    hear()
    # The declined one is looked at: by now it may have been paid.
    assert looks(till) == 1
    assert ProviderEvent.objects.filter(state="applied").count() == 4
    # Nor where its fee is still to come.
    Attempt.objects.filter(pk=paid.pk).update(fee=None)
    till.events += told(paid.external_id, "charge.updated")
    with clock.shifted(POLL_EVERY):
        hear()
    assert looks(till) == 2


def test_much_that_says_nothing_new_hides_nothing_behind_it(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying_events, "WINDOW", 5)
    deal = Charged().scheduled("pays", "slow")
    charge_saved_methods()
    paid, slow = (payment.attempts.get().external_id for payment in deal.payments())
    till.finish(slow)
    kinds = [f"kind {number}" for number in range(23)]
    till.events = told(paid, *kinds) + told(slow, *kinds)
    assert all(event.created for event in till.events)
    hear()
    assert looks(till) == 1
    assert ProviderEvent.objects.filter(state="applied").count() == 2 * len(kinds)
    assert {payment.state for payment in deal.payments()} == {"paid"}


def test_a_late_answer_ends_nothing_that_was_asked_about_anew(till: Till) -> None:
    deal = Charged().scheduled("slow", "slow")
    charge_saved_methods()
    charge = deal.payments()[0].attempts.get().external_id
    till.events = told(charge, "first")
    stage.read_events()
    (late,) = operations.begin_events(10)
    fact = late.ask()
    # Nobody answered for so long that the next run asks, of this and of what was told since.
    till.finish(charge)
    till.events += told(charge, "second")
    with clock.shifted(POLL_EVERY):
        stage.read_events()
        (call,) = operations.begin_events(10)
        operations.write_event(late, fact)
        operations.write_event(late, ProviderAway("late"))
        rows = list(ProviderEvent.objects.order_by("pk").values_list("state", "tries"))
        assert rows == [("received", 2), ("received", 1)]
        operations.write_event(call, call.ask())
    assert list(ProviderEvent.objects.values_list("state", flat=True)) == ["applied"] * 2
    assert sorted(payment.state for payment in deal.payments()) == ["paid", "processing"]


def test_many_events_do_not_keep_charges_waiting(till: Till) -> None:
    crowded(AT_ONCE * 2 + 20, "slow")
    charge_saved_methods()
    for charge in till.charges:
        till.events += told(charge, "charge.succeeded")
    stage.read_events()
    Charged().scheduled(*["pays"] * 20, quantities=(4,) * 20)
    till.calls.clear()
    stage.settle_charges()
    calls = [call for call, _ in till.calls]
    assert (calls.count("charge"), calls.count("sync")) == (20, len(till.events))
    assert calls.index("charge") < AT_ONCE + 20


def test_what_is_told_while_others_are_charged_is_applied_in_the_same_run(till: Till) -> None:
    deal = crowded(AT_ONCE * 3, "slow")
    till.seconds = 0.6

    def tell(call: str) -> None:
        if call == "charge" and till.charges and not till.events:
            charge = next(iter(till.charges))
            till.finish(charge)
            till.events += told(charge, "charge.succeeded")
            with own_connection():
                operations.receive_event(
                    account_id=deal.account.pk,
                    body=body_of(till.events[0], clock.now().timestamp()),
                    header=f"signed with {WEBHOOK_SECRET}",
                )  # fmt: skip

    till.before = tell
    stage.settle_charges()
    assert [payment.state for payment in deal.payments()].count("paid") == 1
    assert ProviderEvent.objects.get().state == "applied"


def test_what_fails_to_be_prepared_keeps_nothing_else_waiting_and_is_tried_again(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "TRY_EVERY", 0.05)
    deal = Charged().scheduled("pays", "pays")
    till.seconds = 0.5
    failed: list[int] = []

    def fails_first(limit: int, without: Collection[UUID] = ()) -> Sequence[Call]:
        if len(failed) < 2:
            failed.append(limit)
            raise ValueError(limit)
        return operations.begin_events(limit, without)

    first = deal.payments()[0].pk
    Payment.objects.exclude(pk=first).update(charge_at=clock.now() + timedelta(days=1))
    told_of = Asking(fails_first, operations.write_event)
    assert operations.call_all(told_of, *operations.CHARGES) == 1
    assert len(failed) == 2
    assert Payment.objects.get(pk=first).state == "paid"


def test_calls_that_hang_leave_room_for_others(till: Till) -> None:
    many = crowded(AT_ONCE * 2, "slow")
    charge_saved_methods()
    for charge in till.charges:
        till.events += told(charge, "charge.succeeded")
    stage.read_events()
    Charged().scheduled(*["pays"] * 4, quantities=(4,) * 4)
    charged = threading.Event()
    waited: list[bool] = []

    def hang(call: str) -> None:
        if call == "charge":
            charged.set()
        elif call == "sync":
            waited.append(charged.wait(20))

    till.before = hang
    stage.settle_charges()
    assert all(waited)
    assert len(waited) == len(many.payments())


def test_a_saved_method_is_asked_for_by_a_call_like_any_other(till: Till) -> None:
    deal = Charged().scheduled("pays", "pays")
    mandate = Mandate.objects.create(
        account=deal.account, cooperative=deal.host, firm=deal.payments()[0].firm,
        session_id="cs_new", created_by_id=deal.office.user_id, created_at=clock.now(),
    )  # fmt: skip
    till.setups["cs_new"] = SetupFact(
        "cs_new", "done", "cus_new", method_id="pm_new", kind="card", label="•••• 1"
    )
    till.events = [
        Event(f"evt_{session}", "checkout.session.completed", "setup", session, clock.now(), False,
              None)
        for session in ("cs_new", "cs_elsewhere")
    ]  # fmt: skip
    stage.read_events()
    (call,) = operations.begin_events(10)
    mandate.refresh_from_db()
    assert mandate.state == "pending"
    operations.write_event(call, call.ask())
    mandate.refresh_from_db()
    assert (mandate.state, mandate.method_id) == ("active", "pm_new")
    states = dict(ProviderEvent.objects.values_list("object_id", "state"))
    assert states == {"cs_new": "applied", "cs_elsewhere": "ignored"}


def test_what_is_about_nothing_that_we_have_ends_at_once(till: Till) -> None:
    Charged().scheduled("pays", "pays")
    till.events = [Event("evt_1", "customer.created", "other", "cus_1", clock.now(), False, None)]
    before = ProcrastinateJob.objects.filter(task_name=CHARGE_TASK).count()
    assert stage.read_events() == 1
    row = ProviderEvent.objects.get()
    assert (row.state, row.next_at, row.tries) == ("ignored", None, 0)
    assert row.applied_at is not None
    assert ProcrastinateJob.objects.filter(task_name=CHARGE_TASK).count() == before


def test_lists_are_read_once_a_run_the_one_that_never_was_first(till: Till) -> None:
    read, new = (Charged().scheduled("pays", "pays") for _ in range(2))
    ProviderCursor.objects.create(
        account=read.account, cooperative=read.host, polled_at=clock.now() - 2 * POLL_EVERY
    )
    due_by = clock.now()
    (first,) = operations.begin_polls(due_by, 1)
    assert first.account_id == new.account.pk
    # Reading took so long that the first is due again: that is for the next run.
    with clock.shifted(2 * POLL_EVERY):
        (second,) = operations.begin_polls(due_by, 1)
        assert second.account_id == read.account.pk
        assert operations.begin_polls(due_by, 1) == []
        assert len(operations.begin_polls(clock.now(), 5)) == 1


def test_an_account_whose_list_cannot_be_opened_hides_no_other(till: Till) -> None:
    shut, well = (Charged().scheduled("pays", "pays") for _ in range(2))
    ProviderSecret.objects.filter(account=shut.account).update(key="nonsense")
    calls = operations.begin_polls(clock.now(), 1)
    assert [call.account_id for call in calls] == [well.account.pk]


def test_an_account_whose_key_cannot_be_read_keeps_nobody_elses_events_waiting(till: Till) -> None:
    deals = [Charged().scheduled("slow", "slow") for _ in range(2)]
    charge_saved_methods()
    for deal in deals:
        for payment in deal.payments():
            charge = payment.attempts.get().external_id
            till.finish(charge)
            (event,) = told(charge, "charge.succeeded")
            operations.receive_event(
                account_id=deal.account.pk, body=body_of(event, clock.now().timestamp()),
                header=f"signed with {WEBHOOK_SECRET}",
            )  # fmt: skip
    ProviderSecret.objects.filter(account=deals[0].account).update(key="nonsense")
    apply_events()
    states = [{payment.state for payment in deal.payments()} for deal in deals]
    assert states == [{"processing"}, {"paid"}]
    assert not ProviderEvent.objects.filter(state="received").exclude(tries=0).exists()


def test_the_connections_that_a_run_holds_are_one(till: Till) -> None:
    deal = crowded(120)
    till.seconds = 0.05
    seen: list[int] = []

    def look(call: str) -> None:
        seen.append(till.under_way)

    till.before = look
    pid = connection.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        before = cursor.fetchone()[0]
        charge_saved_methods()
        cursor.execute(CONNECTIONS)
        assert cursor.fetchone()[0] <= before
    assert connection.connection.info.backend_pid == pid
    assert 20 < till.most_under_way <= 50
    assert {payment.state for payment in deal.payments()} == {"paid"}
