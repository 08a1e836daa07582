"""Bringing in statements of the bank: read, looked through, taken in once."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.orders import today
from tests.factories.statements import LAYOUTS, Moved, taken, wide_csv
from tests.reports.breaking import sql

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.uploads import FileNotTaken, FileTooLarge, MappingIncomplete, MappingWrong
from mungchi.payments import operations, queries
from mungchi.payments.models import BankLine, BankStatement, LedgerEntry, StatementLine
from mungchi.payments.operations import bank_statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Actor:
    return coordinator_of(CooperativeFactory())


def days_ago(days: int) -> Moved:
    return Moved(today() - timedelta(days=days), 1_000 + days, f"손님 {days}")


def uploaded(office: Actor, content: io.BytesIO, name: str = "내역.csv") -> BankStatement:
    return operations.upload_statement(actor=office, filename=name, stream=content)


def text(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join(("거래일시,보낸분,출금액,입금액,잔액", *lines)).encode())


def in_suspense(office: Actor) -> int:
    entries = queries.entries_visible_to(office)
    found = {row.account: row.balance for row in queries.balances_of(entries)}
    assert found.get("bank", 0) == -found.get("bank_suspense", 0)
    return found.get("bank", 0)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_statement_is_taken_in_and_booked_as_in_suspense(layout: str, office: Actor) -> None:
    moved = [days_ago(3), Moved(today(), -7_000, "전기요금"), days_ago(0)]
    first, second = taken(office, moved, layout)
    assert (first.amount, first.depositor) == (1003, "손님 3")
    assert (first.state, first.open) == ("suspense", 1003)
    row = first.statement
    assert (row.state, row.counts["new"], row.counts["outgoing"]) == ("done", 2, 1)
    assert row.counts["amount"] == first.amount + second.amount == in_suspense(office)
    assert set(LedgerEntry.objects.values_list("kind", "day")) == {
        ("arrived", first.day), ("arrived", second.day)
    }  # fmt: skip
    # Nothing of the file is lost: every line is there, with what became of it.
    assert StatementLine.objects.filter(statement=row).count() == row.lines


def test_the_same_lines_are_never_taken_twice(office: Actor) -> None:
    days = [days_ago(n) for n in (9, 8, 7, 6)]
    assert len(taken(office, days[:3])) == 3
    again = uploaded(office, wide_csv(days[:3]))
    assert again.counts == {"already": 3, "rejected": 1, "amount": 0}
    # Periods that overlap: balances are as the bank had them then.
    overlapping = [Moved(each.day, each.amount, each.depositor, balance=left)
                   for each, left in zip(days, (5_001_009, 5_002_017, 5_003_024, 5_004_030),
                                         strict=True)]  # fmt: skip
    assert len(taken(office, overlapping[1:])) == 1
    assert in_suspense(office) == sum(each.amount for each in days)
    # Two equal transfers of one minute are two.
    twice = [Moved(today(), 500, "쌍둥이", balance=1)] * 2
    assert len(taken(office, twice)) == 2
    assert taken(office, twice) == []
    # Another cooperative's account is another account.
    assert len(taken(coordinator_of(CooperativeFactory()), twice)) == 2


def test_the_database_refuses_a_line_that_is_there(office: Actor) -> None:
    (line,) = taken(office, [days_ago(1)])
    line.pk = None
    with pytest.raises(IntegrityError, match="a_bank_line_is_taken_once"), transaction.atomic():
        BankLine.objects.bulk_create([BankLine(
            **{field.attname: getattr(line, field.attname)
               for field in BankLine._meta.concrete_fields if field.name != "id"})])  # fmt: skip
    for change in ("amount = 1", "depositor = 'x'", "day = day - 1"):
        with pytest.raises(IntegrityError, match="what the bank says"), transaction.atomic():
            sql(f"UPDATE payments_bankline SET {change}")


def test_lines_that_cannot_be_taken_say_why_and_the_others_are_taken(office: Actor) -> None:
    tomorrow, day = today() + timedelta(days=1), today()
    row = uploaded(office, text(
        f"{day} 10:00,가,,\"1,000\",5", f"{day},나,,-5,5", f"{day},다,,0,5", f"{tomorrow},라,,7,5",
        f"{day},마,,{2**53},5", f"{day},바,,$5,5", f"{day},사,,=1+1,5", f"{day},아,3,3,5",
        f"{day - timedelta(days=400)},자,,9,5", f"{day},차,12,,5", "합계,,,1000,",
    ))  # fmt: skip
    reasons = Counter(row.rows.filter(verdict="rejected").values_list("reason", flat=True))
    assert reasons == Counter(
        ["negative", "zero", "ahead", "too_large", "foreign", "amount", "both", "date"]
    )
    assert {name: row.counts[name] for name in ("new", "old", "outgoing")} == {
        "new": 1, "old": 1, "outgoing": 1,
    }  # fmt: skip
    operations.take_statement(actor=office, statement_id=row.pk)
    assert {(line.depositor, line.old) for line in BankLine.objects.all()} == {
        ("가", False), ("자", True),
    }  # fmt: skip
    assert row.rows.filter(verdict="rejected").count() == 8


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        ("거래일시,입금액,출금액\n".encode(), "no_lines"),
        ("가,나\n다,라\n".encode(), "no_header"),
        (b"%PDF-1.4 statement", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (b"PK\x03\x04 broken", "broken"),
    ],
)
def test_a_file_that_is_no_statement_says_why(content: bytes, reason: str, office: Actor) -> None:
    with pytest.raises(FileNotTaken) as refused:
        uploaded(office, io.BytesIO(content))
    assert refused.value.values["reason"] == reason
    assert not BankStatement.objects.exists()


def test_a_file_that_is_too_large_is_refused(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileTooLarge):
        uploaded(office, io.BytesIO(b"x" * (bank_statements.MOST_BYTES + 1)))
    monkeypatch.setattr(bank_statements, "MOST_LINES", 1)
    with pytest.raises(FileNotTaken) as refused:
        uploaded(office, text("2026-01-01,a,,1,1", "2026-01-01,a,,1,1"))
    assert refused.value.values["reason"] == "too_many_lines"


def test_columns_chosen_by_hand_are_remembered_for_the_form(office: Actor) -> None:
    head = "거래일시,입금액,비밀이름,출금액"
    body = f"{today()} 10:00,1000,숨은손님,0"
    row = uploaded(office, io.BytesIO(f"{head}\n{body}".encode()))
    assert row.mapping["depositor"] is None
    row = operations.change_statement(actor=office, statement_id=row.pk, mapping={"depositor": 2})
    assert row.rows.get().said["depositor"] == "숨은손님"
    operations.take_statement(actor=office, statement_id=row.pk)
    # The same headings in another order are the same form.
    mixed = "출금액,비밀이름,입금액,거래일시"
    row = uploaded(office, io.BytesIO(f"{mixed}\n0,다음손님,500,{today()} 11:00".encode()))
    assert row.rows.get().said["depositor"] == "다음손님"
    assert row.rows.get().said["amount"] == 500
    # Of another cooperative nothing is known.
    other = coordinator_of(CooperativeFactory())
    assert uploaded(other, io.BytesIO(f"{head}\n{body}".encode())).mapping["depositor"] is None


def test_columns_that_are_wrong_are_refused(office: Actor) -> None:
    row = uploaded(office, text(f"{today()},가,,5,5"))
    for mapping in ({"credit": 99}, {"nonsense": 1}):
        with pytest.raises(MappingWrong):
            operations.change_statement(actor=office, statement_id=row.pk, mapping=mapping)
    operations.change_statement(actor=office, statement_id=row.pk, mapping={"credit": None})
    with pytest.raises(MappingIncomplete):
        operations.take_statement(actor=office, statement_id=row.pk)
    assert not BankLine.objects.exists()


def test_what_was_taken_is_neither_changed_nor_discarded(office: Actor) -> None:
    (line,) = taken(office, [days_ago(1)])
    row = operations.take_statement(actor=office, statement_id=line.statement_id)
    assert (row.state, BankLine.objects.count()) == ("done", 1)
    with pytest.raises(bank_statements.StatementTaken):
        operations.discard_statement(actor=office, statement_id=row.pk)
    with pytest.raises(bank_statements.StatementTaken):
        operations.change_statement(actor=office, statement_id=row.pk, mapping={})
    fresh = uploaded(office, text(f"{today()},가,,5,5"))
    with pytest.raises(NotFound):
        operations.discard_statement(
            actor=coordinator_of(CooperativeFactory()), statement_id=fresh.pk
        )
    operations.discard_statement(actor=office, statement_id=fresh.pk)
    assert not BankStatement.objects.filter(pk=fresh.pk).exists()


def test_a_planned_transfer_is_taken_once_it_has_arrived(office: Actor) -> None:
    tomorrow = [Moved(today() + timedelta(days=1), 900, "예약")]
    assert taken(office, tomorrow) == []
    with clock.shifted(timedelta(days=1)):
        assert len(taken(office, tomorrow)) == 1


def test_an_account_in_dollars_is_read_in_cents(office: Actor) -> None:
    content = f'거래일시,입금액,출금액,통화\n{today()} 10:00,"1,234.56",0,USD\n{today()},5,0,KRW'
    content += f"\n{today()},0,1,USD"
    row = uploaded(office, io.BytesIO(content.encode()))
    operations.take_statement(actor=office, statement_id=row.pk)
    line = BankLine.objects.get()
    assert (line.amount, line.currency) == (123_456, "USD")
    assert row.rows.get(verdict="rejected").reason == "foreign"


def test_as_many_queries_for_many_lines_as_for_few(office: Actor) -> None:
    rows = [uploaded(office, wide_csv([days_ago(n) for n in range(many)])) for many in (2, 150)]
    counts = []
    for row in rows:
        with CaptureQueriesContext(connection) as seen:
            operations.take_statement(actor=office, statement_id=row.pk)
        counts.append(len(seen))
    assert counts[0] == counts[1]
