"""Whose introductions, contacts and wishes a seat sees behind the second wall.

Listings are open: they are written to be read by other firms, and hold no address.
"""

from django.db import migrations

from mungchi.common import policies

OF_FIRM_OR_OFFICE = "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0003_seeking"), ("common", "0003_second_wall")]
    operations = [
        policies.fence(
            "outreach_introduction",
            "seeker_id = seat_firm() OR giver_id = seat_firm()"
            " OR cooperative_id = seat_cooperative()",
        ),
        # A firm reads what it was sent, not what the office wrote down of a talk.
        policies.fence(
            "outreach_contact",
            "cooperative_id = seat_cooperative() OR (firm_id = seat_firm() AND how = 'product')",
        ),
        policies.fence("outreach_quiet", OF_FIRM_OR_OFFICE),
        policies.fence("outreach_spell", "cooperative_id = seat_cooperative()"),
    ]
