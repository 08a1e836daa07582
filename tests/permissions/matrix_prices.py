"""The table of standing offers: a supplier's own, and an office's that are for it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.pricelists import body
from tests.permissions import rows
from tests.permissions import rows_prices as made
from tests.permissions.line import (
    CAMPAIGN,
    OF_OFFICE,
    OF_SUPPLIER,
    OF_SUPPLIER_ALONE,
    Line,
    with_body,
)
from tests.permissions.world import World


def _terms(world: World, row: Any) -> dict[str, Any]:
    return body(for_all=False, cooperatives=[str(world.sides["own"].cooperative.pk)])


def _new(world: World, row: Any) -> dict[str, Any]:
    return {**body(), "item": str(world.row(made.common_item, "own"))}


def _file(world: World, row: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("p.csv", made.CSV.encode(), content_type="text/csv")}


def _which(world: World, fitting: Any) -> dict[str, Any]:
    return {"standing_offer": str(getattr(getattr(fitting, "row", None), "pk", fitting))}


def _campaign(fitting: Any) -> Any:
    return fitting.campaign.pk if hasattr(fitting, "campaign") else fitting


# Firms that do not supply keep no list, whatever the role.
NO_SUPPLIERS = {("none", role): 403 for role in ("owner", "buyer")}

PRICES = [
    Line("GET", "standing-offers", "prices.read", made.standing_offer, OF_SUPPLIER, at="list"),
    Line("POST", "standing-offers", "prices.write", body=_new, ok=201, but=NO_SUPPLIERS),
    Line("GET", "standing-offers/<uuid:pk>", "prices.read", made.standing_offer, OF_SUPPLIER),
    Line("PATCH", "standing-offers/<uuid:pk>", "prices.write", made.standing_offer,
         OF_SUPPLIER_ALONE, _terms),
    Line("POST", "standing-offers/<uuid:pk>/end", "prices.write", made.standing_offer,
         OF_SUPPLIER_ALONE),
    Line("GET", "standing-offers/<uuid:pk>/versions", "prices.read", made.standing_offer,
         OF_SUPPLIER_ALONE),
    Line("GET", "pools/<uuid:pk>/standing-offers", "campaigns.inspect", rows.pool, OF_OFFICE),
    Line("GET", "campaigns/<uuid:pk>/standing-offers", "prices.read", rows.sourcing, OF_SUPPLIER),
    Line("POST", "campaigns/<uuid:pk>/take-standing-offer", "campaigns.write", made.fitting,
         OF_OFFICE, _which, key=_campaign),
    Line("POST", "campaigns/<uuid:pk>/post-standing-offer", "offers.write", made.fitting, CAMPAIGN,
         _which, key=_campaign, ok=201,
         but={(side, role): 409 for side in ("own", "sibling") for role in ("owner", "buyer")}),
    Line("GET", "campaigns/<uuid:pk>/offer-origins", "offers.read", rows.sourcing, CAMPAIGN),
    Line("GET", "price-sheets", "prices.read", made.sheet, OF_SUPPLIER_ALONE, at="list"),
    Line("POST", "price-sheets", "prices.write", body=_file, ok=201, multipart=True,
         but=NO_SUPPLIERS),
    Line("GET", "price-sheets/template", "prices.read"),
    Line("GET", "price-sheets/<uuid:pk>", "prices.read", made.sheet, OF_SUPPLIER_ALONE),
    Line("PATCH", "price-sheets/<uuid:pk>", "prices.write", made.sheet, OF_SUPPLIER_ALONE,
         with_body(ends_missing=True)),
    Line("DELETE", "price-sheets/<uuid:pk>", "prices.write", made.sheet, OF_SUPPLIER_ALONE, ok=204),
    Line("POST", "price-sheets/<uuid:pk>/start", "prices.write", made.sheet, OF_SUPPLIER_ALONE),
    Line("GET", "price-sheets/<uuid:pk>/lines", "prices.read", made.sheet, OF_SUPPLIER_ALONE),
    Line("GET", "price-sheets/<uuid:pk>/missing", "prices.read", made.sheet, OF_SUPPLIER_ALONE),
]  # fmt: skip
