"""Events of providers: once each, whatever comes how often, late, forged or not at all."""

import json
import os
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.committing import committing, own_connection  # noqa: F401 - a fixture
from tests.factories.charging import WEBHOOK_SECRET, Charged, crowded, hear
from tests.factories.provider import Till, serving

from mungchi.common import clock
from mungchi.common.jobs import CHARGE_TASK
from mungchi.common.models import History
from mungchi.payments import operations, stage
from mungchi.payments.domain.charging import POLL_EVERY
from mungchi.payments.models import (
    Attempt,
    Mandate,
    Payment,
    ProviderCursor,
    ProviderEvent,
    ProviderSecret,
    RefusedEvents,
)
from mungchi.payments.operations import Asking, applying_events, calling
from mungchi.payments.operations.calling import AT_ONCE, Call
from mungchi.payments.providers.facts import Event, ProviderAway, SetupFact
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.usefixtures("committing")]
COUNT = 1_000 if os.environ.get("MUNGCHI_NIGHT") else 60
SEED = 20261127
# Of clients: PostgreSQL may be clearing up after itself meanwhile.
CONNECTIONS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND backend_type = 'client backend'"
)


@dataclass
class Storm:
    """Charges that the provider finishes, and what comes of that by webhook."""

    till: Till
    deal: Charged
    events: list[Event]
    # (event's id, signature, body) as they come; which of them are forged.
    coming: list[tuple[str, str, bytes]]
    forged: int
    stale: int
    dropped: int


def body_of(event: Event, at: float) -> bytes:
    told = {"id": event.id, "type": event.type, "object_kind": event.object_kind,
            "object_id": event.object_id, "created": event.created.timestamp(),
            "live": event.live, "signed_at": at}  # fmt: skip
    return json.dumps(told).encode()


def storm(till: Till, random: Random) -> Storm:
    """Everything is being processed; then it succeeds, and the events come in a muddle."""
    deal = crowded(COUNT, "slow")
    stage.charge_saved_methods()
    now = clock.now()
    events, coming, forged, stale, dropped = [], [], 0, 0, 0
    signed = f"signed with {WEBHOOK_SECRET}"
    for number, charge in enumerate(till.charges):
        till.finish(charge)
        event = Event(f"evt_{number}", "charge.succeeded", "charge", charge, now, False, None)
        events.append(event)
        fate = random.random()
        if fate < 0.10:
            dropped += 1
        elif fate < 0.15:
            stale += 1
            coming.append((event.id, signed, body_of(event, now.timestamp() - 301)))
        else:
            copy = body_of(event, now.timestamp())
            coming += [(event.id, signed, copy)] * random.randint(1, 5)
        if random.random() < 0.05:
            forged += 1
            lie = Event(f"evt_lie_{number}", event.type, "charge", charge, now, False, None)
            coming.append((lie.id, "signed with a guess", body_of(lie, now.timestamp())))
    random.shuffle(coming)
    till.events = events
    return Storm(till, deal, events, coming, forged, stale, dropped)


@pytest.fixture
def till() -> Iterator[Till]:
    with serving(Till()) as till:
        yield till


def deliver(one: Storm) -> int:
    """Let everything come; return how many were taken in (also again)."""
    taken = 0
    for _, header, body in one.coming:
        try:
            operations.receive_event(account_id=one.deal.account.pk, body=body, header=header)
            taken += 1
        except operations.EventRefused:
            pass
    return taken


def in_threads(*deeds) -> None:
    errors: list[BaseException] = []

    def run(deed) -> None:
        with own_connection():
            try:
                deed()
            except BaseException as error:  # noqa: BLE001 - raised below, in the test's own thread
                errors.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    assert not errors, errors


def effects() -> int:
    return History.objects.filter(kind="payment_charged").count()


