"""Cooperatives, firms, members and people."""

from devtools.scale.filling import fill, run
from devtools.scale.sizes import Sizes
from mungchi.accounts.models import (
    Cooperative,
    Division,
    Firm,
    Membership,
    Partnership,
    Seat,
    User,
)
from mungchi.catalog.models import Category, Item, LookAlike

REGIONS = (
    "ARRAY['서울','부산','대구','인천','광주','대전','울산','경기','강원','충북','전북','경남']"
)
TRADES = "ARRAY['정밀','상사','기공','식품','인쇄','섬유','금속','화학','전자','물산']"
NAMES = "ARRAY['가온','나래','다솜','라온','마루','바다','새롬','아람','자람','하늘','한울','해솔']"
DIVISIONS = 4


def make(sizes: Sizes) -> None:
    """Who there is. Leaves the temporary tables coop, firm and member behind, numbered."""
    run(f"""
        CREATE TEMP TABLE coop AS
        SELECT n, pg_temp.key('coop', n, began) AS id
        FROM generate_series(0, {sizes.cooperatives - 1}) n, anchor
    """)
    fill(Cooperative, {
        "id": "id", "state": "'active'",
        "name": f"({REGIONS})[1 + n % 12] || ' 소상공인협동조합 ' || n",
        "slug": "'coop-' || n", "region": f"({REGIONS})[1 + n % 12]",
        "bank_name": "'국민은행'", "bank_account": "'000-' || n", "bank_holder": "'협동조합'",
    }, "coop")  # fmt: skip
    fill(Division, {
        "id": "pg_temp.key('division', n * 10 + d, began)", "cooperative_id": "id",
        "name": "d || '분과'",
    }, f"coop, generate_series(1, {DIVISIONS}) d, anchor")  # fmt: skip
    # Everyone trades with the two next to it on either side, where there are so many.
    fill(Partnership, {
        "id": "pg_temp.key('partnership', c.n * 10 + step, began)", "state": "'active'",
        "asking_id": "c.id", "asked_id": "o.id", "proposed_at": "began", "answered_at": "began",
    }, f"coop c CROSS JOIN generate_series(1, {min(2, (sizes.cooperatives - 1) // 2)}) step"
       f" JOIN coop o ON o.n = (c.n + step) % {sizes.cooperatives}, anchor")  # fmt: skip
    run(f"""
        CREATE TEMP TABLE firm AS
        SELECT n, pg_temp.key('firm', n, began) AS id, n >= {sizes.buyers} AS supplies
        FROM generate_series(0, {sizes.firms - 1}) n, anchor
    """)
    fill(Firm, {
        "id": "id", "supplies": "supplies", "created_at": "began",
        "name": f"({NAMES})[1 + pg_temp.dice(n, 1, 12)] || ({TRADES})[1 + pg_temp.dice(n, 2, 10)]"
                " || ' ' || n",
        "business_number": "pg_temp.business_number(n)", "representative": "'대표 ' || n",
        "address": "'산업로 ' || n", "phone": "'02-0000-' || n",
    }, "firm, anchor")  # fmt: skip
    _members(sizes)
    _seats()
    _items(sizes)


