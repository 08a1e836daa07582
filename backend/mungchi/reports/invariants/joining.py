"""What is promised to firms about what waits inside them, and about their plans B."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

JOINING: Final = (
    Rule("a_yes_comes_in_time", "what an owner approves is approved before the campaign closes", """
SELECT a.id AS request, a.campaign_id AS campaign,
       format('approved at %%s, closes at %%s, closed at %%s', a.decided_at, k.closes_at,
              k.closed_at) AS problem
FROM campaigns_approvalrequest a JOIN campaigns_campaign k ON k.id = a.campaign_id
WHERE a.state = 'approved'
  AND (a.decided_at < k.closes_at AND a.decided_at >= k.opened_at
       AND a.decided_at <= coalesce(k.closed_at, a.decided_at)) IS NOT TRUE"""),
    Rule("a_plan_b_takes_what_was_not_given",
         "plans B are for no more than the commitment, and for none of what was kept", """
SELECT p.id AS plan, p.commitment_id AS commitment,
       format('%%s of %%s', sum(r.quantity), c.quantity) AS problem
FROM campaigns_planb p JOIN campaigns_commitment c ON c.id = p.commitment_id
JOIN campaigns_planbresult r ON r.plan_id = p.id
JOIN campaigns_campaign k ON k.id = p.campaign_id
LEFT JOIN LATERAL (
  SELECT l.awarded FROM campaigns_clearingline l JOIN campaigns_clearingrun n ON n.id = l.run_id
  WHERE l.commitment_id = c.id ORDER BY n.number DESC LIMIT 1) w ON true
GROUP BY p.id, p.commitment_id, c.quantity, k.state, w.awarded
HAVING sum(r.quantity) > c.quantity
       - CASE WHEN k.state IN ('failed', 'cancelled') THEN 0 ELSE coalesce(w.awarded, 0) END"""),
    Rule("who_has_not_answered_gets_nothing",
         "a firm is out as unanswered exactly where it had not answered a changed offer", """
SELECT r.campaign_id AS campaign, l.id AS line,
       format('%%s; has to answer: %%s', l.verdict, c.must_answer) AS problem
FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
JOIN campaigns_commitment c ON c.id = l.commitment_id
WHERE (l.verdict = 'unanswered') <> c.must_answer"""),
    Rule("the_offer_stands_as_last_changed",
         "an offer is what its last change says, and nobody agreed to a later one", """
SELECT k.id AS campaign, x.id AS change, 'the offer is otherwise' AS problem
FROM campaigns_offerchange x JOIN campaigns_campaign k
  ON k.id = x.campaign_id AND k.terms_version = x.version
JOIN campaigns_offer o ON o.id = x.offer_id
WHERE ((x.terms->>'pack_size')::int, (x.terms->>'capacity')::int,
       (x.terms->>'lead_time_days')::int, (x.terms->>'delivery_cost')::bigint,
       (x.terms->>'valid_until')::timestamptz, x.terms->'tiers',
       coalesce(x.terms->'differences', '[]'))
   IS DISTINCT FROM (o.pack_size, o.capacity, o.lead_time_days::int, o.delivery_cost,
       o.valid_until, (SELECT jsonb_agg(jsonb_build_array(t.min_quantity,
                         trim_scale(t.unit_price)::text) ORDER BY t.min_quantity)
                       FROM campaigns_offertier t WHERE t.offer_id = o.id),
       (SELECT coalesce(jsonb_agg(trim_scale(d)::text ORDER BY place), '[]')
        FROM unnest(o.differences) WITH ORDINALITY u (d, place)))
UNION ALL
SELECT k.id, c.id, format('agreed to %%s of %%s', c.agreed_version, k.terms_version)
FROM campaigns_commitment c JOIN campaigns_campaign k ON k.id = c.campaign_id
WHERE c.agreed_version > k.terms_version"""),
)  # fmt: skip
