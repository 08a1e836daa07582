"""A year of purchases of the first cooperative's firms, brought in as the office would: by a file."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from devtools.demo import names
from devtools.demo.people import Cast
from mungchi.accounts.models import Membership
from mungchi.common import clock
from mungchi.demand import operations as demand

HEADINGS = [
    "전표번호",
    "거래일자",
    "조합원번호",
    "업체명",
    "품목코드",
    "품목명",
    "수량",
    "단위",
    "단가",
]
# How the bookkeeper writes units.
WORDS = {
    "box": "BOX",
    "each": "EA",
    "roll": "롤",
    "pair": "켤레",
    "bag": "포",
    "can": "캔",
    "bottle": "병",
    "litre": "L",
    "kg": "KG",
}


def purchase_file(dice: random.Random) -> bytes:
    """Write the file; some lines are as wrong as in a real one."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADINGS)
    members = Membership.objects.filter(cooperative__slug="hanbit", state="active")
    people = list(members.select_related("firm").order_by("member_code"))
    items = [item for item in names.ITEMS if item[3] != "services"]
    today = clock.now().date()
    for number in range(1, 901):
        member = dice.choice(people)
        code, name, _english, _category, unit, *_rest, usual = dice.choice(items)
        day = today - timedelta(days=dice.randint(20, 380))
        price = round(usual * dice.uniform(0.98, 1.15) / 10) * 10
        quantity = dice.randint(1, 30)
        rows.writerow(
            [f"{day:%y%m}-{number:04d}", f"{day:%Y-%m-%d}", member.member_code, member.firm.name,
             code, name, quantity if number % 97 else -quantity, WORDS[unit],
             f"{price:,}" if number % 113 else 0]
        )  # fmt: skip
    rows.writerows(regular_lines(people, today))
    rows.writerows(lines_in_other_units(people, today, dice))
    return out.getvalue().encode("cp949")


def regular_lines(people: Sequence[Membership], today: date) -> Iterator[list[object]]:
    """What some firms buy of some items month by month: purchases that propose the next one."""
    items = [item for item in names.ITEMS if item[3] != "services"]
    for place, member in enumerate(people):
        for code, name, _english, _category, unit, *_rest, usual in items[place % 4 :: 7][:2]:
            every, quantity = 27 + place % 5, 5 * (1 + place % 4)
            for number in range(11, -1, -1):
                day = today - timedelta(days=4 + place + every * number + (number * place) % 3)
                bulk = 6 if (place, number) == (0, 5) else 1
                yield [f"{day:%y%m}-R{place}{number}", f"{day:%Y-%m-%d}", member.member_code,
                       member.firm.name, code, name, quantity * bulk + number % 2, WORDS[unit],
                       f"{round(usual / 10) * 10:,}"]  # fmt: skip


def lines_in_other_units(
    people: Sequence[Membership], today: date, dice: random.Random
) -> Iterator[list[object]]:
    """Paper by the pack, rice by the kilogram, and what only this cooperative buys."""
    usual = {code: (name, price) for code, name, *_rest, price in names.ITEMS}
    for number in range(60):
        member, day = dice.choice(people), today - timedelta(days=dice.randint(20, 300))
        code, word, times = (("A4-80", "팩", 5), ("RICE-20", "kg", 20))[number % 2]
        name, price = usual[code]
        # Some do not come out whole: they are rejected, and say why.
        quantity = times * dice.randint(1, 6) + (number % 15 == 0)
        yield [f"{day:%y%m}-U{number}", f"{day:%Y-%m-%d}", member.member_code, member.firm.name,
               code, name, quantity, word, f"{round(price / times):,}"]  # fmt: skip
    for number in range(90):
        member, day = dice.choice(people), today - timedelta(days=dice.randint(20, 300))
        code, name, word, price = names.OWN_GOODS[number % len(names.OWN_GOODS)]
        yield [f"{day:%y%m}-H{number}", f"{day:%Y-%m-%d}", member.member_code, member.firm.name,
               code, name, dice.randint(1, 20), word,
               f"{round(price * dice.uniform(0.97, 1.1) / 10) * 10:,}"]  # fmt: skip


def import_purchases(cast: Cast, dice: random.Random) -> None:
    """Upload the file, accept what was recognised, and run the job."""
    office = cast.offices["hanbit"]
    upload = demand.upload_purchases(
        actor=office, filename="2026년 매입내역.csv", stream=io.BytesIO(purchase_file(dice))
    )
    demand.start_import(actor=office, import_id=upload.pk)
    demand.run_import(import_id=upload.pk)
    demand.read_history(cooperative_id=upload.cooperative_id, at=clock.now())
