"""What the demonstration's suppliers always offer: their lists, and a file not yet applied."""

import csv
import io
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from devtools.demo.direction import USUAL
from devtools.demo.people import Cast
from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.pricelists import operations
from mungchi.pricelists.domain.terms import today_in

ZONE = "Asia/Seoul"


@dataclass(frozen=True)
class Priced:
    """One line of a supplier's list. Tiers as (quantity, share of the usual price in per cent).

    `chosen`: for this cooperative alone. `last`: days until its last day.
    """

    supplier: int
    item: str
    tiers: tuple[tuple[int, int], ...]
    lead: int = 5
    delivery: int = 0
    minimum: int = 1
    capacity: int | None = None
    vat: bool = False
    chosen: str = ""
    last: int = 180
    note: str = ""


LISTS = (
    Priced(0, "A4-80", ((1, 102), (50, 97), (150, 92), (400, 88)), lead=3, delivery=30_000,
           capacity=2_000, note="반품은 수령 뒤 7일까지"),
    Priced(0, "A4-80", ((100, 93), (300, 87)), lead=3, delivery=20_000, minimum=100,
           chosen="hanbit", note="한빛 조합 협약 단가"),
    Priced(0, "TN-2400", ((1, 101), (20, 95), (60, 90)), lead=2, vat=True),
    Priced(0, "TISSUE", ((5, 103), (40, 98)), lead=4, delivery=40_000, minimum=5),
    Priced(1, "BOX-5", ((500, 101), (2_000, 95), (5_000, 90)), lead=4, delivery=50_000,
           minimum=500, capacity=30_000),
    Priced(1, "TAPE-48", ((40, 100), (400, 94), (1_200, 89)), lead=4, delivery=20_000, minimum=40),
    Priced(1, "WRAP-50", ((6, 102), (60, 96)), lead=6, last=21),
    Priced(2, "TISSUE", ((1, 100), (30, 96), (120, 90)), lead=3, delivery=30_000, capacity=600),
    Priced(2, "SANI-4", ((4, 101), (40, 95)), lead=3, vat=True),
    Priced(2, "GLOVE-N", ((10, 103), (100, 97), (500, 91)), lead=5, delivery=25_000),
    Priced(3, "GLOVE-N", ((10, 101), (200, 94)), lead=7, delivery=15_000, capacity=4_000),
    Priced(3, "SHOE-6", ((1, 100), (30, 95), (100, 91)), lead=10),
    Priced(4, "RICE-20", ((10, 101), (50, 98), (200, 95)), lead=2, delivery=60_000, minimum=10,
           last=25, note="햅쌀, 도정 7일 안"),
    Priced(4, "OIL-18", ((5, 102), (40, 97)), lead=2, delivery=40_000),
    Priced(4, "FLOUR-20", ((5, 100), (60, 96)), lead=2, delivery=40_000),
    Priced(5, "DIESEL", ((200, 101), (2_000, 98), (10_000, 96)), lead=1, minimum=200,
           capacity=60_000),
)  # fmt: skip


def keep_price_lists(cast: Cast, dice: random.Random) -> None:
    """Make the lists at some day of the last weeks; change one, end one, upload a file."""
    made, loaded = [], today_in(clock.now(), ZONE)
    for one in LISTS:
        with clock.shifted(timedelta(days=-dice.randint(15, 45))):
            row = operations.make_standing(
                actor=cast.suppliers[one.supplier], item_id=cast.items[one.item].pk,
                **_terms(cast, one, loaded),
            )  # fmt: skip
        made.append(row)
    paper = LISTS[0]
    with clock.shifted(timedelta(days=-6)):
        dearer = tuple((least, percent + 2) for least, percent in paper.tiers)
        operations.change_standing(
            actor=cast.suppliers[0], standing_id=made[0].pk,
            **_terms(cast, replace(paper, tiers=dearer), loaded),
        )  # fmt: skip
    with clock.shifted(timedelta(days=-2)):
        operations.end_standing(actor=cast.suppliers[1], standing_id=made[6].pk)
    _file(cast.suppliers[0])


def _terms(cast: Cast, one: Priced, loaded: date) -> dict[str, Any]:
    """`loaded`: the day on which the demonstration is; last days are counted from it."""
    today = today_in(clock.now(), ZONE)
    home = [cast.offices[one.chosen].cooperative_id] if one.chosen else []
    factor = Decimal("1.1") if one.vat else Decimal(1)
    return {
        "tiers": [(least, _price(one.item, percent, factor)) for least, percent in one.tiers],
        "pack_size": cast.items[one.item].pack_size, "minimum": one.minimum,
        "capacity": one.capacity, "capacity_per": "month", "lead_time_days": one.lead,
        "delivery_cost": one.delivery, "currency": "KRW", "vat_included": one.vat,
        "valid_from": today, "valid_until": loaded + timedelta(days=one.last), "for_all": not home,
        "cooperatives": home, "code": f"{one.item}-한빛" if home else "", "note": one.note,
    }  # fmt: skip


def _price(item: str, percent: int, factor: Decimal) -> Decimal:
    exact = Decimal(USUAL[item]) * percent / 100 * factor
    return exact.quantize(Decimal("1E1") if exact >= 1_000 else Decimal(1))


def _file(supplier: Actor) -> None:
    """A new list of the first supplier: dearer paper, a new item, one line that cannot be read."""
    text = io.StringIO()
    csv.writer(text).writerows([
        ["관리 코드", "품목 코드", "수량 1", "단가 1", "수량 2", "단가 2", "납기", "종료일"],
        ["A4-80", "A4-80", "1", "24900", "50", "23400", "3", "2028-06-30"],
        ["TN-2400", "TN-2400", "1", "52000", "20", "49500", "2", "2028-06-30"],
        ["", "LED-50", "4", "31500", "40", "29800", "7", "2028-06-30"],
        ["", "토너 재생품", "1", "전화 문의", "", "", "5", "2028-06-30"],
    ])  # fmt: skip
    operations.upload_prices(
        actor=supplier, filename="다음 분기 단가표.csv", stream=io.BytesIO(text.getvalue().encode())
    )
