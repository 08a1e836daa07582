"""Work pulled by the pipeline: the end of campaigns."""

from mungchi.common.jobs import work_through
from mungchi.deliveries import operations, queries


def complete_campaigns() -> int:
    """Complete every campaign all of whose orders were received; return how many."""
    return work_through(
        queries.campaigns_received(), lambda pk: operations.complete_campaign(campaign_id=pk)
    )
