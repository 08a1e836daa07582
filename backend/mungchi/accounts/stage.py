"""Work pulled by the pipeline: partnerships that end, and what the tax service says of firms."""

from mungchi.accounts import operations, queries
from mungchi.accounts.providers import LookUpFailed, tax_office
from mungchi.common import clock
from mungchi.common.jobs import work_through

# A run ends after so many, so that a long list keeps nothing else waiting.
ASKED_PER_RUN = 5


def end_partnerships() -> int:
    """End the partnerships whose last day is over; return how many."""
    return work_through(
        queries.partnerships_over(clock.now()),
        lambda pk: operations.close_partnership(partnership_id=pk),
    )


def look_up_tax_status() -> int:
    """Ask the tax service about firms that are due; return how many it answered for.

    Without an address to ask (TAX_STATUS_URL) nothing is due. After a failure the next run goes on.
    """
    office = tax_office()
    if office is None:
        return 0
    done = 0
    for _ in range(ASKED_PER_RUN):
        claimed = operations.claim_tax_statuses(most=office.most)
        if not claimed:
            break
        try:
            answers = office.look_up([number for _, number in claimed])
        except LookUpFailed as failure:
            operations.record_tax_failure(claimed=claimed, reason=failure.reason)
            break
        done += operations.record_tax_answers(claimed=claimed, answers=answers)
    return done
