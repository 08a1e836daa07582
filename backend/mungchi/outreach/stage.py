"""Work pulled by the pipeline."""

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.outreach import operations, queries
from mungchi.outreach.operations.surveying import EVERY

# A run surveys so many cooperatives, so that it does not keep orders and e-mails waiting.
SURVEYED_PER_RUN = 20


def expire_introductions() -> int:
    """Close introductions that nobody answered in time."""
    return operations.expire_introductions(at=clock.now())


def survey_cooperatives() -> int:
    """Look through cooperatives whose last survey is an hour ago for who is left out."""
    at = clock.now()
    due = queries.due_surveys(at - EVERY, SURVEYED_PER_RUN)
    return work_through(
        due, lambda pk: min(1, operations.survey_cooperative(cooperative_id=pk, at=at))
    )
