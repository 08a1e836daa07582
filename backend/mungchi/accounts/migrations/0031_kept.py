"""What the database keeps of people's places, firms, members and cooperatives."""

from django.db import migrations

from mungchi.common.keeping import About, keep

OFFICE = "(SELECT s.cooperative_id FROM accounts_seat s WHERE s.id = r.seat_id)"
FIRM = "(SELECT s.firm_id FROM accounts_seat s WHERE s.id = r.seat_id)"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0030_who_is_gone"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep("accounts_user", ["is_active", "is_staff", "is_superuser"], About("accounts.user")),
        keep(
            "accounts_cooperative",
            [
                "name",
                "name_en",
                "business_number",
                "region",
                "representative",
                "address",
                "phone",
                "zone",
                "currency",
                "vat_rate_bp",
                "payment_days",
                "default_rationing",
                "default_open_days",
                "bank_name",
                "bank_account",
                "bank_holder",
                "state",
                "state_reason",
                "paused_at",
            ],
            About("accounts.cooperative", cooperative="r.id"),
        ),
        keep(
            "accounts_accountchange",
            [
                "bank_name",
                "bank_account",
                "bank_holder",
                "state",
                "alone",
                "proposed_by_id",
                "decided_by_id",
            ],
            About("accounts.accountchange", cooperative="r.cooperative_id"),
        ),
        keep(
            "accounts_partnership",
            ["asking_id", "asked_id", "state", "message", "reason", "ends_at"],
            About("accounts.partnership", cooperative="r.asking_id", partner="r.asked_id"),
        ),
        keep(
            "accounts_division",
            ["name", "name_en"],
            About("accounts.division", cooperative="r.cooperative_id"),
        ),
        keep(
            "accounts_firm",
            ["name", "business_number", "representative", "address", "phone", "trade", "supplies"],
            About("accounts.firm", firm="r.id"),
        ),
        keep(
            "accounts_membership",
            ["state", "division_id", "member_code", "joined_at"],
            About("accounts.membership", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
        keep(
            "accounts_seat",
            ["user_id", "role"],
            About("accounts.seat", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
        keep(
            "accounts_seatinvitation",
            ["role", "email", "state", "expires_at", "invited_by_id", "accepted_by_id"],
            About(
                "accounts.seatinvitation",
                cooperative="coalesce(r.cooperative_id, r.host_id)",
                firm="r.firm_id",
            ),
        ),
        keep(
            "accounts_apikey",
            ["name", "scopes", "expires_at", "revoked_at"],
            About("accounts.apikey", cooperative=OFFICE, firm=FIRM),
        ),
        keep(
            "accounts_firmdocument",
            ["kind", "filename", "size"],
            About("accounts.firmdocument", firm="r.firm_id"),
        ),
    ]