def _members(sizes: Sizes) -> None:
    """Every buyer is a member of one cooperative, some of a second; `k` counts within each."""
    run(f"""
        CREATE TEMP TABLE member AS
        WITH plain AS (
          SELECT m, c.n AS coop_n, c.id AS cooperative_id, f.id AS firm_id
          FROM generate_series(0, {sizes.memberships - 1}) m
          JOIN firm f ON f.n = m % {sizes.buyers}
          JOIN coop c ON c.n = (m % {sizes.buyers} + m / {sizes.buyers} * 7) % {sizes.cooperatives}
        ), large AS (
          SELECT {sizes.memberships - 1} + row_number() OVER (ORDER BY f.n) AS m,
                 c.n, c.id, f.id AS firm_id
          FROM coop c JOIN firm f ON c.n = 0 AND NOT f.supplies
          WHERE NOT EXISTS (SELECT 1 FROM plain p WHERE p.coop_n = 0 AND p.firm_id = f.id)
          ORDER BY pg_temp.dice(f.n, 21, 1000000), f.n LIMIT {sizes.large_members}
        )
        SELECT row_number() OVER (ORDER BY m) - 1 AS n, coop_n, cooperative_id, firm_id,
               row_number() OVER (PARTITION BY coop_n ORDER BY m) - 1 AS k,
               count(*) OVER (PARTITION BY coop_n) AS size
        FROM (TABLE plain UNION ALL TABLE large) each
    """)
    run("CREATE INDEX ON member (coop_n, k)")
    run("ANALYZE member")
    fill(Membership, {
        "id": "pg_temp.key('member', m.n, began)", "cooperative_id": "m.cooperative_id",
        "firm_id": "m.firm_id", "member_code": "'M' || m.n", "state": "'active'",
        "joined_at": "began",
        "division_id": f"pg_temp.key('division', m.coop_n * 10 + 1 + m.k % {DIVISIONS}, began)",
    }, "member m, anchor")  # fmt: skip


def _seats() -> None:
    """A coordinator for every office, an owner for every firm; nobody has a password."""
    for kind, of, role, place in (("office", "coop", "coordinator", "cooperative_id"),
                                  ("owner", "firm", "owner", "firm_id")):  # fmt: skip
        fill(User, {
            "id": f"pg_temp.key('{kind}', n, began)", "password": "'!'",
            "email": f"'{kind}' || n || '@scale.example'", "name": "'사람 ' || n",
            "date_joined": "began",
        }, f"{of}, anchor")  # fmt: skip
        fill(Seat, {
            "id": f"pg_temp.key('{kind} seat', n, began)", "role": f"'{role}'",
            "user_id": f"pg_temp.key('{kind}', n, began)", place: "id",
        }, f"{of}, anchor")  # fmt: skip


def _items(sizes: Sizes) -> None:
    fill(Category, {
        "id": "pg_temp.key('category', n, began)", "slug": "'scale-' || n", "name": "'분류 ' || n",
    }, "generate_series(0, 23) n, anchor")  # fmt: skip
    fill(Item, {
        "id": "pg_temp.key('item', c.n * 1000 + i, began)", "cooperative_id": "c.id",
        "category_id": "pg_temp.key('category', i % 24, began)", "code": "'I' || i",
        "name": "'품목 ' || i || ' 규격 ' || pg_temp.dice(c.n * 1000 + i, 3, 90)",
    }, f"coop c, generate_series(0, {sizes.items_each - 1}) i, anchor")  # fmt: skip
    # Everybody's catalogue has as many, and each looks like its namesakes, some more and some less.
    fill(Item, {
        "id": "pg_temp.key('everybody''s item', i, began)", "code": "'I' || i",
        "category_id": "pg_temp.key('category', i % 24, began)", "name": "'품목 ' || i",
    }, f"generate_series(0, {sizes.items_each - 1}) i, anchor")  # fmt: skip
    fill(LookAlike, {
        "id": "pg_temp.key('pair', c.n * 1000 + i, began)", "cooperative_id": "c.id",
        "first_id": "least(one.id, other.id)", "second_id": "greatest(one.id, other.id)",
        "score": "70 + pg_temp.dice(c.n * 1000 + i, 23, 30)", "found_at": "began",
    }, f"""coop c CROSS JOIN generate_series(0, {sizes.items_each - 1}) i CROSS JOIN anchor
           CROSS JOIN LATERAL (SELECT pg_temp.key('item', c.n * 1000 + i, began) AS id) one
           CROSS JOIN LATERAL (SELECT pg_temp.key('everybody''s item', i, began) AS id) other
    """)  # fmt: skip
