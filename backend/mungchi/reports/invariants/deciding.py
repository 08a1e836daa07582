"""What waits in an office, and what was decided about going on, belongs to a campaign's state."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

DECIDING: Final = (
    Rule("what_waits_can_still_be_decided",
         "a decision waits for a second coordinator only while it could be carried out", """
SELECT d.id AS decision, d.campaign_id AS campaign,
       format('%%s waits, and the campaign is %%s', d.kind, k.state) AS problem
FROM campaigns_decision d JOIN campaigns_campaign k ON k.id = d.campaign_id
WHERE d.state = 'waiting' AND (d.kind, k.state) NOT IN (
  ('award', 'sourcing'), ('close', 'open'), ('close', 'filling'), ('word', 'settling'),
  ('pay', 'settling'), ('fail', 'settling'), ('fail', 'ordered'))"""),
    Rule("a_price_is_held_for_a_campaign_that_goes_on",
         "of a failed campaign no price is held, and of one that is not settled none is asked", """
SELECT h.id AS hold, h.campaign_id AS campaign,
       format('%%s is %%s, and the campaign is %%s', h.kind, h.state, k.state) AS problem
FROM campaigns_hold h JOIN campaigns_campaign k ON k.id = h.campaign_id
WHERE (h.state = 'asked' AND k.state <> 'settling')
   OR (h.state = 'held' AND k.state IN ('failed', 'cancelled'))"""),
)  # fmt: skip