def come_back(deal: Charged, random: Random) -> None:
    """A third of the firms look at their page meanwhile."""
    rows = list(deal.payments())
    for payment in random.sample(rows, len(rows) // 3):
        attempt = payment.attempts.get()
        operations.apply_fact(attempt_id=attempt.pk, fact=ONE[0].charges[attempt.external_id],
                              before=clock.now())  # fmt: skip


ONE: list[Till] = []


def test_a_storm_of_events_has_each_effect_once(till: Till) -> None:
    random = Random(SEED)
    ONE[:] = [till]
    one = storm(till, random)
    in_threads(
        lambda: deliver(one),
        lambda: [hear() for _ in range(10)],
        lambda: come_back(one.deal, Random(SEED + 1)),
    )
    with clock.shifted(timedelta(minutes=6)):
        hear()
    assert effects() == Payment.objects.filter(state="paid").count() == COUNT
    assert ProviderEvent.objects.count() == COUNT
    assert not ProviderEvent.objects.filter(external_id__contains="lie").exists()
    assert not ProviderEvent.objects.exclude(state="applied").exists()
    counted = dict(RefusedEvents.objects.values_list("why", "count"))
    assert counted == {"forged": one.forged, "stale": one.stale}
    assert one.dropped > 0
    assert min(one.forged, one.stale) > 0
    assert [str(breach) for breach in breaches()] == []


def test_control_without_a_look_at_the_signature_forged_ones_are_taken(till: Till) -> None:
    one = storm(till, Random(SEED))

    def believe(body: bytes, header: str, secret: str, now: object) -> Event:
        told = json.loads(body)
        return Event(told["id"], told["type"], "charge", told["object_id"], clock.now(), False,
                     None)  # fmt: skip

    till.verify_webhook = believe  # type: ignore[method-assign]
    deliver(one)
    assert ProviderEvent.objects.filter(external_id__contains="lie").count() == one.forged


def test_control_without_reading_the_list_what_was_dropped_has_no_effect(till: Till) -> None:
    one = storm(till, Random(SEED))
    till.events = []
    deliver(one)
    hear()
    assert effects() == COUNT - one.dropped - one.stale


def test_what_is_of_another_mode_or_account_is_refused_and_counted(till: Till) -> None:
    deal = Charged().scheduled("slow", "pays")
    now = clock.now()
    for live, account in ((True, None), (False, "acct_other")):
        event = Event("evt_1", "x", "charge", "ch_1", now, live, account)
        told = json.loads(body_of(event, now.timestamp())) | {"account": account}
        with pytest.raises(operations.EventRefused):
            operations.receive_event(
                account_id=deal.account.pk, body=json.dumps(told).encode(),
                header=f"signed with {WEBHOOK_SECRET}",
            )  # fmt: skip
    counted = dict(RefusedEvents.objects.values_list("why", "count"))
    assert counted == {"other_mode": 1, "other_account": 1}
    assert ProviderEvent.objects.count() == 0


def test_an_event_that_overtakes_the_answer_is_applied_and_a_foreign_one_is_left(
    till: Till,
) -> None:
    deal = Charged().scheduled("pays", "pays")
    till.after = lambda call: (_ for _ in ()).throw(RuntimeError) if call == "charge" else None
    stage.charge_saved_methods()
    assert Attempt.objects.filter(external_id="").count() == 2
    till.events = [
        Event("evt_1", "charge.succeeded", "charge", "ch_1", clock.now(), False, None),
        Event("evt_2", "charge.succeeded", "charge", "ch_elsewhere", clock.now(), False, None),
        Event("evt_3", "charge.succeeded", "charge", "ch_gone", clock.now(), False, None),
    ]
    from dataclasses import replace

    till.charges["ch_elsewhere"] = replace(till.charges["ch_1"], id="ch_elsewhere", metadata={})
    hear()
    states = dict(ProviderEvent.objects.values_list("external_id", "state"))
    assert states == {"evt_1": "applied", "evt_2": "ignored", "evt_3": "parked"}
    assert sorted(payment.state for payment in deal.payments()) == ["paid", "processing"]
    # What is never found ends as something for the office.
    for minutes in (2, 8, 40, 170, 900, 2000):
        with clock.shifted(timedelta(minutes=minutes)):
            hear()
    assert deal.account.open_items.get().kind == "unknown_object"


def told(charge: str, *kinds: str) -> list[Event]:
    """What a provider tells of a charge: an event for each kind."""
    return [Event(f"evt_{charge}_{kind}", kind, "charge", charge, clock.now(), False, None)
            for kind in kinds]  # fmt: skip


def looks(till: Till) -> int:
    return sum(call == "sync" for call, _ in till.calls)


def test_all_that_is_told_of_a_charge_is_applied_by_one_look_at_it(till: Till) -> None:
    deal = Charged().scheduled("slow", "slow")
    stage.charge_saved_methods()
    for charge in list(till.charges):
        till.finish(charge)
        till.events += told(charge, "intent.created", "intent.succeeded", "charge.succeeded")
    hear()
    assert looks(till) == 2
    assert ProviderEvent.objects.filter(state="applied").count() == 6
    assert {payment.state for payment in deal.payments()} == {"paid"}


def test_a_charge_whose_own_answer_said_everything_is_not_looked_at(till: Till) -> None:
    deal = Charged().scheduled("pays", "soft")
    stage.charge_saved_methods()
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
    stage.charge_saved_methods()
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
    stage.charge_saved_methods()
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
    stage.charge_saved_methods()
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
    assert effects() == 1
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
    assert operations.call_all(told_of, *stage.CHARGE) == 1
    assert len(failed) == 2
    assert Payment.objects.get(pk=first).state == "paid"


def test_calls_that_hang_leave_room_for_others(till: Till) -> None:
    many = crowded(AT_ONCE * 2, "slow")
    stage.charge_saved_methods()
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
    stage.charge_saved_methods()
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
    stage.apply_events()
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
        stage.charge_saved_methods()
        cursor.execute(CONNECTIONS)
        assert cursor.fetchone()[0] <= before
    assert connection.connection.info.backend_pid == pid
    assert 20 < till.most_under_way <= 50
    assert {payment.state for payment in deal.payments()} == {"paid"}
