"""One large market on top of the country: what its largest office and everybody else search through.

Items with names as catalogues have them, needs of the first cooperative's members for some of them,
and suppliers' standing offers for what the country needs. Each is laid down by itself, whenever it is
wanted, on what `make_scale_data` has made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection, transaction

from devtools.scale.filling import FUNCTIONS, fill, run
from devtools.scale.trade import first_days
from mungchi.catalog.models import Item, ItemAlias
from mungchi.demand.models import Need, Pool
from mungchi.pricelists.models import Audience, StandingOffer, StandingTier


@dataclass(frozen=True)
class Market:
    """Numbers of rows; `wanted` of the items are needed, one pool each."""

    items: int
    wanted: int
    needs: int
    standing: int

    def divided(self, by: int) -> "Market":
        """As many times fewer of everything."""
        return replace(self, **{name: max(getattr(self, name) // by, 10)
                                for name in ("items", "wanted", "needs", "standing")})  # fmt: skip


FULL = Market(items=50_000, wanted=20_000, needs=100_000, standing=50_000)

OF = """ARRAY['니트릴','스테인리스','알루미늄','크라프트','면','실리콘','유기농','국산','냉동','친환경',
'방수','일회용','산업용','업소용','대용량','소포장','무형광','내열','항균','고급','수입','절전','미니',
'다용도']"""
WHAT = """ARRAY['장갑','복사용지','박스테이프','볼트','너트','종이컵','물티슈','쌀','밀가루','식용유','세제',
'봉투','라벨','건전지','전구','케이블','마스크','앞치마','호스','밸브','베어링','페인트','붓','사포','드릴날',
'용접봉','못','철사','배추','양파','감자','김','고춧가루','설탕','소금','간장','원두','우유','달걀','닭고기',
'돼지고기','포장지','완충재','파레트','토너','볼펜','노트','화장지']"""
TIERS = "(1, 100), (50, 95), (200, 90), (1000, 84)"
KIND = (
    "ARRAY['파랑','흰색','검정','대형','중형','소형','100매','500매','1kg','20kg','10개입','낱개']"
)


@contextmanager
def _laid(seed: int, *temporary: str) -> Iterator[None]:
    """One transaction with triggers off; the planner is told of what came."""
    with transaction.atomic():
        run("SET LOCAL session_replication_role = replica")
        run("SET LOCAL work_mem = '256MB'")
        run(FUNCTIONS.format(seed=seed))
        run("CREATE TEMP TABLE anchor AS SELECT date_trunc('day', now()) AS today")
        yield
        for table in ("anchor", *temporary):
            run(f"DROP TABLE pg_temp.{table}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def make_items(market: Market, seed: int) -> None:
    """Everybody's catalogue grows by so many items, every tenth with another name."""
    with _laid(seed):
        fill(Item, {
            "id": "pg_temp.key('good', n, today)", "code": "'G' || n",
            "name": f"({OF})[1 + pg_temp.dice(n, 41, 24)] || ' ' ||"
                    f" ({WHAT})[1 + pg_temp.dice(n, 42, 48)] || ' ' ||"
                    f" ({KIND})[1 + pg_temp.dice(n, 43, 12)] || ' ' || n",
            "category_id": "(SELECT array_agg(id ORDER BY id) FROM catalog_category)"
                           "[1 + n % (SELECT count(*) FROM catalog_category)]",
            "compared_at": "today",
        }, f"generate_series(0, {market.items - 1}) n, anchor")  # fmt: skip
        fill(ItemAlias, {
            "id": "pg_temp.key('called', n, today)", "kind": "'name'",
            "item_id": "pg_temp.key('good', n, today)",
            "name": f"({WHAT})[1 + pg_temp.dice(n, 44, 48)] || ' 별칭 ' || n",
        }, f"generate_series(0, {market.items - 1}, 10) n, anchor")  # fmt: skip


