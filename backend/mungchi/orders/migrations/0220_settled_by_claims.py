"""An order of which nothing was sent is at its end when a claim has ended the waiting for it."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("orders", "0211_less_rules")]
    operations = [triggers.add_moves("order", [("paid", "received")])]
