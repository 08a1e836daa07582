"""Who is left out of a cooperative, and why: one statement for each of the two questions.

WHO looks at all members and stops at the first thing that puts one on the list; WHY gathers the
evidence of the few firms that somebody looks at. Every part starts at the cooperative or at a
member and goes by an index, so that what others do in the same database costs nothing.

Read with EXPLAIN (ANALYZE, BUFFERS) for a cooperative of 4,113 members, 75,000 commitments and
119,000 purchases of the past year. What made it 1.1 s before, and is avoided on purpose:
- grouping all purchases by firm and item (81,000 rows sorted on disk, 98,000 buffers) to say of
  each member that it bought *something*: LIMIT 1 inside the lateral ends at the first;
- evidence in JSON for 3,000 members where a page shows 25;
- reading every clearing line of each member for the few that were lost: `clearing_lines_lost`
  holds only those;
- every commitment and order of five years, where campaigns of the past three months tell;
- joining by nested loops where the planner expects one row and thousands come: members are sought
  in hashed sets (IN, NOT IN), and WHO puts its answers one under the other, not beside each other.
OFFSET 0 keeps a lateral or an EXISTS a loop: the planner, which cannot know how few of the
country's campaigns a cooperative is in, would read them all; and behind the second wall, where it
expects one row of sixty, it would compare every member with every line.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_date

from mungchi.outreach.domain.leftout import (
    MEMORY,
    REASON_CODES,
    RECENT,
    SILENCE,
    TOGETHER,
    Fall,
    LeftOut,
    Want,
    Why,
)

# What members do together, whoever is asked about.
_TOGETHER: Final = """
WITH lately AS MATERIALIZED (
  -- A commitment is made before its campaign closes: so these hold all that were made lately.
  SELECT k.id, k.state, i.category_id, k.state IN ('open', 'filling', 'closing') AS before,
         k.state IN ('open', 'filling', 'closing', 'settling', 'ordered',
                     'delivering') AS running,
         coalesce(k.closed_at > %(recent)s, true) AND k.state NOT IN ('failed', 'cancelled') AS live
  FROM (SELECT DISTINCT campaign_id FROM campaigns_commitment
        WHERE cooperative_id = %(cooperative)s) c
  CROSS JOIN LATERAL (SELECT id, item_id, state, closed_at FROM campaigns_campaign
                      WHERE id = c.campaign_id OFFSET 0) k
  CROSS JOIN LATERAL (SELECT category_id FROM catalog_item WHERE id = k.item_id OFFSET 0) i
  WHERE k.state NOT IN ('completed', 'failed') OR k.closed_at IS NULL
     OR k.closed_at > least(%(recent)s, %(silence)s)
), said AS MATERIALIZED (
  SELECT k.*, c.firm_id, c.accepted_at, c.state = 'active' AS stands
  FROM lately k CROSS JOIN LATERAL (
    SELECT firm_id, accepted_at, state FROM campaigns_commitment
    WHERE campaign_id = k.id AND cooperative_id = %(cooperative)s OFFSET 0) c
), part AS MATERIALIZED (
  -- What members take part in: before the clearing by commitment, after it by what they won.
  SELECT s.firm_id, s.id AS campaign_id, s.category_id, s.running
  FROM said s
  WHERE s.stands AND (s.running OR s.live)
    AND (s.before OR EXISTS (SELECT 1 FROM orders_order o WHERE o.campaign_id = s.id
                             AND o.firm_id = s.firm_id AND o.state <> 'cancelled' OFFSET 0))
), together AS MATERIALIZED (
  SELECT category_id, count(DISTINCT firm_id) AS firms, count(DISTINCT campaign_id) AS campaigns
  FROM part WHERE category_id IS NOT NULL
  GROUP BY category_id HAVING count(DISTINCT firm_id) >= %(together)s
), member AS MATERIALIZED (
  SELECT m.id, m.firm_id, m.division_id,
         coalesce(m.joined_at, (SELECT created_at FROM accounts_firm WHERE id = m.firm_id))
           AS joined_at,
         m.firm_id NOT IN (SELECT firm_id FROM part) AS outside,
         m.firm_id NOT IN (SELECT firm_id FROM part WHERE running) AS idle
  FROM accounts_membership m
  WHERE m.cooperative_id = %(cooperative)s AND m.state = 'active'
    AND m.firm_id NOT IN (SELECT firm_id FROM outreach_quiet
                          WHERE cooperative_id = %(cooperative)s)
"""
# Below a member `m`: its last commitment that got nothing.
_FALL: Final = """
    SELECT l.id, r.campaign_id, r.at, l.verdict, l.quantity, l.price_limit, r.unit_price
    FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
    WHERE l.firm_id = m.firm_id AND l.cooperative_id = %(cooperative)s AND l.awarded = 0
      -- A clearing again has the lines of the one before; new in it is who lapsed.
      AND (r.reason = 'closing' OR l.verdict = 'lapsed')
    ORDER BY l.id DESC LIMIT 1
"""
# Below a member `m`: what it said that it needs, and what it bought by itself.
_NEEDS: Final = """
    FROM demand_need n WHERE n.firm_id = m.firm_id AND n.cooperative_id = %(cooperative)s
      AND n.state IN ('open', 'in_campaign', 'expired') AND n.created_at > %(memory)s
"""
_PURCHASES: Final = """
    FROM demand_purchase p WHERE p.firm_id = m.firm_id AND p.cooperative_id = %(cooperative)s
      AND p.purchased_date > %(memory)s::timestamptz::date
"""
_WHO: Final = f"""{_TOGETHER}
    AND (%(firm)s::uuid IS NULL OR m.firm_id = %(firm)s)
)
SELECT 'together', category_id, NULL, NULL, firms, campaigns FROM together
UNION ALL
SELECT 'outside', m.id, m.firm_id, m.division_id, NULL, NULL
FROM member m CROSS JOIN LATERAL (
  SELECT 1 FROM (SELECT n.item_id {_NEEDS} UNION ALL SELECT p.item_id {_PURCHASES}) w
  JOIN catalog_item i ON i.id = w.item_id
  WHERE i.category_id IN (SELECT category_id FROM together) LIMIT 1) w
