"""What columns of several tables here are made of."""

from django.db import models


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
