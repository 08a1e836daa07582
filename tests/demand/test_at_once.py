"""Needs stated and files read at the same moment, by threads that commit."""

import threading

import pytest
from django.db import connection, transaction
from tests.committing import committing
from tests.demand.test_importing import MIXED, counts
from tests.factories.accounts import CooperativeFactory, buyer_of, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.demand import csv_bytes, need, upload

from mungchi.accounts.models import Firm
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.demand import operations
from mungchi.demand.models import Need, Pool, Purchase, PurchaseImport
from mungchi.demand.operations import gathering, importing

__all__ = ["committing"]


def test_firms_that_state_needs_at_once_make_one_open_pool(committing: None) -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    firms = [member(cooperative) for _ in range(6)]
    ready = threading.Barrier(len(firms))

    def work(firm: object) -> None:
        try:
            ready.wait(20)
            need(cooperative, item=item, firm=firm)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[firm]) for firm in firms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Need.objects.count() == 6
    assert Pool.objects.count() == 1


def test_a_need_stated_while_its_pool_is_being_taken_goes_to_the_next_pool(
    committing: None,
) -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    first, firm = need(cooperative, item=item), member(cooperative)
    made: list[Need] = []

    def work() -> None:
        try:
            made.append(need(cooperative, item=item, firm=firm))
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    office = coordinator_of(cooperative)
    with transaction.atomic():
        operations.take_pool(actor=office, pool_id=first.pool_id, at=clock.now())
        thread.start()
        thread.join(1)
        assert not made
    thread.join(20)
    assert made[0].pool_id != first.pool_id
    assert buyer_of(made[0].firm).firm_id == firm.firm_id


def test_two_workers_at_once_take_a_file_once_and_progress_is_seen_meanwhile(
    committing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SECONDS_BETWEEN_REPORTS", 0.0)
    monkeypatch.setattr(importing, "BATCH", 2)
    office = coordinator_of(CooperativeFactory())
    row = upload(office, csv_bytes(MIXED))
    operations.start_import(actor=office, import_id=row.pk)
    inside, go_on, done = threading.Event(), threading.Event(), []
    real = gathering.take_firms

    def slow(*args: object, **kwargs: object) -> int:
        inside.set()
        assert go_on.wait(20)
        return real(*args, **kwargs)

    monkeypatch.setattr(gathering, "take_firms", slow)

    def work() -> None:
        try:
            operations.run_import(import_id=row.pk)
            done.append(True)
        finally:
            connection.close()

    first, second = threading.Thread(target=work), threading.Thread(target=work)
    first.start()
    assert inside.wait(20)
    row.refresh_from_db()
    assert (row.state, row.done) == ("running", 6)
    second.start()
    second.join(20)
    assert done == [True]
    go_on.set()
    first.join(20)
    row.refresh_from_db()
    assert (row.state, counts(row), row.done) == ("done", (7, 5, 2, 0, 3, 3), 7)
    assert Purchase.objects.count() == 5


def test_two_files_of_one_cooperative_at_once_make_a_firm_once(committing: None) -> None:
    office = coordinator_of(CooperativeFactory())
    rows = [upload(office, csv_bytes(MIXED)) for _ in range(2)]
    for row in rows:
        operations.start_import(actor=office, import_id=row.pk)

    def work(row: PurchaseImport) -> None:
        try:
            operations.run_import(import_id=row.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["done", "done"]
    assert sorted(row.already_there for row in rows) == [0, 5]
    assert sum(row.firms_new for row in rows) == Firm.objects.count() == 3
    assert Item.objects.count() == 3
