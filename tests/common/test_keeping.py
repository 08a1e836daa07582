"""The database keeps what rows were and are, whoever writes, and lets nobody take it back."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.permissions.test_wall import behind

from mungchi.accounts.models import Firm, Membership, User
from mungchi.campaigns.models import Commitment, OfferTier
from mungchi.common.bulk import copy_rows
from mungchi.common.ids import uuid7
from mungchi.common.models import Change, History
from mungchi.reports.domain.events import SUBJECTS
from mungchi.reports.domain.told import KEPT

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def another_transaction() -> None:
    """As if the present one had ended: in a test it never does."""
    sql("SELECT set_config('mungchi.act', '', true)")


def of(subject_id: UUID, subject_type: str = "") -> list[Change]:
    rows = Change.objects.filter(subject_id=subject_id).order_by("id")
    return list(rows.filter(subject_type=subject_type) if subject_type else rows)


def test_every_column_of_a_kept_table_is_kept_or_left_out_for_a_reason() -> None:
    """A new column must say which; what migrations told the database must be the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ '^kept_when'"
                       " GROUP BY 1 HAVING count(*) = 3")  # fmt: skip
        triggered = {table for (table,) in cursor.fetchall()}
    models = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
    assert triggered == {kept.table for kept in KEPT.values()}
    assert set(KEPT) == {subject for group in SUBJECTS.values() for subject in group}
    for subject, kept in KEPT.items():
        columns = {field.column for field in models[kept.table]._meta.concrete_fields} - {"id"}
        assert columns == set(kept.figures) | set(kept.left_out), subject
        assert not set(kept.figures) & set(kept.left_out), subject
        with connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [f"keep_{kept.table}"])
            (source,) = cursor.fetchone()
        told = {name for name in columns if f"('{name}', to_jsonb(o.{name})" in source}
        assert told == set(kept.figures), subject


def test_what_people_ask_for_is_kept() -> None:
    assert set(KEPT) >= {
        "campaigns.campaign", "campaigns.offer", "campaigns.offertier", "campaigns.commitment",
        "orders.order", "orders.purchaseorder", "payments.payment", "deliveries.shipment",
        "deliveries.receipt", "accounts.membership", "accounts.seat", "accounts.seatinvitation",
        "accounts.firm", "accounts.cooperative", "accounts.accountchange", "accounts.partnership",
        "catalog.item",
    }  # fmt: skip


def test_a_commitment_is_kept_with_its_limit_its_person_and_its_seat() -> None:
    story = Story().opened()
    buyer = member(story.host)
    client = client_for(buyer)
    path = f"/api/v1/campaigns/{story.campaign.pk}/commitment"
    assert client.put(path, {"quantity": 40, "price_limit": "95.5"}).status_code == 200
    answer = client.put(path, {"quantity": 50, "price_limit": "90"}, HTTP_X_REQUEST_ID="r-12345678")
    assert answer.status_code == 200
    row = Commitment.objects.get(firm_id=buyer.firm_id)
    made, changed = of(row.pk)
    assert (made.op, made.before) == ("made", None)
    assert made.after["price_limit"] == Decimal("95.5")
    assert "withdrawn" not in str(made.after)
    assert (changed.op, changed.before["quantity"], changed.after["quantity"]) == (
        "changed", 40, 50,
    )  # fmt: skip
    assert set(changed.after) == {"quantity", "price_limit"}
    assert (changed.user_id, changed.seat_id, changed.role, changed.request_id) == (
        buyer.user_id, buyer.seat_id, buyer.role, "r-12345678",
    )  # fmt: skip
    assert (changed.thread, changed.cooperative_id, changed.firm_id) == (
        story.campaign.pk, story.host.pk, buyer.firm_id,
    )  # fmt: skip
    # The operation's own event is of the same transaction, and stands behind it.
    event = History.objects.filter(subject_id=row.pk).order_by("id").last()
    assert event is not None
    assert event.id > changed.id
    assert event.act == changed.act


def test_sql_typed_by_hand_is_kept_with_the_databases_user_and_no_operation() -> None:
    firm = FirmFactory(phone="02-000-0000")
    another_transaction()
    sql("UPDATE accounts_firm SET phone = '02-111-1111' WHERE id = %s", firm.pk)
    row = of(firm.pk)[-1]
    assert (row.before, row.after) == ({"phone": "02-000-0000"}, {"phone": "02-111-1111"})
    assert (row.user_id, row.seat_id, row.role, row.request_id) == (None, None, "", "")
    assert row.database_user == connection.settings_dict["USER"]
    assert not History.objects.filter(act=row.act).exists()
    sql("DELETE FROM accounts_firm WHERE id = %s", firm.pk)
    gone = of(firm.pk)[-1]
    assert (gone.op, gone.before["phone"], gone.after) == ("gone", "02-111-1111", None)


