"""Two workers, or a worker and an office, at the same campaign at the same moment."""

import threading

from django.db import connection, transaction
from tests.committing import committing, own_connection
from tests.factories.orders import Deal

from mungchi.orders import operations
from mungchi.payments import operations as payments
from mungchi.payments.operations.confirming import AlreadyOrdered

__all__ = ["committing"]


def at_once(*calls):
    """Run calls in threads that start together; return what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def body(at, call):
        with own_connection():
            barrier.wait(10)
            try:
                results[at] = call()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                results[at] = error

    threads = [threading.Thread(target=body, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_two_workers_place_the_orders_once(committing):
    for _ in range(3):
        deal = Deal().settling(30, 40, 50)

        def place(pk=deal.campaign.pk):
            return operations.place_orders(campaign_id=pk)

        assert sorted(at_once(place, place, place)) == [0, 0, 3]
        assert len(deal.orders()) == 3
        assert deal.trail().count("orders_placed") == 1


def test_two_workers_ask_for_the_money_once(committing):
    deal = Deal().settling(30, 40, 50)
    operations.place_orders(campaign_id=deal.campaign.pk)

    def ask():
        return payments.ask_for_payment(campaign_id=deal.campaign.pk)

    assert sorted(at_once(ask, ask)) == [0, 3]
    assert len(deal.payments()) == 3


def test_confirmations_do_not_wait_for_each_other(committing):
    """Both hold a share lock on the campaign; while one is open the other gets through."""
    deal = Deal().placed(60, 60)
    first, second = deal.payments()
    with transaction.atomic():
        deal.pay(first)
        (result,) = at_once(lambda: deal.pay(second))
    assert getattr(result, "state", result) == "paid"


def test_the_purchase_order_waits_for_a_confirmation_being_undone(committing):
    """Whoever comes second sees what the first has done: no order on money that is not there."""
    deal = Deal().paid(60, 60)
    first = deal.payments()[0]
    began = threading.Event()

    def issue():
        began.set()
        return operations.issue_purchase_order(campaign_id=deal.campaign.pk)

    with transaction.atomic():
        payments.undo_confirmation(actor=deal.office, payment_id=first.pk, why="오인")
        holder = connection.connection.info.backend_pid
        thread = threading.Thread(target=lambda: results.extend(at_once(issue)))
        results: list[object] = []
        thread.start()
        assert began.wait(10)
        wait_until_blocked_by(holder)
    thread.join()
    assert results == [0]
    assert deal.state() == "settling"


def test_undoing_waits_for_a_purchase_order_being_issued(committing):
    deal = Deal().paid(60, 60)
    first = deal.payments()[0]
    results: list[object] = []

    def undo():
        return payments.undo_confirmation(actor=deal.office, payment_id=first.pk, why="오인")

    with transaction.atomic():
        assert operations.issue_purchase_order(campaign_id=deal.campaign.pk) == 1
        holder = connection.connection.info.backend_pid
        thread = threading.Thread(target=lambda: results.extend(at_once(undo)))
        thread.start()
        wait_until_blocked_by(holder)
    thread.join()
    assert isinstance(results[0], AlreadyOrdered)
    assert deal.purchase_order.state == "issued"


def wait_until_blocked_by(pid):
    """Return once some connection waits for a lock that `pid` holds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))",
                [pid],
            )
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waits")
