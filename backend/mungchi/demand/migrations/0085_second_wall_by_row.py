"""The second wall asks first whether a need or a purchase is of the office: most that are read are.

An office of 4,000 members reads 100,000 purchases to say who wants the same; a firm reads its own.
"""

from django.db import migrations

from mungchi.common import policies

ROWS = "cooperative_id = seat_cooperative() OR firm_id = seat_firm()"
WAS = "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"


class Migration(migrations.Migration):
    dependencies = [("demand", "0082_board")]
    operations = [
        policies.refence(table, ROWS, WAS) for table in ("demand_need", "demand_purchase")
    ]
