"""Firms are invited to a cooperative, people to a seat; since when somebody sits."""

from django.db import migrations

from mungchi.common import triggers

# The key of a row holds the milliseconds of its making (RFC 9562, version 7).
SINCE = """
UPDATE accounts_seat SET created_at = to_timestamp(
  ('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
WHERE substr(id::text, 15, 1) = '7';
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_seat_invitations")]
    operations = [
        migrations.RunSQL(SINCE, migrations.RunSQL.noop),
        triggers.add_moves(
            "membership",
            [("", "invited"), ("invited", "active"), ("invited", "left"), ("left", "invited")],
        ),
        triggers.declare_machine(
            "seat_invitation",
            "accounts_seatinvitation",
            start=["pending"],
            moves={"pending": ["accepted", "revoked"]},
        ),
    ]
