"""Events that commit in another order than they were numbered in."""

import threading

from django.db import transaction
from tests.committing import committing, own_connection
from tests.factories.accounts import CooperativeFactory, FirmFactory, SeatFactory, buyer_of

from mungchi.accounts import operations as accounts
from mungchi.notifications import operations, stage
from mungchi.notifications.models import Notification, Untold

__all__ = ["committing"]


def test_an_event_that_commits_after_a_later_one_is_told_as_well(committing):
    """Reading by "id above the last" would lose it: its id is lower, its commit later."""
    host = CooperativeFactory()
    office = SeatFactory(role="coordinator", cooperative=host)
    first, second = buyer_of(FirmFactory()), buyer_of(FirmFactory())
    written, go_on = threading.Event(), threading.Event()

    def slow():
        with own_connection(), transaction.atomic():
            accounts.apply_for_membership(actor=first, cooperative_id=host.pk)
            written.set()
            go_on.wait(10)

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(10)
    accounts.apply_for_membership(actor=second, cooperative_id=host.pk)
    assert stage.tell_people() == 1
    go_on.set()
    thread.join()
    assert stage.tell_people() == 1
    ids = list(
        Notification.objects.filter(seat=office)
        .order_by("created_at")
        .values_list("event_id", flat=True)
    )
    assert len(ids) == 2
    assert ids[0] > ids[1]


def test_two_workers_telling_at_once_tell_once(committing):
    host = CooperativeFactory()
    office = SeatFactory(role="coordinator", cooperative=host)
    for _ in range(5):
        accounts.apply_for_membership(actor=buyer_of(FirmFactory()), cooperative_id=host.pk)
    ids = list(Untold.objects.values_list("event_id", flat=True))
    barrier = threading.Barrier(2)
    done = []

    def worker():
        with own_connection():
            barrier.wait(10)
            done.extend(operations.tell(event_id=pk) for pk in ids)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 5
    assert Notification.objects.filter(seat=office).count() == 5
    assert not Untold.objects.exists()