WHERE m.outside
UNION ALL
SELECT 'fell_out', m.id, m.firm_id, m.division_id, NULL, NULL
FROM member m CROSS JOIN LATERAL ({_FALL}) l
WHERE m.idle AND NOT EXISTS (
  -- It won something at a clearing since.
  SELECT 1 FROM campaigns_clearingline w JOIN orders_order o ON o.clearing_line_id = w.id
  WHERE w.firm_id = m.firm_id AND w.id > l.id AND w.cooperative_id = %(cooperative)s
    AND w.awarded > 0 AND o.state <> 'cancelled' OFFSET 0)
UNION ALL
SELECT 'silent', m.id, m.firm_id, m.division_id, NULL, NULL
FROM member m
WHERE m.joined_at < %(silence)s
  AND m.firm_id NOT IN (SELECT firm_id FROM said WHERE accepted_at >= %(silence)s)
  AND NOT EXISTS (SELECT 1 FROM accounts_seat s JOIN accounts_user u ON u.id = s.user_id
                  WHERE s.firm_id = m.firm_id AND u.last_login >= %(silence)s)
  AND NOT EXISTS (SELECT 1 FROM outreach_listing g
                  WHERE g.firm_id = m.firm_id AND g.changed_at >= %(silence)s)
  AND m.firm_id NOT IN (
    SELECT firm_id FROM outreach_contact WHERE cooperative_id = %(cooperative)s
      AND answer IN ('interested', 'later', 'not_interested')
      AND coalesce(answered_at, at) >= %(silence)s)
  AND m.firm_id NOT IN (
    SELECT v.firm_id FROM outreach_introduction x CROSS JOIN LATERAL (
      VALUES (x.seeker_id, x.seeker_agreed_at), (x.giver_id, x.giver_agreed_at)) v (firm_id, at)
    WHERE x.cooperative_id = %(cooperative)s AND v.at >= %(silence)s)
  AND NOT EXISTS (SELECT 1 FROM demand_need n WHERE n.firm_id = m.firm_id
                  AND n.cooperative_id = %(cooperative)s AND n.created_at >= %(silence)s)
"""  # noqa: S608 - of the constants above
_WHY: Final = f"""
WITH together AS (
  SELECT * FROM unnest(%(categories)s::uuid[], %(buyers)s::int[], %(bought)s::int[])
    AS t (category_id, firms, campaigns)
), member AS (
  SELECT m.firm_id, coalesce(m.joined_at, f.created_at) AS joined_at
  FROM accounts_membership m JOIN accounts_firm f ON f.id = m.firm_id
  WHERE m.cooperative_id = %(cooperative)s AND m.firm_id = ANY(%(firms)s)
)
SELECT m.firm_id, h.at, wants.them,
       fall.campaign_id, fall.at, fall.verdict, fall.quantity, fall.price_limit, fall.unit_price
FROM member m
CROSS JOIN LATERAL (SELECT greatest(
  m.joined_at,
  (SELECT max(accepted_at) FROM campaigns_commitment
   WHERE firm_id = m.firm_id AND cooperative_id = %(cooperative)s),
  (SELECT max(created_at) FROM demand_need
   WHERE firm_id = m.firm_id AND cooperative_id = %(cooperative)s),
  (SELECT max(coalesce(answered_at, at)) FROM outreach_contact
   WHERE firm_id = m.firm_id AND cooperative_id = %(cooperative)s
     AND answer IN ('interested', 'later', 'not_interested')),
  (SELECT max(seeker_agreed_at) FROM outreach_introduction
   WHERE seeker_id = m.firm_id AND cooperative_id = %(cooperative)s),
  (SELECT max(giver_agreed_at) FROM outreach_introduction
   WHERE giver_id = m.firm_id AND cooperative_id = %(cooperative)s),
  (SELECT max(u.last_login) FROM accounts_seat s JOIN accounts_user u ON u.id = s.user_id
   WHERE s.firm_id = m.firm_id),
  (SELECT max(changed_at) FROM outreach_listing WHERE firm_id = m.firm_id)) AS at OFFSET 0) h
