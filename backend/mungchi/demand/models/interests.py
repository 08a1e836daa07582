"""What firms say they buy."""

from django.db import models

from mungchi.accounts.models import Firm
from mungchi.catalog.models import Category


class Interest(models.Model):
    """A category that a firm says it buys, so that its cooperatives know what to ask it for."""

    id = models.BigAutoField(primary_key=True)
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="interests")
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "category"], name="a_firm_names_a_category_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.category}"
