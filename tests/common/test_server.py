"""Request ids, health, and the headers that every answer carries."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from mungchi.common import clock, health
from mungchi.common.models import WorkerHeartbeat

UUID7 = 32


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-123_x.y", True), ("short", False), ("x" * 65, False), ("has space in", False),
     ("new\nline-here", False), ("한글이들어간아이디", False), ("<script>alert", False),
     ("", False)],
)  # fmt: skip
def test_a_decent_request_id_is_kept_any_other_replaced(given: str, kept: bool) -> None:
    answer = Client().get("/healthz", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) == kept
    assert kept or len(answer["X-Request-ID"]) == UUID7


def test_every_request_gets_its_own_id_and_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="mungchi.request"):
        ids = {Client().get("/api/nowhere")["X-Request-ID"] for _ in range(5)}
        Client().get("/healthz")
    assert len(ids) == 5
    lines = [r for r in caplog.records if r.name == "mungchi.request"]
    assert [r.getMessage() for r in lines] == ["GET /api/nowhere 404"] * 5
    assert lines[0].status == 404  # type: ignore[attr-defined]


def test_alive_without_a_database() -> None:
    """No database mark on this test: touching one would fail it."""
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def beat(seconds_ago: float) -> None:
    at = clock.now() - timedelta(seconds=seconds_ago)
    WorkerHeartbeat.objects.update_or_create(id=1, defaults={"at": at})


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds_ago", "status"), [(1, 200), (50, 200), (70, 503), (4000, 503)])
def test_ready_while_the_workers_heart_beats(seconds_ago: float, status: int) -> None:
    beat(seconds_ago)
    answer = Client().get("/readyz")
    assert answer.status_code == status
    assert answer.json()["checks"] == {
        "database": True, "migrations": True, "worker": status == 200,
    }  # fmt: skip


@pytest.mark.django_db
def test_not_ready_before_the_first_beat() -> None:
    WorkerHeartbeat.objects.all().delete()
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_while_migrations_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    beat(1)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: [("x", False)])
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, False)


@pytest.mark.django_db
def test_not_ready_but_not_broken_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Any:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(clock, "now", gone)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": False, "migrations": False, "worker": False}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/api/nowhere", "/api/v1/me", "/admin/login/"])
def test_headers_of_every_class_of_answer(path: str) -> None:
    answer = Client().get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(answer["X-Request-ID"]) == UUID7
