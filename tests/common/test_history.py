"""What happened stays as it was written; states go only where they are declared to go."""

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import MembershipFactory, coordinator_of

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.domain.states import MEMBERSHIP
from mungchi.accounts.models import Membership
from mungchi.common import clock
from mungchi.common.history import MoveNotDeclared, event, record, record_all, set_state
from mungchi.common.models import History, Transition

pytestmark = pytest.mark.django_db


def written() -> History:
    row = MembershipFactory(state="applied")
    return record(row, kind="tested", actor=SYSTEM, at=clock.now(), data={"a": 1}, why="시험")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE common_history SET why = 'x' WHERE id = %s",
     "DELETE FROM common_history WHERE id = %s",
     "UPDATE common_history SET at = now() WHERE id = %s"],
)  # fmt: skip
def test_history_is_neither_changed_nor_deleted(statement: str) -> None:
    row = written()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [row.pk])
    row.refresh_from_db()
    assert row.why == "시험"


def test_the_model_does_not_get_around_it() -> None:
    row = written()
    row.why = "anders"
    for attempt in (row.save, row.delete, History.objects.filter(pk=row.pk).delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_a_move_is_saved_and_recorded_with_who_and_why() -> None:
    row = MembershipFactory(state="applied")
    actor = coordinator_of(row.cooperative)
    at = clock.now()
    set_state(row, "active", machine=MEMBERSHIP, kind="member_admitted", actor=actor, at=at,
              why="서류 확인", cooperative_id=row.cooperative_id)  # fmt: skip
    trail = History.objects.get(subject_id=row.pk)
    assert (trail.from_state, trail.to_state, trail.at) == ("applied", "active", at)
    assert (trail.user_id, trail.seat_id, trail.role) == (
        actor.user_id, actor.seat_id, "coordinator",
    )  # fmt: skip
    assert trail.subject_type == "accounts.membership"
    assert Membership.objects.get(pk=row.pk).state == "active"


def test_a_move_that_is_not_declared_is_refused_here_and_by_the_database() -> None:
    row = MembershipFactory(state="applied")
    with pytest.raises(MoveNotDeclared) as refused:
        set_state(row, "suspended", machine=MEMBERSHIP, kind="x", actor=SYSTEM, at=clock.now())
    assert "가입 신청" in refused.value.text.ko
    assert "applied" not in refused.value.text.ko
    assert not History.objects.filter(subject_id=row.pk).exists()
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Membership.objects.filter(pk=row.pk).update(state="suspended")
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        MembershipFactory(state="suspended")
    row.refresh_from_db()
    assert row.state == "applied"


def test_control_without_its_trigger_the_database_takes_it() -> None:
    row = MembershipFactory(state="applied")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER only_declared_moves ON accounts_membership")
    assert Membership.objects.filter(pk=row.pk).update(state="suspended") == 1


def test_the_database_knows_exactly_the_declared_moves() -> None:
    """Every machine in the code, against the table the triggers read."""
    import importlib

    from django.apps import apps

    from mungchi.common.states import Machine

    declared = {}
    for app in apps.get_app_configs():
        if app.name.startswith("mungchi."):
            try:
                module = importlib.import_module(f"{app.name}.domain.states")
            except ModuleNotFoundError:
                continue
            declared |= {
                value.name: value.pairs() for value in vars(module).values()
                if isinstance(value, Machine)
            }  # fmt: skip
    assert len(declared) >= 8
    stored: dict[str, set[tuple[str, str]]] = {}
    for row in Transition.objects.all():
        stored.setdefault(row.machine, set()).add((row.from_state, row.to_state))
    assert stored == declared


def test_many_events_are_one_statement(django_assert_num_queries: object) -> None:
    rows = [MembershipFactory() for _ in range(3)]
    at = clock.now()
    events = [event(row, kind="tested", actor=SYSTEM, at=at) for row in rows]
    with django_assert_num_queries(1):  # type: ignore[operator]
        record_all(events)
    assert History.objects.filter(kind="tested").count() == 3