def test_what_an_operator_does_in_the_admin_is_known_as_that_persons() -> None:
    operator = User.objects.create_superuser("root@mungchi.example", "x" * 12)
    client = Client()
    client.force_login(operator, backend="allauth.account.auth_backends.AuthenticationBackend")
    host = CooperativeFactory()
    form = {"cooperative": str(host.pk), "name": "인쇄분과", "name_en": ""}
    assert client.post("/admin/accounts/division/add/", form).status_code == 302
    row = Change.objects.get(subject_type="accounts.division", cooperative_id=host.pk)
    assert (row.user_id, row.role) == (operator.pk, "")
    another_transaction()
    sql("UPDATE accounts_division SET name = 'x' WHERE id = %s", row.subject_id)
    assert of(row.subject_id)[-1].user_id is None


def test_control_without_its_triggers_nothing_is_kept() -> None:
    firm = FirmFactory()
    sql("ALTER TABLE accounts_firm DISABLE TRIGGER kept_when_changed")
    sql("UPDATE accounts_firm SET phone = '02-111-1111' WHERE id = %s", firm.pk)
    assert [row.op for row in of(firm.pk)] == ["made"]


def test_many_rows_of_one_statement_and_of_copy_are_kept_each() -> None:
    host = CooperativeFactory()
    rows = [MembershipFactory(cooperative=host, state="applied") for _ in range(3)]
    Membership.objects.filter(cooperative=host).update(state="active")
    for row in rows:
        assert [(c.op, (c.before or {}).get("state")) for c in of(row.pk)] == [
            ("made", None), ("changed", "applied"),
        ]  # fmt: skip
    keys = [uuid7() for _ in range(200)]
    at = Firm.objects.values_list("created_at", flat=True)[0]
    fields = ("id", "name", "representative", "address", "phone", "trade", "supplies", "created_at")
    copy_rows(Firm, fields, [(key, "복사", "", "", "", "", False, at) for key in keys])
    assert Change.objects.filter(subject_id__in=keys, op="made").count() == 200


def test_a_statement_that_changes_nothing_leaves_no_row() -> None:
    firm = FirmFactory()
    sql("UPDATE accounts_firm SET phone = phone WHERE id = %s", firm.pk)
    sql("UPDATE accounts_firm SET created_at = now() WHERE id = %s", firm.pk)
    assert len(of(firm.pk)) == 1


def test_tiers_are_kept_under_their_offer_and_gone_ones_with_their_prices() -> None:
    story = Story().offered()
    OfferTier.objects.filter(offer=story.offer, min_quantity=200).delete()
    last = of(story.offer.pk, "campaigns.offertier")[-1]
    assert (last.op, last.before) == ("gone", {"min_quantity": 200, "unit_price": Decimal("80")})
    assert (last.thread, last.firm_id) == (story.campaign.pk, story.supplier.firm_id)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE common_change SET at = now()", "DELETE FROM common_change",
     "UPDATE common_change SET after = '{}'"],
)  # fmt: skip
def test_what_is_kept_stays(statement: str) -> None:
    FirmFactory()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)
    # To say that one erases is not enough.
    sql("SELECT set_config('mungchi.erasing', 'yes', true)")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)


def test_a_key_does_not_change_and_a_kept_table_is_not_emptied() -> None:
    firm = FirmFactory()
    with pytest.raises(IntegrityError, match="key of a row"), transaction.atomic():
        sql("UPDATE accounts_firm SET id = %s WHERE id = %s", uuid7(), firm.pk)
    sql("SELECT set_config('mungchi.may_empty', '', true)")
    with pytest.raises(IntegrityError, match="not emptied"), transaction.atomic():
        sql("TRUNCATE accounts_firm CASCADE")


def test_a_request_writes_to_its_trail_only_by_what_it_does() -> None:
    buyer = member(CooperativeFactory())
    for statement in (
        "INSERT INTO common_change (act, at, op, subject_type, subject_id, after, role, request_id,"
        " database_user, program) VALUES (1, now(), 'made', 'x', gen_random_uuid(), '{}', '', '',"
        " '', '')",
        "UPDATE common_change SET role = ''",
        "DELETE FROM common_change",
        "UPDATE common_erasure SET erased_in = 1",
    ):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with behind(buyer), refused, transaction.atomic():
            sql(statement)


def test_changes_are_seen_as_the_rows_are() -> None:
    """Behind the wall: the firm's own, those of the host's office, and its members' office."""
    story = Story(given={"reach": "all"}).opened()
    mine, other = member(story.host), member(story.host)
    partner = CooperativeFactory()
    guest = member(partner)
    rows = {who: story.join(10, "100", firm=who).pk for who in (mine, other, guest)}

    def seen(who: Any) -> set[UUID]:
        with behind(who):
            found = Change.objects.filter(subject_type="campaigns.commitment")
            return set(found.values_list("subject_id", flat=True))

    assert seen(mine) == {rows[mine]}
    assert seen(guest) == {rows[guest]}
    assert seen(story.office) == set(rows.values())
    assert seen(coordinator_of(partner)) == {rows[guest]}
    assert seen(coordinator_of(CooperativeFactory())) == set()
