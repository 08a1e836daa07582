"""When what is on terms is due, how old it is, and how one transfer is split."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.payments.domain import terms
from mungchi.payments.domain.monthly import (
    CHARGES,
    CREDITS,
    Entry,
    Sums,
    begins_at,
    month_of,
    next_month,
    sums_of,
)
from mungchi.payments.domain.terms import Owing, Standing

SEOUL, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("basis", "days", "closed", "last"),
    [
        ("closing", 30, date(2026, 1, 31), date(2026, 3, 2)),
        ("closing", 0, date(2026, 1, 31), date(2026, 1, 31)),
        ("month_end", 0, date(2026, 2, 1), date(2026, 2, 28)),
        ("month_end", 0, date(2028, 2, 29), date(2028, 2, 29)),
        ("month_end", 15, date(2026, 11, 30), date(2026, 12, 15)),
        ("month_end", 10, date(2026, 12, 1), date(2027, 1, 10)),
    ],
)
def test_the_last_day_follows_from_the_day_of_the_closing(basis, days, closed, last):
    assert terms.last_day(basis, days, closed) == last


def test_it_is_due_at_the_midnight_after_the_last_day_where_the_cooperative_is():
    # 00:30 of the first in Seoul, the last of the month in New York.
    at = datetime(2026, 10, 31, 15, 30, tzinfo=ZoneInfo("UTC"))
    assert terms.due_at("month_end", 0, at, SEOUL) == datetime(2026, 12, 1, tzinfo=SEOUL)
    assert terms.due_at("month_end", 0, at, NEW_YORK) == datetime(2026, 11, 1, tzinfo=NEW_YORK)
    # A day that summer time makes longer is a day.
    assert terms.due_at("closing", 1, at, NEW_YORK) == datetime(2026, 11, 2, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("late", "bucket"),
    [(0, "not_due"), (1, "to_30"), (30, "to_30"), (31, "to_60"), (60, "to_60"), (61, "to_90"),
     (90, "to_90"), (91, "over_90"), (400, "over_90")],
)  # fmt: skip
def test_how_old_a_debt_is_is_said_in_days_after_its_last_one(late, bucket):
    due = datetime(2026, 3, 1, tzinfo=SEOUL)
    at = due + timedelta(days=late - 1, hours=13)
    assert terms.days_over(due, at, SEOUL) == late
    assert terms.age(late) == bucket


def test_a_firm_is_stopped_once_the_grace_is_over_and_not_before():
    due = datetime(2026, 3, 1, tzinfo=SEOUL)
    in_time, over = due + timedelta(days=6, hours=23), due + timedelta(days=7)
    assert not terms.blocked(due, 7, in_time, SEOUL)
    assert terms.blocked(due, 7, over, SEOUL)
    assert not terms.blocked(due, 0, due - timedelta(seconds=1), SEOUL)
    assert terms.blocked(due, 0, due, SEOUL)
    assert not terms.blocked(None, 0, over, SEOUL)


def test_what_fits_the_limit_exactly_is_given_and_one_more_is_not():
    standing = Standing(1000, 400)
    assert standing.left == 600
    assert (standing.refuses(600), standing.refuses(601)) == ("", "above_limit")
    assert Standing(1000, 1400).left == 0
    assert Standing(1000, 0, "overdue").refuses(1) == "overdue"
    assert Standing(1000, 0, "overdue").left == 0


def test_each_reminder_has_its_time():
    due = datetime(2026, 3, 31, tzinfo=SEOUL)
    asked = due - timedelta(days=30)
    minute = timedelta(minutes=1)
    told = [
        terms.reminder_of(asked, due, at)
        for at in (due - terms.SOON - minute, due - terms.SOON, due - minute, due,
                   due + terms.STILL - minute, due + terms.STILL)
    ]  # fmt: skip
    assert told == [0, 1, 1, 2, 2, 3]
    # Where three days or less were given, only what is overdue is told.
    for given_late in (timedelta(days=2), terms.SOON):
        assert terms.reminder_of(due - given_late, due, due - minute) == 0
        assert terms.reminder_of(due - given_late, due, due) == 2


@given(
    st.lists(st.integers(1, 10**12), max_size=12),
    st.integers(0, 10**13),
)
def test_a_transfer_is_split_over_the_oldest_debts_to_the_last_unit(opens, amount):
    start = datetime(2026, 1, 1, tzinfo=SEOUL)
    owing = [
        Owing(UUID(int=n + 1), start + timedelta(days=(n * 7) % 5), open_)
        for n, open_ in enumerate(opens)
    ]
    shares = terms.spread(amount, reversed(owing))
    by_id = {one.payment: one for one in owing}
    assert sum(share for _, share in shares) == min(amount, sum(opens))
    assert all(0 < share <= by_id[pk].open for pk, share in shares)
    # Only the youngest that gets something may get less than all of it.
    assert all(share == by_id[pk].open for pk, share in shares[:-1])
    dues = [(by_id[pk].due_at, pk) for pk, _ in shares]
    assert dues == sorted(dues)
    assert dues == sorted((one.due_at, one.payment) for one in owing)[: len(dues)]


KINDS = st.sampled_from(
    ["asked", "cancelled", "credited", "received", "received_undone", "allotted",
     "allotted_undone"]
)  # fmt: skip


@st.composite
def booked(draw):
    """A line as the books have it: charges with their VAT, of the sign that its kind has."""
    kind = draw(KINDS)
    amount = draw(st.integers(1, 2**53 - 1))
    vat = amount // 11 if kind in {*CHARGES, *CREDITS} else 0
    supply = amount - vat if kind in {*CHARGES, *CREDITS} else 0
    sign = 1 if kind in {"asked", "received_undone", "allotted_undone"} else -1
    return Entry(kind, sign * amount, sign * supply, sign * vat)


@given(st.lists(st.lists(booked(), max_size=15), max_size=6))
def test_statements_in_a_row_come_to_what_all_their_lines_come_to(months):
    opening, total = 0, 0
    for entries in months:
        sums = sums_of(opening, entries)
        total += sum(entry.amount for entry in entries)
        assert sums.opening == opening
        assert sums.closing == total
        assert sums.supply_value + sums.vat == sums.charged - sums.credited
        opening = sums.closing
    assert opening == total


def test_a_month_is_added_up_by_what_its_lines_are():
    lines = [
        Entry("asked", 110, 100, 10), Entry("cancelled", -22, -20, -2),
        Entry("credited", -11, -10, -1), Entry("received", -50), Entry("received_undone", 5),
        Entry("allotted", -7), Entry("allotted_undone", 2),
    ]  # fmt: skip
    sums = sums_of(3, lines)
    assert sums == Sums(3, charged=88, credited=11, received=50, supply_value=70, vat=7)
    assert sums.closing == 30


def test_a_month_is_the_cooperatives():
    at = datetime(2026, 10, 31, 15, 30, tzinfo=ZoneInfo("UTC"))
    assert month_of(at, SEOUL) == date(2026, 11, 1)
    assert month_of(at, NEW_YORK) == date(2026, 10, 1)
    begins = begins_at(date(2026, 11, 1), SEOUL)
    assert begins == datetime(2026, 10, 31, 15, tzinfo=ZoneInfo("UTC"))
    assert begins.tzinfo is SEOUL


def test_the_month_after_is_the_month_after():
    assert next_month(date(2026, 1, 1)) == date(2026, 2, 1)
    assert next_month(date(2026, 2, 1)) == date(2026, 3, 1)
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
