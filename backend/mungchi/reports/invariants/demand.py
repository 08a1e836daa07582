"""What is kept of needs beside them."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

DEMAND: Final = (
    Rule("a_pool_knows_its_first_day", "a pool's first day is that of the needs in it", """
SELECT p.id AS pool, format('%%s, its needs %%s', p.first_day, n.first_day) AS problem
FROM demand_pool p
LEFT JOIN (SELECT pool_id, min(needed_by) AS first_day FROM demand_need
           WHERE state IN ('open', 'in_campaign') GROUP BY pool_id) n ON n.pool_id = p.id
WHERE p.first_day IS DISTINCT FROM n.first_day"""),
)  # fmt: skip
