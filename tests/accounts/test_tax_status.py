"""Looking up the tax status of firms, against a server that behaves and one that does not."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from tests.committing import committing
from tests.factories.accounts import CooperativeFactory, FirmFactory, coordinator_of, member
from tests.factories.clients import client_for

from mungchi.accounts import operations, stage
from mungchi.accounts.models import Membership, TaxStatus
from mungchi.accounts.providers import Answer, LookUpFailed, tax_office
from mungchi.accounts.providers.national_tax_service import NationalTaxService
from mungchi.common import clock
from mungchi.common.models import History

__all__ = ["committing"]
KEY = "abc+/=&x"
Reply = Callable[[list[str]], tuple[int, bytes]]


def row(number: str, code: str = "01", ended: str = "") -> dict[str, str]:
    """One number in the service's own words."""
    named = {"01": "계속사업자", "02": "휴업자", "03": "폐업자", "": ""}
    return {
        "b_no": number, "b_stt": named[code], "b_stt_cd": code, "end_dt": ended,
        "tax_type": "부가가치세 일반과세자" if code else
                    "국세청에 등록되지 않은 사업자등록번호입니다.",
        "tax_type_cd": "01", "utcc_yn": "N", "tax_type_change_dt": "", "invoice_apply_dt": "",
    }  # fmt: skip


def answered(rows: list[dict[str, str]]) -> tuple[int, bytes]:
    body = {"status_code": "OK", "match_cnt": len(rows), "request_cnt": len(rows), "data": rows}
    return 200, json.dumps(body).encode()


