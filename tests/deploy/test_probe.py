"""The health checks of the containers say yes and no."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.committing import committing

from config import probe
from mungchi.common import clock
from mungchi.common.models import WorkerHeartbeat

__all__ = ["committing"]
BACKEND = Path(__file__).parents[2] / "backend"


class Answering(BaseHTTPRequestHandler):
    """Answers /healthz with the server's `status`, and keeps the Host it was asked for."""

    def do_GET(self) -> None:
        self.server.host = self.headers["Host"]
        self.send_response(self.server.status if self.path == "/healthz" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """A stand-in for the API on a free port."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    server.status = 200
    monkeypatch.setattr(probe, "API_PORT", server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_api_that_answers_is_well(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe.settings, "PUBLIC_URL", "https://mungchi.example")
    assert probe.main(["api"]) == 0
    assert server.host == "mungchi.example"


def test_an_api_that_refuses_is_not(server: HTTPServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.status = 400
    assert probe.main(["api"]) == 1
    assert "answered 400" in capsys.readouterr().err


def test_an_api_that_does_not_answer_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unused = HTTPServer(("127.0.0.1", 0), Answering)
    monkeypatch.setattr(probe, "API_PORT", unused.server_port)
    unused.server_close()
    assert probe.main(["api"]) == 1
    assert "no answer" in capsys.readouterr().err


def test_the_worker_is_well_as_long_as_the_pipeline_runs(
    committing: None, capsys: pytest.CaptureFixture[str]
) -> None:
    WorkerHeartbeat.objects.all().delete()
    assert probe.main(["worker"]) == 1
    assert "no worker has run" in capsys.readouterr().err

    WorkerHeartbeat.objects.create(at=clock.now() - timedelta(seconds=5))
    assert probe.main(["worker"]) == 0

    WorkerHeartbeat.objects.update(at=clock.now() - timedelta(minutes=5))
    assert probe.main(["worker"]) == 1
    assert "300 s ago" in capsys.readouterr().err


def test_a_probe_nobody_knows_is_refused() -> None:
    assert probe.main([]) == probe.main(["db"]) == 2


def test_the_api_writes_its_own_lines_as_json() -> None:
    config = json.loads((BACKEND / "config" / "granian_log.json").read_text(encoding="utf-8"))
    assert config["formatters"]["json"]["()"] == "pythonjsonlogger.json.JsonFormatter"
    assert config["loggers"]["_granian"]["handlers"] == ["stderr"]
