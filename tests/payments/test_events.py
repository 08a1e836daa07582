"""Events of providers: once each, whatever comes how often, late, forged or not at all."""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from tests.committing import committing, own_connection  # noqa: F401 - a fixture
from tests.factories.charging import WEBHOOK_SECRET, Charged, charge_saved_methods, crowded, hear
from tests.factories.provider import Till, body_of, serving

from mungchi.common import clock
from mungchi.common.models import History
from mungchi.payments import operations
from mungchi.payments.models import (
    Attempt,
    Payment,
    ProviderEvent,
    RefusedEvents,
)
from mungchi.payments.providers.facts import Event
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.usefixtures("committing")]
COUNT = 1_000 if os.environ.get("MUNGCHI_NIGHT") else 60
SEED = 20261127


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


def storm(till: Till, random: Random) -> Storm:
    """Everything is being processed; then it succeeds, and the events come in a muddle."""
    deal = crowded(COUNT, "slow")
    charge_saved_methods()
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
    charge_saved_methods()
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
