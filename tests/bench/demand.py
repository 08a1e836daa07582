"""Lists, boards and bundles at 100,000 needs, 50,000 items and 50,000 standing offers.

On the country that `scale` has made; every list with each filter and order, and how it is read.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection
from rest_framework.test import APIClient
from tests.bench.figures import Figure, at_most
from tests.bench.plans import PAGE, Plan, page_of
from tests.factories.clients import client_for

from devtools.demo.management.commands.make_scale_data import SEED
from devtools.scale import market
from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Cooperative, Seat
from mungchi.campaigns import stage as campaigns
from mungchi.campaigns.models import Bundle, BundleChange
from mungchi.campaigns.queries import bundle_prices
from mungchi.catalog.models import Item
from mungchi.demand.models import Need
from mungchi.pricelists.models import StandingOffer

LIMIT = 60
# What is looked for: a word of two syllables, of one, of three and more; one that much is called,
# and one that nothing is.
WORDS = {
    "two letters": "장갑", "one letter": "쌀", "four letters": "복사용지",
    "a common word": "국산", "every item's word": "품목", "nothing's word": "없음",
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A list as somebody asks for it, in words ("" as it opens), with the query and the word."""

    who: str
    route: str
    how: str = ""
    query: str = ""
    word: str = ""

    @property
    def name(self) -> str:
        """What it is called in the table."""
        ways = [way for way in (self.how, self.word) if way]
        return f"{self.who}: {self.route}{', ' * bool(ways)}{', '.join(ways)}"

    @property
    def path(self) -> str:
        """What is asked."""
        search = f"&search={WORDS[self.word]}" if self.word else ""
        return f"/api/v1/{self.route}?page_size={PAGE}&{self.query}{search}"


def measure(divide: int, times: int) -> Iterator[Figure]:
    """Bundles beside standing offers first, as the market's needs are many more; then lists."""
    sizes = market.FULL.divided(divide) if divide > 1 else market.FULL
    market.make_items(sizes, SEED)
    market.make_standing(sizes, SEED)
    yield from bundles()
    market.make_needs(sizes, SEED)
    yield from lists(times)


