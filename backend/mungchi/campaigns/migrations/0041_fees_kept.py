"""The database keeps the fees of campaigns and of commitments."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also

HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0040_fees")]
    operations = [
        keep_also(
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
            ["host_fee_bp", "fee_vat_rate_bp"],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
        keep_also(
            "campaigns_commitment",
            ["state", "quantity", "tolerance", "minimum", "price_limit", "cooperative_id"],
            ["partner_fee_bp"],
            About(
                "campaigns.commitment",
                thread="r.campaign_id",
                cooperative=HOST,
                partner=f"nullif(r.cooperative_id, {HOST})",
                firm="r.firm_id",
            ),
        ),
    ]
