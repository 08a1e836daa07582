"""Whose payments a seat sees behind the second wall."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_references"),
        ("orders", "0005_second_wall"),
        ("common", "0003_second_wall"),
    ]
    operations = [
        # The host collects; a partner's office sees whether its own members have paid.
        policies.fence(
            "payments_payment",
            "firm_id = seat_firm() OR cooperative_id = seat_cooperative() OR EXISTS ("
            "SELECT 1 FROM orders_order o"
            " WHERE o.id = order_id AND o.cooperative_id = seat_cooperative())",
        ),
    ]