def bundles() -> Iterator[Figure]:
    """All offices' bundles, from the needs of the country: as after a restore, and as at night."""
    known = list(bundle_prices.SOURCES)
    bundle_prices.SOURCES[:] = known[1:]
    try:
        forget_bundles()
        yield bundles_of_all("written for the first time, no standing offers")
    finally:
        bundle_prices.SOURCES[:] = known
    forget_bundles()
    offers = StandingOffer.objects.count()
    yield bundles_of_all(f"the same beside {offers:,} standing offers")
    yield bundles_of_all("made again")
    rows = Need.objects.filter(state="open").order_by("id")
    need = rows[rows.count() // 2]
    Need.objects.filter(pk=need.pk).update(quantity=need.quantity + 1)
    yield at_most("bundles after a need was changed", until_done(), "s", 1)


def forget_bundles() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE campaigns_bundle, campaigns_bundlechange, campaigns_bundlereading")
        cursor.execute("VACUUM ANALYZE campaigns_bundle")


def bundles_of_all(how: str) -> Figure:
    offices = list(Cooperative.objects.values_list("pk", flat=True))
    BundleChange.objects.bulk_create(BundleChange(cooperative_id=pk) for pk in offices)
    seconds = until_done()
    return at_most(
        f"bundles of all {len(offices)} cooperatives: {how}", seconds, "s", 10,
        note=f"{Bundle.objects.count():,} of {Need.objects.filter(state='open').count():,} needs",
    )  # fmt: skip


def until_done() -> float:
    """Seconds until the stage that makes bundles has nothing left."""
    begun = time.perf_counter()
    while campaigns.propose_bundles():
        pass
    return time.perf_counter() - begun


def lists(times: int) -> Iterator[Figure]:
    """Every list's time, the least of `times`, with how its page was read."""
    clients = people()
    for listed in asked():
        found = [page_of(clients[listed.who], listed.path) for _ in range(times)]
        took, plan = min(found, key=lambda one: one[0])
        yield at_most(listed.name, took, "ms", LIMIT, note=short(plan))


def written(figures: list[Figure]) -> str:
    """The lists among the figures as a table for docs/measured.md."""
    rows = [f"| {one.name} | {one.value:.0f} ms | {one.note} |" for one in figures
            if one.note and one.target == f"<= {LIMIT}"]  # fmt: skip
    return "\n".join(["| list | database | its page |", "|---|---|---|", *rows, ""])


def short(plan: Plan) -> str:
    """A plan in a line: its time, pages, and what was read how; equal scans once."""
    scans = [str(scan) for scan in plan.scans]
    told = "; ".join(scan for scan, _ in groupby(scans))
    return f"{plan.milliseconds:.1f} ms, {plan.pages:,} pages: {told}"


def people() -> dict[str, APIClient]:
    """The largest office, one of its members, a supplier with standing offers, an operator."""
    seats = Seat.objects.select_related("user").order_by("id")
    office = seats.get(cooperative__slug="coop-0")
    need = Need.objects.filter(cooperative_id=office.cooperative_id).order_by("-id")[0]
    found = {
        "office": office,
        "firm": seats.filter(firm_id=need.firm_id)[0],
        "supplier": seats.filter(firm_id=StandingOffer.objects.order_by("-id")[0].supplier_id)[0],
    }
    clients = {name: client_for(actor_for(seat)) for name, seat in found.items()}
    for client in clients.values():
        client.defaults["SERVER_NAME"] = "localhost"
    return clients


def asked() -> Iterator[Listed]:
    """Every list, as it opens, with its filters and orders, and searched."""
    boards, plain = ways()
    for who in ("firm", "office"):
        for how, query in boards.items():
            yield Listed(who, "pools", how, query)
        for word in WORDS:
            yield Listed(who, "pools", "", "", word)
        yield Listed(who, "pools", "by first day", "ordering=needed_by", "two letters")
    for route, narrowed in plain.items():
        for how, query in {"": "", **narrowed}.items():
            yield Listed("office", route, how, query)
        for word in ("two letters", "one letter", "four letters", "a common word"):
            yield Listed("office", route, "", "", word)
    for route in ("items", "needs", "campaigns"):
        yield Listed("firm", route)
        yield Listed("firm", route, "", "", "two letters")
    yield Listed("supplier", "standing-offers")
    yield Listed("supplier", "standing-offers", "", "", "two letters")


def ways() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Of the board, and of each other list: words -> the query that narrows or orders it so."""
    wanted = Item.objects.filter(need__cooperative__slug="coop-0", code__startswith="G")
    category = f"category={wanted.order_by('id').values_list('category_id', flat=True)[0]}"
    home = Cooperative.objects.get(slug="coop-0")
    day = Need.objects.order_by("needed_by").values_list("needed_by", flat=True)[0]
    bundles = Bundle.objects.filter(cooperative=home).exclude(partner_ids=[])
    bundle = bundles.order_by("id").first()
    partner = {"of a partner": f"partner={bundle.partner_ids[0]}"} if bundle else {}
    of_category = {"of a category": category}
    board = {
        "": "", **of_category, "of a cooperative": f"cooperative={home.pk}",
        "of a region": f"region={home.region}", "until a day": f"until={day}",
        "by first day": "ordering=needed_by",
        "of a category by first day": f"ordering=needed_by&{category}",
    }  # fmt: skip
    return board, {
        "items": {**of_category, "everybody's": "common=true"},
        "needs": {"open": "state=open"},
        "purchases": {},
        "look-alikes": {"open": "state=open", "from 90 points": "score=90"},
        "bundles": {**of_category, "recommended": "recommended=true", **partner},
        "standing-offers": {**of_category, "valid": "valid=now", "that end soon": "valid=soon"},
        "campaigns": {**of_category, "open": "state=open", "by deadline": "ordering=closes_at"},
    }