class Service:
    """A small tax service on loopback: answers as `reply` says, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.keys: list[str] = []
        self.reply: Reply = lambda numbers: answered([row(number) for number in numbers])
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                numbers = json.loads(self.rfile.read(length))["b_no"]
                parts = urlsplit(self.path)
                assert parts.path == "/v1/status"
                service.asked.append(numbers)
                service.keys += parse_qs(parts.query)["serviceKey"]
                code, body = service.reply(numbers)
                if code == 0:
                    self.connection.close()
                    return
                self.send_response(code)
                if 300 <= code < 400:
                    self.send_header("Location", f"http://localhost:{service.port}/v1/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        # How long it takes until it notices that it is to end.
        serve = partial(self.server.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, daemon=True).start()


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    made = Service()
    settings.TAX_STATUS_URL, settings.TAX_STATUS_KEY = made.url, KEY
    yield made
    made.server.shutdown()
    made.server.server_close()


def status_of(firm: Any) -> TaxStatus:
    return TaxStatus.objects.get(firm=firm)


@pytest.mark.django_db
def test_off_by_default_nothing_is_asked() -> None:
    FirmFactory()
    assert tax_office() is None
    assert stage.look_up_tax_status() == 0
    assert not TaxStatus.objects.exists()


@pytest.mark.django_db
def test_answers_are_kept_with_their_date_and_a_change_is_an_event(service: Service) -> None:
    firms = {code: FirmFactory() for code in ("01", "02", "03", "")}
    nobody = FirmFactory(business_number=None)
    by_number = {firm.business_number: code for code, firm in firms.items()}
    service.reply = lambda numbers: answered(
        [row(n, by_number[n], "20250331" if by_number[n] == "03" else "") for n in numbers]
    )
    assert stage.look_up_tax_status() == 4
    assert service.keys == [KEY]
    assert len(service.asked[0]) == 4
    found = {code: status_of(firm) for code, firm in firms.items()}
    assert {code: one.status for code, one in found.items()} == {
        "01": "registered", "02": "suspended", "03": "closed", "": "unknown",
    }  # fmt: skip
    assert found["03"].ended_date == date(2025, 3, 31)
    assert "등록되지 않은" in found[""].taxation
    assert found["01"].looked_up_at is not None
    assert not TaxStatus.objects.filter(firm=nobody).exists()
    assert History.objects.filter(kind="tax_status_changed").count() == 4

    assert stage.look_up_tax_status() == 0
    assert len(service.asked) == 1
    service.reply = lambda numbers: answered([row(n, "03", "20260101") for n in numbers])
    with clock.shifted(timedelta(days=91)):
        assert stage.look_up_tax_status() == 4
    event = History.objects.filter(firm_id=firms["01"].pk).latest("id")
    assert (event.data["before"], event.data["after"]) == (
        {"tax_status": "registered"}, {"tax_status": "closed"},
    )  # fmt: skip
    assert History.objects.filter(firm_id=firms["03"].pk).count() == 1


BAD: dict[str, tuple[Reply, str]] = {
    "an error of its own": (lambda _: (500, b"oops"), "unreachable"),
    "too busy": (lambda _: (503, b""), "unreachable"),
    "hangs up": (lambda _: (0, b""), "unreachable"),
    "a wrong key": (lambda _: (400, b'{"code":-4,"msg":"no such key"}'), "refused"),
    "a redirect": (lambda _: (302, b""), "refused"),
    "a refusal in the answer": (lambda _: (200, b'{"status_code":"TOO_LARGE_REQUEST"}'), "refused"),
    "no JSON": (lambda _: (200, b"<html>"), "unreadable"),
    "another JSON": (lambda _: (200, b"[1,2]"), "unreadable"),
    "no data": (lambda _: (200, b'{"status_code":"OK"}'), "unreadable"),
    "an unknown status": (lambda n: answered([{**row(n[0]), "b_stt_cd": "99"}]), "unreadable"),
    "a date that is none": (
        lambda n: answered([{**row(n[0]), "end_dt": "20259999"}]), "unreadable",
    ),
    "an endless answer": (lambda _: (200, b"x" * 2_000_000), "unreadable"),
    "somebody else's number": (lambda _: answered([row("1248100998")]), "unreadable"),
    "nothing about it": (lambda _: answered([]), "unreadable"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", BAD)
def test_without_an_answer_it_is_tried_again_later_and_later(case: str, service: Service) -> None:
    reply, reason = BAD[case]
    firm = FirmFactory(business_number="2208162517")
    service.reply = reply
    assert stage.look_up_tax_status() == 0
    first = status_of(firm)
    assert (first.problem, first.status, first.attempts) == (reason, "", 1)
    assert first.looked_up_at is None
    assert stage.look_up_tax_status() == 0
    assert len(service.asked) == 1, "it waits before it asks again"
    with clock.shifted(timedelta(minutes=6)):
        stage.look_up_tax_status()
        second = status_of(firm)
        assert (second.attempts, len(service.asked)) == (2, 2)
        assert second.next_at - clock.now() > timedelta(minutes=9)
    service.reply = lambda numbers: answered([row(number) for number in numbers])
    with clock.shifted(timedelta(days=2)):
        assert stage.look_up_tax_status() == 1
    after = status_of(firm)
    assert (after.problem, after.attempts, after.status) == ("", 0, "registered")


@pytest.mark.django_db
def test_what_was_known_stays_with_its_date_when_the_service_fails_later(service: Service) -> None:
    firm = FirmFactory()
    stage.look_up_tax_status()
    known = status_of(firm).looked_up_at
    service.reply = lambda _: (500, b"")
    with clock.shifted(timedelta(days=91)):
        stage.look_up_tax_status()
    after = status_of(firm)
    assert (after.status, after.looked_up_at, after.problem) == ("registered", known, "unreachable")


@pytest.mark.django_db
def test_nobody_there_and_somebody_too_slow(service: Service) -> None:
    service.server.shutdown()
    service.server.server_close()
    with pytest.raises(LookUpFailed, match="unreachable"):
        NationalTaxService(service.url, KEY).look_up(["2208162517"])
    slow = Service()
    slow.reply = lambda numbers: (time.sleep(1), answered([]))[1]
    with pytest.raises(LookUpFailed, match="unreachable"):
        NationalTaxService(slow.url, KEY, seconds=0.2).look_up(["2208162517"])
    slow.server.shutdown()
    slow.server.server_close()


@pytest.mark.django_db
def test_a_hundred_at_a_time_and_an_end_to_a_run(service: Service) -> None:
    FirmFactory.create_batch(230)
    assert stage.look_up_tax_status() == 230
    assert [len(numbers) for numbers in service.asked] == [100, 100, 30]
    assert len({number for numbers in service.asked for number in numbers}) == 230


def test_two_workers_never_ask_about_the_same_firm(committing: None) -> None:
    FirmFactory.create_batch(40)
    together, taken = threading.Barrier(2), []

    def claim() -> None:
        together.wait(10)
        try:
            taken.append(operations.claim_tax_statuses(most=100))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    numbers = [number for claimed in taken for _, number in claimed]
    assert len(numbers) == len(set(numbers)) <= 40
    with clock.shifted(timedelta(minutes=11)):
        assert len(operations.claim_tax_statuses(most=100)) == 40, "a claim that died comes back"


@pytest.mark.django_db
def test_both_the_firm_and_its_office_read_it_with_its_date(service: Service) -> None:
    cooperative = CooperativeFactory()
    owner = member(cooperative)
    assert client_for(owner).get("/api/v1/firm").json()["tax_status"] is None
    stage.look_up_tax_status()
    mine = client_for(owner).get("/api/v1/firm").json()["tax_status"]
    assert (mine["status"], mine["problem"]) == ("registered", "")
    assert mine["looked_up_at"]
    pk = Membership.objects.get(firm_id=owner.firm_id).pk
    office = client_for(coordinator_of(cooperative)).get(f"/api/v1/members/{pk}/profile").json()
    assert office["firm"]["tax_status"] == mine


def test_an_answer_says_what_is_known() -> None:
    assert Answer("closed", "", date(2025, 1, 1)).ended_date == date(2025, 1, 1)
