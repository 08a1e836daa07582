"""Reading standing offers, where they could go, and price lists that are brought in."""

from mungchi.pricelists.queries.using import (
    Costed,
    Fitting,
    cost_at,
    for_campaign,
    for_pool,
    left_for,
    origins_of,
    postable,
    refusal_of,
    terms_in,
)
from mungchi.pricelists.queries.visibility import (
    item_that_may_be_priced,
    locked_own,
    seen_by,
    today_of,
    valid_on,
    versions_before,
    versions_of,
    visible_to,
    with_parts,
)

__all__ = [
    "Costed",
    "Fitting",
    "cost_at",
    "for_campaign",
    "for_pool",
    "item_that_may_be_priced",
    "left_for",
    "locked_own",
    "origins_of",
    "postable",
    "refusal_of",
    "seen_by",
    "terms_in",
    "today_of",
    "valid_on",
    "versions_before",
    "versions_of",
    "visible_to",
    "with_parts",
]