def make_needs(market: Market, seed: int) -> None:
    """Members of the largest cooperative need some of the items: a pool for each that is needed."""
    with _laid(seed, "good", "person", "wish"):
        run("""
            CREATE TEMP TABLE good AS
            SELECT substr(code, 2)::bigint AS n, id FROM catalog_item
            WHERE cooperative_id IS NULL AND code ~ '^G[0-9]+$'
        """)
        run("""
            CREATE TEMP TABLE person AS
            SELECT row_number() OVER (ORDER BY m.id) - 1 AS k, m.firm_id, m.cooperative_id
            FROM accounts_membership m JOIN accounts_cooperative c ON c.id = m.cooperative_id
            WHERE c.slug = 'coop-0' AND m.state = 'active'
        """)
        run("ANALYZE good; ANALYZE person")
        run(f"""
            CREATE TEMP TABLE wish AS
            SELECT w AS n, p.firm_id, p.cooperative_id, g.n AS good_n, g.id AS item_id
            FROM generate_series(0, {market.needs - 1}) w
            JOIN good g ON g.n = CASE WHEN w < {market.wanted} THEN w
                                      ELSE pg_temp.dice(w, 45, {market.wanted}) END
            JOIN person p ON p.k = pg_temp.dice(w, 46, (SELECT count(*) FROM person))
        """)
        fill(Pool, {
            "id": "pg_temp.key('market pool', good_n, today)", "created_at": "today",
            "cooperative_id": "cooperative_id", "item_id": "item_id",
        }, "(SELECT DISTINCT good_n, cooperative_id, item_id FROM wish) pools, anchor")  # fmt: skip
        fill(Need, {
            "id": "pg_temp.key('wish', n, today)", "firm_id": "firm_id", "item_id": "item_id",
            "pool_id": "pg_temp.key('market pool', good_n, today)",
            "cooperative_id": "cooperative_id", "quantity": "1 + pg_temp.dice(n, 47, 40)",
            "needed_by": "(today + (10 + pg_temp.dice(n, 48, 60)) * interval '1 day')::date",
            "created_at": "today - pg_temp.dice(n, 49, 30) * interval '1 day'",
        }, "wish, anchor")  # fmt: skip
        first_days()


def make_standing(market: Market, seed: int) -> None:
    """Suppliers' price lists, of items that are needed: four tiers, a third with VAT in the prices,
    a fifth for five cooperatives only."""
    with _laid(seed, "supplier", "needed", "coop", "stand"):
        for table, query in (
            ("supplier", "SELECT id FROM accounts_firm WHERE supplies"),
            ("needed", "SELECT DISTINCT item_id AS id FROM demand_need"),
            ("coop", "SELECT id FROM accounts_cooperative"),
        ):
            run(f"CREATE TEMP TABLE {table} AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n"
                f" FROM ({query}) each; ANALYZE {table}")  # fmt: skip
        run(f"""
            CREATE TEMP TABLE stand AS
            SELECT w AS n, pg_temp.key('standing', w, today) AS id, s.id AS supplier_id,
                   i.id AS item_id, 100 * (10 + pg_temp.dice(w, 53, 90)) AS price,
                   pg_temp.dice(w, 54, 5) > 0 AS for_all
            FROM generate_series(0, {market.standing - 1}) w CROSS JOIN anchor
            JOIN supplier s ON s.n = w % (SELECT count(*) FROM supplier)
            JOIN needed i ON i.n = pg_temp.dice(w, 51, (SELECT count(*) FROM needed))
        """)
        fill(StandingOffer, {
            "id": "id", "supplier_id": "supplier_id", "item_id": "item_id", "code": "'S' || n",
            "lead_time_days": "7", "currency": "'KRW'", "vat_included": "n % 3 = 0",
            "valid_from": "(today - interval '30 days')::date",
            "valid_until": "(today + (2 + pg_temp.dice(n, 55, 300)) * interval '1 day')::date",
            "for_all": "for_all", "created_at": "today", "changed_at": "today",
        }, "stand, anchor")  # fmt: skip
        fill(StandingTier, {
            "standing_offer_id": "id", "min_quantity": "least",
            "unit_price": "price * percent / 100",
        }, f"stand, (VALUES {TIERS}) tier (least, percent)")  # fmt: skip
        fill(Audience, {
            "standing_offer_id": "stand.id", "supplier_id": "supplier_id",
            "cooperative_id": "coop.id",
        }, "stand JOIN generate_series(0, least(5, (SELECT count(*) FROM coop))::int - 1) step"
            " ON NOT for_all"
           " JOIN coop ON coop.n = (stand.n * 7 + step) % (SELECT count(*) FROM coop)")  # fmt: skip
