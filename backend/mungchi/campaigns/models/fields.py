"""What columns of several tables here are made of."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mungchi.campaigns.domain.places import LONGEST_PLACE


class Price(models.DecimalField):
    """A unit price: exact, major units of the campaign's currency, VAT excluded."""

    def __init__(self, **kwargs: object) -> None:
        kwargs["max_digits"] = 18
        kwargs["decimal_places"] = 6
        super().__init__(**kwargs)  # type: ignore[arg-type]


class NextArrival(models.Func):
    """The next number of the sequence in which commitments arrive."""

    template = "nextval('campaigns_arrival')"
    output_field = models.BigIntegerField()
    arity = 0


class Parts(ArrayField):
    """Quantities by variant, in the order of the campaign's; empty where it has none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["base_field"] = models.PositiveIntegerField()
        kwargs["default"], kwargs["db_default"] = list, []
        super().__init__(**kwargs)


class DeliverTo(models.CharField):
    """Where a firm's goods go; empty: to its address, as it stands when the order is made."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = LONGEST_PLACE
        kwargs["blank"], kwargs["default"], kwargs["db_default"] = True, "", ""
        super().__init__(**kwargs)


class Differences(ArrayField):
    """Fixed differences to a tier's price by variant, VAT excluded, as Parts are ordered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["base_field"] = Price()
        kwargs["default"], kwargs["db_default"] = list, []
        super().__init__(**kwargs)
