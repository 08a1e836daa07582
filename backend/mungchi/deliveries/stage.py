"""Work pulled by the pipeline: claims, and the end of campaigns."""

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.deliveries import operations, queries


def settle_claims() -> int:
    """Ask for the refunds of claims that were accepted; return how many."""
    return work_through(
        queries.claims_to_settle(), lambda pk: operations.settle_claim(claim_id=pk)
    )  # fmt: skip


def pass_on_claims() -> int:
    """Let the office decide claims that nobody answered in time; return how many."""
    at = clock.now()
    return work_through(
        queries.claims_out_of_time(at), lambda pk: operations.pass_on_claim(claim_id=pk, at=at)
    )


def remind_of_claims() -> int:
    """Tell whoever has to answer a claim that the time runs out, once; return how many."""
    at = clock.now()
    return work_through(
        queries.claims_to_remind(at), lambda pk: operations.remind_of_claim(claim_id=pk, at=at)
    )


def complete_campaigns() -> int:
    """Complete every campaign all of whose orders were received; return how many."""
    return work_through(
        queries.campaigns_received(), lambda pk: operations.complete_campaign(campaign_id=pk)
    )
