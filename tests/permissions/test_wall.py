"""The second wall: what a query that forgot its filter gets to see, which is nothing.

The policies are in the migrations named second_wall; docs/decisions/0010-a-second-wall.md.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, SeatFactory, coordinator_of
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.permissions import (
    cells,
    rows,
    rows_bundles,
    rows_catalog,
    rows_changes,
    rows_claims,
    rows_cooperatives,
    rows_demand,
    rows_joining,
    rows_lapses,
    rows_less,
    rows_money,
    rows_prices,
    rows_sourcing,
    rows_terms,
    rows_ways,
)
from tests.permissions.line import Line
from tests.permissions.matrix import LINES
from tests.permissions.standing import people, world
from tests.permissions.world import World

from mungchi.accounts import queries as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import FirmDocument, Partnership, User
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import ApprovalRequest, Bundle, ClearingLine, Commitment, Offer
from mungchi.common import clock, wall
from mungchi.common.models import History
from mungchi.deliveries import queries as deliveries
from mungchi.deliveries.models import Claim, Collection, Shipment
from mungchi.deliveries.queries import claims
from mungchi.demand import queries as demand
from mungchi.demand.models import ForetoldItem, Need, ProposedNeed, Purchase, PurchaseImport
from mungchi.notifications.models import Notification
from mungchi.orders import queries as orders
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import queries as payments
from mungchi.payments.models import (
    BalanceLine,
    BankLine,
    BankPayout,
    BankStatement,
    Consent,
    Dispute,
    OpenItem,
    Payment,
    SupplierDebt,
)
from mungchi.payments.queries import balance, bank, disputes, events
from mungchi.pricelists import queries as pricelists
from mungchi.pricelists.models import PriceSheet, StandingOffer
from mungchi.pricelists.queries import sheets
from mungchi.pricelists.queries import visibility as pricelist_rows

__all__ = ["people", "world"]
pytestmark = pytest.mark.django_db

# Every other table of ours, and why whoever gets at it learns nothing that is another's.
OPEN = {
    "accounts_user": "names and addresses of people; the API lists those of one's own places",
    "accounts_user_groups": "of the operators' site",
    "accounts_user_user_permissions": "of the operators' site",
    "accounts_cooperative": "public to whoever signs in",
    "accounts_division": "names of divisions",
    "accounts_firm": "who there is; suppliers are listed to offices",
    "accounts_memberfee": "rates that are told to whoever takes part; nobody's order is in it",
    "accounts_membership": "who is a member where; no price, quantity or money",
    "accounts_letter": "listed by nothing; says nothing once it is gone",
    "accounts_seatinvitation": "taken by a key, from whatever seat; keeps no key",
    "accounts_seat": "read to find out who asks, before there is a seat to see as",
    "accounts_session": "read to find out who asks; ended by operators who reset a second factor",
    "accounts_apikey": "hashes, read to find out who asks; goes with a seat that others take away",
    "catalog_category": "public",
    "catalog_item": "a catalogue",
    "catalog_itemalias": "a catalogue",
    "catalog_itemconversion": "a catalogue",
    "catalog_itemfile": "a catalogue",
    "catalog_variant": "a catalogue",
    "catalog_lookalike": "pairs of names in a catalogue",
    "campaigns_bundlechange": "keys of cooperatives of which something changed",
    "campaigns_bundlereading": "times",
    "campaigns_campaign": "published by its host",
    "campaigns_campaign_partners": "the same",
    "campaigns_campaignpart": "items and days that a campaign is for; no firm and no quantity",
    "campaigns_progress": "what everybody in a campaign was told of where it stands",
    "campaigns_step": "the same",
    "campaigns_share": "an address that people of a campaign pass on, and what it tells all",
    "campaigns_sharepicture": "the same as a picture",
    "campaigns_clearingrun": "totals, which members are told",
    "deliveries_claimrules": "days that a cooperative tells its members",
    "deliveries_pickuppoint": "addresses where goods are handed out",
    "demand_historyreading": "times",
    "demand_pool": "item and cooperative; what is in it is in its needs",
    "outreach_listing": "written to be read by other firms; no address is in it",
    "outreach_listingcampaign": "keys",
    "outreach_survey": "a time",
    "notifications_untold": "keys of events",
    "payments_provideraccount": "that a cooperative is paid so; what opens the account is apart",
    "payments_terms": "what a cooperative offers is told to whoever takes part",
    "common_transition": "the moves of the state machines",
    "common_workerheartbeat": "a time",
}


def _fenced() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity"
            " AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in cursor.fetchall()}


def _ours() -> set[str]:
    found = [m for a in apps.get_app_configs() if a.name.startswith("mungchi.")
             for m in a.get_models(include_auto_created=True)]  # fmt: skip
    return {m._meta.db_table for m in found if m._meta.managed}


def test_every_table_is_fenced_or_open_for_a_reason() -> None:
    fenced, ours = _fenced(), _ours()
    assert len(fenced) >= 15
    assert fenced <= ours
    assert ours - fenced == set(OPEN), "a new table: fence it in a migration, or say why not"


@contextmanager
def behind(actor: Actor) -> Iterator[None]:
    """Ask the database as a request of this seat would."""
    wall.stand_behind(actor)
    try:
        yield
    finally:
        wall.leave()


MAKERS = (rows.need, rows_demand.proposal, rows_demand.foretold, rows_demand.plan, rows.purchase,
          rows_demand.need_list,
          rows_catalog.merge,
          rows.offer, rows.received,
          rows.notification, rows.mailed, rows.calendar_key, rows.imported,
          rows.member_list, rows.contact, rows.introduction, rows.quiet, rows.spell,
          rows_cooperatives.account_change, rows_cooperatives.partnership,
          rows_cooperatives.collection, rows_cooperatives.guest,
          rows_cooperatives.document, rows_cooperatives.erasure,
          rows_joining.waiting, rows_joining.planned, rows_joining.asked_again, rows_bundles.bundle,
          rows_sourcing.question, rows_sourcing.decision, rows_sourcing.offer_file,
          rows_prices.taken, rows_prices.sheet, rows_changes.waiting,
          rows_money.allotment, rows_money.agreed_refund, rows_money.sent_payout, rows_money.payee,
          rows_ways.waiting_key, rows_ways.asked_of_provider, rows_ways.open_item,
          rows_ways.dispute, rows_ways.bank_payout,
          rows_lapses.asked, rows_terms.choosing, rows_terms.statement,
          rows_less.asked, rows_claims.photo, rows_claims.debt)  # fmt: skip


def test_without_a_seat_fenced_tables_are_empty_and_with_one_not(world: World) -> None:
    for side in world.sides:
        for maker in MAKERS:
            world.row(maker, side)
    own = world.sides["own"]
    nobody = Actor(role="owner")
    for table in sorted(_fenced()):
        counts = {}
        for name, who in (("nobody", nobody), ("firm", own.firm), ("office", own.office),
                          ("supplier", own.supplier), ("owner of the tables", None)):  # fmt: skip
            with connection.cursor() as cursor:
                if who is not None:
                    wall.stand_behind(who)
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counts[name] = cursor.fetchone()[0]
                wall.leave()
        total = counts.pop("owner of the tables")
        assert total > 0, f"{table} has no rows: nothing was tested"
        assert max(counts.values()) < total, (table, counts)
        # The trail of campaigns and their awarded offers are read by all who see the campaign.
        if table not in {"common_history", "campaigns_offer", "campaigns_offertier"}:
            assert counts["nobody"] == 0, table
        assert any(counts.values()), f"{table} shows nothing to anybody"


PLANTED: list[tuple[Any, str, type[models.Model], str]] = [
    (orders, "visible_to", Order, "orders"),
    (orders, "visible_to", Order, "orders/<uuid:pk>"),
    (orders, "purchase_orders_visible_to", PurchaseOrder, "purchase-orders"),
    (payments, "visible_to", Payment, "payments"),
    (payments, "visible_to", Payment, "payments/<uuid:pk>"),
    (payments, "bank_lines_visible_to", BankLine, "bank-lines"),
    (payments, "statements_visible_to", BankStatement, "bank-statements"),
    (bank, "statements_visible_to", BankStatement, "bank-statements/<uuid:pk>"),
    (payments, "consents_visible_to", Consent, "consents"),
    (events, "open_items_visible_to", OpenItem, "open-items"),
    (disputes, "disputes_visible_to", Dispute, "disputes"),
    (balance, "balance_lines_visible_to", BalanceLine, "balance-lines"),
    (balance, "bank_payouts_visible_to", BankPayout, "bank-payouts"),
    (deliveries, "visible_to", Shipment, "shipments"),
    (deliveries, "claims_visible_to", Claim, "claims"),
    (claims, "claims_visible_to", Claim, "claims/<uuid:pk>"),
    (claims, "claims_visible_to", Claim, "claim-photos/<uuid:pk>"),
    (payments, "debts_visible_to", SupplierDebt, "supplier-debts"),
    (accounts, "partnerships_visible_to", Partnership, "partnerships"),
    (accounts, "documents_visible_to", FirmDocument, "firm/documents"),
    (deliveries, "collections_visible_to", Collection, "collections"),
    (demand, "needs_visible_to", Need, "needs"),
    (demand, "needs_visible_to", Need, "needs/<uuid:pk>"),
    (demand, "proposals_visible_to", ProposedNeed, "proposed-needs"),
    (demand, "foretold_visible_to", ForetoldItem, "foretold/<uuid:pk>"),
    (demand, "purchases_visible_to", Purchase, "purchases"),
    (demand, "imports_visible_to", PurchaseImport, "imports"),
    (campaigns, "bundles_visible_to", Bundle, "bundles/<uuid:pk>"),
    (campaigns, "approvals_visible_to", ApprovalRequest, "approvals"),
    (campaigns, "offers_visible_to", Offer, "offers"),
    (campaigns, "offers_visible_to", Offer, "offers/<uuid:pk>"),
    (pricelists, "visible_to", StandingOffer, "standing-offers"),
    (pricelist_rows, "visible_to", StandingOffer, "standing-offers/<uuid:pk>"),
    (sheets, "sheets_visible_to", PriceSheet, "price-sheets"),
    (sheets, "sheets_visible_to", PriceSheet, "price-sheets/<uuid:pk>"),
]


def _line(path: str) -> Line:
    return next(line for line in LINES if (line.method, line.path) == ("GET", path))


def _leaks(world: World, line: Line) -> list[str]:
    """Cells that show a row of another side where none is due; not those that show too little."""
    wrong = [result for result in cells.check(world, line) if result]
    return [one for one in wrong if "is in the list" in one or "got 200" in one]


@pytest.mark.parametrize(
    ("module", "name", "model", "path"), PLANTED, ids=[f"{p[3]}-{p[1]}" for p in PLANTED]
)
def test_a_query_that_forgot_its_filter_shows_nothing_of_others(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    model: type[models.Model],
    path: str,
) -> None:
    monkeypatch.setattr(module, name, lambda actor, **more: model._default_manager.all())
    foreign = [leak for leak in _leaks(world, _line(path)) if "row foreign" in leak]
    assert foreign == []
    # The control: without the wall the same mistake shows another cooperative's rows.
    with wall.down():
        assert any("row foreign" in leak for leak in _leaks(world, _line(path)))


SUMMED: list[tuple[type[models.Model], Callable[[Any], Any]]] = [
    (Commitment, lambda side: side.firm.firm_id),
    (ClearingLine, lambda side: side.firm.firm_id),
]


@pytest.mark.parametrize(("model", "firm_of"), SUMMED)
def test_a_firm_gets_at_no_other_firms_limits(world: World, model: Any, firm_of: Any) -> None:
    for side in world.sides:
        world.row(rows.cleared, side)
    own = world.sides["own"]
    with behind(own.firm):
        seen = set(model.objects.values_list("firm_id", flat=True))
    assert seen == {firm_of(own)}
    with behind(own.office):
        assert set(model.objects.values_list("cooperative_id", flat=True)) == {own.cooperative.pk}
    assert model.objects.exclude(cooperative=own.cooperative).exists()


def test_a_sealed_offer_stays_shut_to_its_host_until_it_is_due() -> None:
    story = Story(given={"sealed": True}).offered()
    offer = Offer.objects.filter(pk=story.offer.pk)
    with behind(story.office):
        assert not offer.exists()
    with behind(story.supplier):
        assert offer.exists()
    with clock.shifted(timedelta(days=3)), behind(story.office):
        assert offer.exists()


def test_a_seat_writes_nothing_that_is_another_firms(world: World) -> None:
    for side in world.sides:
        world.row(rows.order, side)
    own, other = world.sides["own"], world.sides["sibling"]
    theirs = Order.objects.get(firm_id=other.firm.firm_id)
    line = ClearingLine.objects.filter(firm_id=other.firm.firm_id).first()
    assert line is not None
    with behind(own.firm):
        assert Order.objects.filter(pk=theirs.pk).update(total=1) == 0
        assert Order.objects.filter(pk=theirs.pk).delete()[0] == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Notification.objects.create(
                user_id=other.firm.user_id, seat_id=other.firm.seat_id, kind="x",
                event_id=History.objects.order_by("id").values_list("pk", flat=True)[0],
                sentence_ko="", sentence_en="", link="", created_at=theirs.created_at,
            )  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("DELETE FROM common_transition")


def _role() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('mungchi.firm', true)")
        role, firm = cursor.fetchone()
    return role, firm or ""


def test_after_a_request_the_connection_is_in_front_of_the_wall_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _role()
    assert before[0] != wall.ROLE
    inside: list[tuple[str, str]] = []
    really = orders.visible_to

    def watched(actor: Actor) -> Any:
        inside.append(_role())
        return really(actor)

    def broken(actor: Actor) -> Any:
        inside.append(_role())
        raise RuntimeError

    monkeypatch.setattr(orders, "visible_to", watched)
    assert world.clients["owner"].get("/api/v1/orders").status_code == 200
    assert _role() == before
    monkeypatch.setattr(orders, "visible_to", broken)
    with transaction.atomic():
        assert world.clients["owner"].get("/api/v1/orders").status_code == 500
    assert _role() == before
    assert inside == [(wall.ROLE, str(world.sides["own"].firm.firm_id))] * 2


def test_who_names_no_seat_stands_behind_the_wall_as_the_first(world: World) -> None:
    """The seat is read and stood for in one statement: it must be the seat that is read."""
    first = coordinator_of(CooperativeFactory())
    SeatFactory(user=User.objects.get(pk=first.user_id), role="auditor",
                cooperative=world.sides["foreign"].cooperative)  # fmt: skip
    world.row(rows.order, "foreign")
    client = client_for(first)
    client.credentials()
    answer = client.get("/api/v1/orders")
    assert answer.status_code == 200
    assert answer.json()["results"] == []


def test_the_wall_costs_one_query_more_than_reading_the_seat() -> None:
    client = client_for(coordinator_of(CooperativeFactory()))
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/api/v1/members").status_code == 200
    standing = [query["sql"] for query in seen if "common_stand" in query["sql"]]
    assert ["accounts_seat" in sql for sql in standing] == [True, False]


def test_the_role_of_requests_may_not_sign_in_or_pass_by_the_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles "
                       "WHERE rolname = %s", [wall.ROLE])  # fmt: skip
        assert cursor.fetchone() == (False, False, False)
