"""What the demonstration buys in sizes: one campaign delivered, one open."""

import random
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from devtools.demo.people import Cast
from devtools.demo.scenes import Scene
from mungchi.campaigns.models import Campaign
from mungchi.catalog import operations as catalog
from mungchi.catalog.operations.variants import Listed
from mungchi.common import clock

# Of the first cooperative's own catalogue: code, name, English name, unit, usual price in won.
VEST = ("VEST-R", "반사 안전조끼", "Reflective safety vest", "each", 9_800)
# Name, English name, code, and what a unit costs more or less than the price of a tier.
SIZES = (
    ("M", "M", "VEST-R-M", -300),
    ("L", "L", "VEST-R-L", 0),
    ("XL", "XL", "VEST-R-XL", 400),
    ("2XL", "2XL", "VEST-R-2XL", 900),
)
SCENES = (
    Scene("VEST-R", "completed", ((10, 100), (150, 93), (400, 87)), supplier=3, rivals=(2,),
          opened=-34, closes=-22, joins=8, size=45, threshold=100),
    Scene("VEST-R", "open", ((10, 100), (150, 93), (400, 87), (800, 82)), supplier=3, rivals=(1,),
          opened=-3, closes=8, joins=7, size=50, threshold=150,
          note="치수별로 수량을 정해 주십시오. 단가 구간은 모두 합해 정합니다."),
)  # fmt: skip


def make_item(cast: Cast) -> None:
    """Let the office write down the vest and its sizes."""
    code, name, english, unit, _price = VEST
    office = cast.offices["hanbit"]
    sizes = [Listed(None, size, size_en, size_code) for size, size_en, size_code, _ in SIZES]
    with clock.shifted(timedelta(days=-45)):
        cast.items[code] = catalog.create_item(
            actor=office, name=name, name_en=english, code=code, unit=unit
        )
        catalog.set_variants(actor=office, item_id=cast.items[code].pk, variants=sizes)


def differences(campaign: Campaign, rank: int) -> dict[UUID, Decimal]:
    """What a supplier asks for each size; who comes second asks more for the large ones."""
    asked = {code: Decimal(more + (100 * rank if more > 0 else 0)) for *_, code, more in SIZES}
    return {UUID(one["id"]): asked[one["code"]] for one in campaign.variants}


def parts(campaign: Campaign, quantity: int) -> dict[UUID, int]:
    """A firm's quantity over the sizes, more of those in the middle; none without sizes."""
    if not campaign.variants:
        return {}
    ids = [UUID(one["id"]) for one in campaign.variants]
    dice = random.Random(quantity)  # noqa: S311 - a demonstration, the same every time
    chosen = dice.choices(ids, weights=[2, 4, 3, 1][: len(ids)], k=quantity)
    return {pk: chosen.count(pk) for pk in ids}