LEFT JOIN LATERAL ({_FALL}) fall ON m.firm_id = ANY(%(fell_out)s)
LEFT JOIN LATERAL (
  SELECT jsonb_agg(it ORDER BY it ->> 'kind', it ->> 'day' DESC) AS them FROM (
    SELECT DISTINCT ON (i.category_id) jsonb_build_object(
      'category', i.category_id, 'item', w.item_id, 'kind', w.kind, 'day', w.day,
      'quantity', w.quantity, 'times', w.times, 'firms', t.firms, 'campaigns', t.campaigns) AS it
    FROM (
      SELECT n.item_id, 'need' AS kind, n.needed_by AS day, n.quantity, 1 AS times {_NEEDS}
      UNION ALL
      SELECT p.item_id, 'purchase', max(p.purchased_date), sum(p.quantity), count(*) {_PURCHASES}
      GROUP BY p.item_id
    ) w JOIN catalog_item i ON i.id = w.item_id JOIN together t ON t.category_id = i.category_id
    ORDER BY i.category_id, w.kind, w.day DESC, w.item_id
  ) one
) wants ON m.firm_id = ANY(%(outside)s)
"""  # noqa: S608 - of the constants above


@dataclass(frozen=True, slots=True)
class Found:
    """Who is left out of a cooperative, and by category what its members buy together.

    together: (how many firms, in how many campaigns).
    """

    rows: Sequence[LeftOut]
    together: Mapping[UUID, tuple[int, int]]

    def because(self, code: str, firm_ids: Sequence[UUID]) -> list[UUID]:
        """Those of the firms to which a reason applies."""
        among = set(firm_ids)
        return [row.firm_id for row in self.rows if row.firm_id in among and code in row.reasons]


def left_out_of(cooperative_id: UUID, at: datetime, *, firm_id: UUID | None = None) -> Found:
    """Every active member of a cooperative that is left out at `at`, or only one: one query.

    Firms that have asked to be left alone are not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHO, parameters(cooperative_id, at, firm_id))
        found = cursor.fetchall()
    members: dict[UUID, tuple[UUID, UUID | None]] = {}
    reasons: dict[UUID, set[str]] = defaultdict(set)
    together: dict[UUID, tuple[int, int]] = {}
    for code, pk, firm, division, firms, campaigns in found:
        if code == "together":
            together[pk] = (firms, campaigns)
        else:
            members[pk] = (firm, division)
            reasons[pk].add(code)
    rows = [
        LeftOut(
            membership_id=pk,
            firm_id=firm,
            division_id=division,
            reasons=tuple(code for code in REASON_CODES if code in reasons[pk]),
        )
        for pk, (firm, division) in members.items()
    ]
    return Found(rows, together)


def evidence_of(
    cooperative_id: UUID, found: Found, firm_ids: Sequence[UUID], at: datetime
) -> dict[UUID, Why]:
    """Why these members were found to be left out, by firm; nothing of those that were not.

    One query.
    """
    reasons = {row.firm_id: row.reasons for row in found.rows}
    firms = [firm for firm in firm_ids if firm in reasons]
    given = parameters(cooperative_id, at) | {
        "firms": firms,
        "outside": found.because("outside", firms),
        "fell_out": found.because("fell_out", firms),
        "categories": list(found.together),
        "buyers": [firms for firms, _ in found.together.values()],
        "bought": [campaigns for _, campaigns in found.together.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(_WHY, given)
        rows = cursor.fetchall()
    return {
        firm: Why(
            heard_at=heard,
            silent="silent" in reasons[firm],
            wants=tuple(_want(one) for one in _read(wants)),
            fall=Fall(*fall) if fall[0] else None,
        )
        for firm, heard, wants, *fall in rows
    }


def parameters(cooperative_id: UUID, at: datetime, firm_id: UUID | None = None) -> dict[str, Any]:
    """What the statements are given."""
    return {
        "firm": firm_id,
        "cooperative": cooperative_id,
        "recent": at - RECENT,
        "memory": at - MEMORY,
        "silence": at - SILENCE,
        "together": TOGETHER,
    }


def _read(wants: Any) -> list[dict[str, Any]]:
    """Django leaves jsonb of a raw cursor as text."""
    if isinstance(wants, str):
        return json.loads(wants)  # type: ignore[no-any-return]
    return wants or []


def _want(one: dict[str, Any]) -> Want:
    day = parse_date(one["day"])
    assert day is not None  # noqa: S101 - the database writes its own dates
    return Want(
        category_id=UUID(one["category"]),
        item_id=UUID(one["item"]),
        kind=one["kind"],
        day=day,
        quantity=int(one["quantity"]),
        times=int(one["times"]),
        firms=one["firms"],
        campaigns=one["campaigns"],
    )
