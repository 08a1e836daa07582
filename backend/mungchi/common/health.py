"""Two questions of an operator: does the process live, and can it do its work."""

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from mungchi.common import clock
from mungchi.common.models import WorkerHeartbeat


def alive(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as the process can answer at all."""
    return JsonResponse({"status": "alive"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, is migrated, and the worker's heart beats; else 503."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        now = clock.now()
        checks["database"] = True
        executor = MigrationExecutor(connection)
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        oldest = now - timedelta(seconds=settings.WORKER_HEARTBEAT_SECONDS)
        checks["worker"] = WorkerHeartbeat.objects.filter(at__gte=oldest).exists()
    except DatabaseError:
        pass
    healthy = all(checks.values())
    return JsonResponse(
        {"status": "ready" if healthy else "not ready", "checks": checks},
        status=200 if healthy else 503,
    )
