"""Who is left out of a cooperative: one statement for all its members, evidence and all.

Every part starts at the cooperative or at a member and goes by an index, so that what others do in
the same database costs nothing.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.dateparse import parse_date

from mungchi.outreach.domain.leftout import MEMORY, RECENT, SILENCE, TOGETHER, Fall, LeftOut, Want

_SQL: Final = """
WITH member AS MATERIALIZED (
  SELECT m.id, m.firm_id, m.division_id, coalesce(m.joined_at, f.created_at) AS joined_at
  FROM accounts_membership m JOIN accounts_firm f ON f.id = m.firm_id
  WHERE m.cooperative_id = %(cooperative)s AND m.state = 'active'
    AND NOT EXISTS (SELECT 1 FROM outreach_quiet q
                    WHERE q.cooperative_id = m.cooperative_id AND q.firm_id = m.firm_id)
), live AS MATERIALIZED (
  -- By key, one campaign after the other (OFFSET 0): the planner would read them all.
  SELECT k.id, k.item_id, k.state
  FROM (SELECT DISTINCT campaign_id FROM campaigns_commitment
        WHERE cooperative_id = %(cooperative)s) c
  CROSS JOIN LATERAL (SELECT id, item_id, state, closed_at FROM campaigns_campaign
                      WHERE id = c.campaign_id OFFSET 0) k
  WHERE k.state IN ('open', 'closing', 'settling', 'ordered', 'delivering')
     OR (k.state = 'completed' AND k.closed_at > %(recent)s)
), part AS MATERIALIZED (
  -- What members take part in: before the clearing by commitment, after it by what they won.
  SELECT c.firm_id, k.id AS campaign_id, k.item_id, k.state <> 'completed' AS running
  FROM live k JOIN campaigns_commitment c
    ON c.campaign_id = k.id AND c.cooperative_id = %(cooperative)s AND c.state = 'active'
  WHERE k.state IN ('open', 'closing')
     OR EXISTS (SELECT 1 FROM orders_order o WHERE o.campaign_id = k.id
                AND o.firm_id = c.firm_id AND o.state <> 'cancelled')
), together AS MATERIALIZED (
  SELECT i.category_id, count(DISTINCT p.firm_id) AS firms,
         count(DISTINCT p.campaign_id) AS campaigns
  FROM part p JOIN catalog_item i ON i.id = p.item_id
  WHERE i.category_id IS NOT NULL
  GROUP BY i.category_id HAVING count(DISTINCT p.firm_id) >= %(together)s
), outside AS MATERIALIZED (
  SELECT m.firm_id FROM member m WHERE NOT EXISTS (SELECT 1 FROM part p
                                                   WHERE p.firm_id = m.firm_id)
), bought AS (
  SELECT p.firm_id, p.item_id, max(p.purchased_date) AS day, count(*) AS times,
         sum(p.quantity) AS quantity
  FROM demand_purchase p
  WHERE p.cooperative_id = %(cooperative)s AND p.purchased_date > %(memory)s::timestamptz::date
    AND p.firm_id IN (SELECT firm_id FROM outside)
  GROUP BY p.firm_id, p.item_id
), want AS (
  SELECT DISTINCT ON (w.firm_id, i.category_id) w.firm_id, jsonb_build_object(
      'category', i.category_id, 'item', w.item_id, 'kind', w.kind, 'day', w.day,
      'quantity', w.quantity, 'times', w.times, 'firms', t.firms, 'campaigns', t.campaigns) AS it
  FROM (
    SELECT n.firm_id, n.item_id, 'need' AS kind, n.needed_by AS day, n.quantity, 1 AS times
    FROM demand_need n
    WHERE n.cooperative_id = %(cooperative)s AND n.state IN ('open', 'in_campaign', 'expired')
      AND n.created_at > %(memory)s AND n.firm_id IN (SELECT firm_id FROM outside)
    UNION ALL SELECT firm_id, item_id, 'purchase', day, quantity, times FROM bought
  ) w JOIN catalog_item i ON i.id = w.item_id JOIN together t ON t.category_id = i.category_id
  ORDER BY w.firm_id, i.category_id, w.kind, w.day DESC, w.item_id
), wants AS (
  SELECT firm_id, jsonb_agg(it ORDER BY it ->> 'kind', it ->> 'day' DESC) AS them
  FROM want GROUP BY firm_id
), idle AS MATERIALIZED (
  SELECT m.firm_id FROM member m WHERE NOT EXISTS (SELECT 1 FROM part p
                                                   WHERE p.firm_id = m.firm_id AND p.running)
), fall AS (
  SELECT m.firm_id, l.* FROM idle m CROSS JOIN LATERAL (
    SELECT r.campaign_id, r.at, l.verdict, l.quantity, l.price_limit, r.unit_price
    FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
    WHERE l.firm_id = m.firm_id AND l.cooperative_id = %(cooperative)s AND l.awarded = 0
      AND NOT EXISTS (SELECT 1 FROM campaigns_clearingrun n WHERE n.previous_id = r.id)
    ORDER BY l.id DESC LIMIT 1) l
  WHERE NOT EXISTS (SELECT 1 FROM orders_order o WHERE o.firm_id = m.firm_id
                    AND o.cooperative_id = %(cooperative)s AND o.state <> 'cancelled'
                    AND o.created_at > l.at)
), committed AS (
  SELECT firm_id, max(accepted_at) AS at FROM campaigns_commitment
  WHERE cooperative_id = %(cooperative)s GROUP BY firm_id
), needed AS (
  SELECT firm_id, max(created_at) AS at FROM demand_need
  WHERE cooperative_id = %(cooperative)s GROUP BY firm_id
), answered AS (
  SELECT firm_id, max(coalesce(answered_at, at)) AS at FROM outreach_contact
  WHERE cooperative_id = %(cooperative)s AND answer IN ('interested', 'later', 'not_interested')
  GROUP BY firm_id
), agreed AS (
  SELECT firm_id, max(at) AS at FROM outreach_introduction x CROSS JOIN LATERAL (
    VALUES (x.seeker_id, x.seeker_agreed_at), (x.giver_id, x.giver_agreed_at)) v (firm_id, at)
  WHERE x.cooperative_id = %(cooperative)s GROUP BY firm_id
), signed_in AS (
  SELECT s.firm_id, max(u.last_login) AS at FROM member m
  JOIN accounts_seat s ON s.firm_id = m.firm_id JOIN accounts_user u ON u.id = s.user_id
  GROUP BY s.firm_id
), listed AS (
  SELECT g.firm_id, max(g.changed_at) AS at FROM member m
  JOIN outreach_listing g ON g.firm_id = m.firm_id GROUP BY g.firm_id
), heard AS (
  SELECT m.*, greatest(m.joined_at, committed.at, needed.at, answered.at, agreed.at,
                       signed_in.at, listed.at) AS at
  FROM member m LEFT JOIN committed USING (firm_id) LEFT JOIN needed USING (firm_id)
  LEFT JOIN answered USING (firm_id) LEFT JOIN agreed USING (firm_id)
  LEFT JOIN signed_in USING (firm_id) LEFT JOIN listed USING (firm_id)
)
SELECT h.id, h.firm_id, h.division_id, h.at, h.at < %(silence)s AS silent, wants.them,
       fall.campaign_id, fall.at, fall.verdict, fall.quantity, fall.price_limit, fall.unit_price
FROM heard h LEFT JOIN wants USING (firm_id) LEFT JOIN fall USING (firm_id)
WHERE wants.them IS NOT NULL OR fall.at IS NOT NULL OR h.at < %(silence)s
"""


def left_out_of(cooperative_id: UUID, at: datetime) -> list[LeftOut]:
    """Every active member of a cooperative that is left out at `at`: one query.

    Firms that have asked to be left alone are not among them.
    """
    return list(_rows(cooperative_id, at))


def _rows(cooperative_id: UUID, at: datetime) -> Iterator[LeftOut]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, parameters(cooperative_id, at))
        found = cursor.fetchall()
    for membership, firm, division, heard, silent, wants, *fall in found:
        yield LeftOut(
            membership_id=membership,
            firm_id=firm,
            division_id=division,
            heard_at=heard,
            silent=silent,
            wants=tuple(_want(one) for one in _read(wants)),
            fall=Fall(*fall) if fall[0] else None,
        )


def parameters(cooperative_id: UUID, at: datetime) -> dict[str, Any]:
    """What the statement is given."""
    return {
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
