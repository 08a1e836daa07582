"""What makes an amount that goes back, or is taken off: the parts of the order that it is of."""

from typing import Final

from django.db import models
from django.db.models import F, Q

from mungchi.payments.domain.refunding import Shares


class OfParts(models.Model):
    """An amount and its parts, as in an order; see domain.refunding. Minor units."""

    amount = models.BigIntegerField()
    supply_value = models.BigIntegerField()
    delivery = models.BigIntegerField()
    vat = models.BigIntegerField()
    host_fee = models.BigIntegerField()
    partner_fee = models.BigIntegerField()
    host_fee_vat = models.BigIntegerField()
    partner_fee_vat = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def shares(self) -> Shares:
        """Its parts."""
        return Shares(*(getattr(self, name) for name in Shares.__slots__))


# What a check of each such table asks.
PARTS_MAKE_AMOUNT: Final = Q(
    amount=F("supply_value") + F("delivery") + F("vat") + F("host_fee") + F("partner_fee")
    + F("host_fee_vat") + F("partner_fee_vat")
)  # fmt: skip
