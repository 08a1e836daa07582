"""What of a clearing's totals may be told to whom: none that would give one other firm away."""

from decimal import Decimal

from mungchi.accounts.access import Actor
from mungchi.campaigns.domain.ladder import gives_away
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.campaigns.queries.visibility import lines_visible_to


def may_know_totals(actor: Actor, campaign: Campaign, run: ClearingRun) -> bool:
    """Whether this seat may be told the quantities of a clearing: at most one query.

    The host's office may, and the supplier who gets the order. Anybody else knows some of the lines
    (its own, or its members'), and may when more than one other firm is behind a total, or none is.
    """
    if actor.is_office and actor.cooperative_id == campaign.host_id:
        return True
    offer = campaign.awarded_offer
    if actor.is_firm and offer is not None and offer.supplier_id == actor.firm_id:
        return True
    known = list(
        lines_visible_to(actor, run)
        # Who had not answered was counted in no total.
        .exclude(verdict="unanswered")
        .values_list("awarded", "price_limit")
    )
    if run.unit_price is not None:
        return not gives_away(run.firms, sum(1 for awarded, _ in known if awarded))
    # Of a campaign that failed, the sentence may name what could be ordered at the closest tier.
    return not any(
        gives_away(row["firms"], sum(1 for _, limit in known if _affords(limit, row["unit_price"])))
        for row in run.tiers
    )


def _affords(limit: Decimal | None, price: str) -> bool:
    return limit is None or limit >= Decimal(price)
