"""What is promised to firms that are brought together or sought out."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

SEEKING: Final = (
    Rule("nobody_is_introduced_unasked", "both firms had agreed before they were introduced", """
SELECT id AS introduction, format('%%s at %%s; agreed %%s and %%s', state, introduced_at,
                                  seeker_agreed_at, giver_agreed_at) AS problem
FROM outreach_introduction
WHERE state IN ('introduced', 'worked_out', 'came_to_nothing')
  AND (introduced_at >= greatest(seeker_agreed_at, giver_agreed_at)
       AND seeker_agreed_at IS NOT NULL AND giver_agreed_at IS NOT NULL) IS NOT TRUE"""),
    Rule("introductions_are_among_members",
         "both firms of an introduction are or were members of the cooperative that carries it, or "
         "of the partner that has the other one", """
SELECT x.id AS introduction, v.firm_id AS firm, 'never a member of ' || x.cooperative_id AS problem
FROM outreach_introduction x CROSS JOIN LATERAL (
  VALUES (x.seeker_id), (x.giver_id)) v (firm_id)
WHERE NOT EXISTS (SELECT 1 FROM accounts_membership m
                  WHERE m.cooperative_id IN (x.cooperative_id, x.partner_id)
                    AND m.firm_id = v.firm_id)"""),
    Rule("who_is_left_alone_is", "no office turned to a firm since that asked to be left alone", """
SELECT c.id AS contact, c.firm_id AS firm,
       format('%%s on %%s, left alone since %%s', c.how, c.created_at, q.since_at) AS problem
FROM outreach_contact c JOIN outreach_quiet q
  ON q.cooperative_id = c.cooperative_id AND q.firm_id = c.firm_id
WHERE c.created_at > q.since_at"""),
    Rule("who_is_left_alone_is_asked_nothing",
         "no office asked a firm for a need since that asked to be left alone", """
SELECT p.id AS proposal, p.firm_id AS firm,
       format('%%s on %%s, left alone since %%s', p.rhythm, p.created_at, q.since_at) AS problem
FROM demand_proposedneed p JOIN outreach_quiet q
  ON q.cooperative_id = p.cooperative_id AND q.firm_id = p.firm_id
WHERE p.rhythm IN ('asked', 'missed') AND p.created_at > q.since_at"""),
    Rule("a_return_is_a_commitment", "a firm returned with a commitment made since it was left out",
         """
SELECT s.id AS spell, s.campaign_id AS campaign, 'no commitment since ' || s.began_at AS problem
FROM outreach_spell s
WHERE s."end" = 'returned' AND NOT EXISTS (
  SELECT 1 FROM campaigns_commitment c
  WHERE c.campaign_id = s.campaign_id AND c.firm_id = s.firm_id
    AND c.cooperative_id = s.cooperative_id AND c.accepted_at >= s.began_at)"""),
)  # fmt: skip
