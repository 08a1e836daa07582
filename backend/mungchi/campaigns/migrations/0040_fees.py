"""The fees of a campaign: the host's, and a partner's of its own members; fixed at the opening."""

from django.db import migrations, models

# Fees of campaigns that are drafted already carry VAT as those of new ones do.
VAT = """
UPDATE campaigns_campaign k SET fee_vat_rate_bp = p.vat_rate_bp
FROM accounts_cooperative p WHERE p.id = k.host_id
"""

FIXED = """
CREATE FUNCTION campaigns_fees_are_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the fees of campaign % are fixed since it opened', NEW.id
    USING ERRCODE = '23514', CONSTRAINT = 'fees_are_fixed_at_the_opening';
END $$;
CREATE TRIGGER fees_are_fixed_at_the_opening
  BEFORE UPDATE OF host_fee_bp, fee_vat_rate_bp, opened_at ON campaigns_campaign FOR EACH ROW
  WHEN (OLD.opened_at IS NOT NULL AND (NEW.host_fee_bp, NEW.fee_vat_rate_bp, NEW.opened_at)
        IS DISTINCT FROM (OLD.host_fee_bp, OLD.fee_vat_rate_bp, OLD.opened_at))
  EXECUTE FUNCTION campaigns_fees_are_fixed();

-- Nobody agrees to more than what was asked at the opening, and to nothing on top in the host's own.
CREATE FUNCTION campaigns_partners_fee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.partner_fee_bp IS DISTINCT FROM (
    SELECT f.rate_bp FROM campaigns_campaign k JOIN accounts_memberfee f
      ON f.cooperative_id = NEW.cooperative_id AND f.since <= k.opened_at
    WHERE k.id = NEW.campaign_id AND k.host_id <> NEW.cooperative_id
    ORDER BY f.since DESC LIMIT 1)
  THEN
    RAISE EXCEPTION 'cooperative % did not ask % bp', NEW.cooperative_id, NEW.partner_fee_bp
      USING ERRCODE = '23514', CONSTRAINT = 'a_partners_fee_is_of_the_opening';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_partners_fee_is_of_the_opening
  BEFORE INSERT OR UPDATE OF partner_fee_bp, cooperative_id ON campaigns_commitment FOR EACH ROW
  WHEN (NEW.partner_fee_bp > 0) EXECUTE FUNCTION campaigns_partners_fee();
"""
FIXED_BACK = """
DROP TRIGGER a_partners_fee_is_of_the_opening ON campaigns_commitment;
DROP FUNCTION campaigns_partners_fee();
DROP TRIGGER fees_are_fixed_at_the_opening ON campaigns_campaign;
DROP FUNCTION campaigns_fees_are_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0040_fees"),
        ("campaigns", "0025_foretold"),
        ("catalog", "0003_more_units"),
        ("demand", "0022_proposals_and_foretold"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="fee_vat_rate_bp",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="campaign",
            name="host_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="commitment",
            name="partner_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("host_fee_bp__lte", 1000)),
                name="a_hosts_fee_is_at_most_10_percent",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("partner_fee_bp__lte", 1000)),
                name="a_partners_fee_is_at_most_10_percent",
            ),
        ),
        migrations.RunSQL(VAT, migrations.RunSQL.noop),
        migrations.RunSQL(FIXED, FIXED_BACK),
    ]
