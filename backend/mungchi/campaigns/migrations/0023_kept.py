"""What the database keeps of campaigns, offers and commitments."""

from django.db import migrations

from mungchi.common.keeping import About, keep

HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
OF_OFFER = "(SELECT o.campaign_id FROM campaigns_offer o WHERE o.id = r.offer_id)"
SUPPLIER = "(SELECT o.supplier_id FROM campaigns_offer o WHERE o.id = r.offer_id)"
HOST_OF_OFFER = (
    "(SELECT k.host_id FROM campaigns_campaign k JOIN campaigns_offer o ON o.campaign_id = k.id"
    " WHERE o.id = r.offer_id)"
)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0022_guests"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "campaigns_campaign",
            [
                "item_id",
                "title",
                "description",
                "state",
                "reach",
                "takes_guests",
                "currency",
                "vat_rate_bp",
                "threshold_quantity",
                "threshold_firms",
                "rationing",
                "sealed",
                "for_all_suppliers",
                "published_at",
                "offers_due_at",
                "closes_at",
                "opened_at",
                "closed_at",
                "payment_days",
                "payment_due_at",
                "delivery_place",
                "awarded_offer_id",
                "award_reason",
            ],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
        keep(
            "campaigns_campaign_partners",
            ["cooperative_id"],
            About(
                "campaigns.partner",
                subject="r.campaign_id",
                thread="r.campaign_id",
                cooperative=HOST,
            ),
        ),
        keep(
            "campaigns_guest",
            ["firm_id", "removed_at"],
            About("campaigns.guest", thread="r.campaign_id", cooperative=HOST, firm="r.firm_id"),
        ),
        keep(
            "campaigns_invitation",
            ["supplier_id"],
            About(
                "campaigns.invitation",
                thread="r.campaign_id",
                cooperative=HOST,
                firm="r.supplier_id",
            ),
        ),
        keep(
            "campaigns_offer",
            [
                "state",
                "pack_size",
                "capacity",
                "lead_time_days",
                "delivery_cost",
                "valid_until",
                "note",
            ],
            About(
                "campaigns.offer", thread="r.campaign_id", cooperative=HOST, firm="r.supplier_id"
            ),
        ),
        keep(
            "campaigns_offertier",
            ["min_quantity", "unit_price"],
            About(
                "campaigns.offertier",
                subject="r.offer_id",
                thread=OF_OFFER,
                cooperative=HOST_OF_OFFER,
                firm=SUPPLIER,
            ),
        ),
        keep(
            "campaigns_commitment",
            ["state", "quantity", "tolerance", "minimum", "price_limit", "cooperative_id"],
            About(
                "campaigns.commitment",
                thread="r.campaign_id",
                cooperative=HOST,
                partner=f"nullif(r.cooperative_id, {HOST})",
                firm="r.firm_id",
            ),
        ),
    ]
