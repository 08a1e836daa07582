"""The data to measure on is the same for the same seed, of the size asked for, and believable."""

import hashlib
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.committing import committing  # noqa: F401
from tests.factories.accounts import CooperativeFactory

from devtools.demo.management.commands.make_scale_data import SEED, make
from devtools.scale import FULL
from mungchi.accounts.domain.business_number import parse
from mungchi.accounts.models import Firm, Membership
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common import clock
from mungchi.notifications.models import Untold
from mungchi.orders.models import Order
from mungchi.reports.invariants import breaches

DIVIDED = 500
# The history holds openings and commitments only, parcels are of the last year, and no books are
# written: they would be three quarters of the data.
NOT_TOLD = {
    "a_state_is_the_last_move", "moves_form_a_chain", "an_order_is_where_its_goods_are",
    "the_books_follow_the_payment", "suppliers_are_owed_what_was_ordered",
}  # fmt: skip


def quiet(line: str) -> None:
    assert line


def digest() -> str:
    """Of who owes what for what: everything hangs together in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(concat(o.id, o.number, o.total, p.reference, f.name), ','"
            " ORDER BY o.id)"
            " FROM orders_order o JOIN payments_payment p ON p.order_id = o.id"
            " JOIN accounts_firm f ON f.id = o.firm_id"
        )
        (text,) = cursor.fetchone()
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def today(committing: None) -> date:  # noqa: F811
    return clock.now().date()


@pytest.fixture
def country(today: date) -> None:
    make(FULL.divided(DIVIDED), today=today, seed=SEED, say=quiet)


def test_the_numbers_are_those_of_the_country() -> None:
    parts = (FULL.cooperatives, FULL.firms, FULL.memberships, FULL.open, FULL.finished)
    assert parts == (940, 70_000, 106_000, 5_000, 300_000)
    assert FULL.memberships + FULL.large_members == 110_000
    assert round(FULL.finished * 6.45 + FULL.open * 13) == 2_000_000


def test_it_is_of_the_size_asked_for_and_keeps_the_rules(country: None) -> None:
    assert Firm.objects.count() == FULL.firms // DIVIDED
    members = FULL.memberships // DIVIDED + FULL.large_members // DIVIDED
    assert Membership.objects.count() == members
    assert Campaign.objects.count() == FULL.finished // DIVIDED + FULL.open // DIVIDED
    assert Campaign.objects.filter(state="open").count() == FULL.open // DIVIDED
    assert Commitment.objects.count() > 2_000_000 // DIVIDED * 0.95
    assert Order.objects.exists()
    assert all(parse(number) for number in Firm.objects.values_list("business_number", flat=True))
    assert {breach.rule for breach in breaches()} <= NOT_TOLD
    assert not Untold.objects.exists(), "nobody is to be told of it"


def test_the_same_seed_makes_the_same_country(country: None, today: date) -> None:
    first = digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND"
                       " relnamespace = 'public'::regnamespace AND relname ~ "
                       "'^(accounts|catalog|demand|campaigns|orders|payments|deliveries|"
                       "notifications)_|^common_history'")  # fmt: skip
        tables = ", ".join(name for (name,) in cursor.fetchall())
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    make(FULL.divided(DIVIDED), today=today, seed=SEED, say=quiet)
    assert digest() == first


@pytest.mark.django_db
def test_it_fills_only_an_empty_database() -> None:
    CooperativeFactory()
    with pytest.raises(CommandError, match="not empty"):
        call_command("make_scale_data", "--divide", "500")
