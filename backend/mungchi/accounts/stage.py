"""Work pulled by the pipeline: letters, sessions that ran out, lists of members, partnerships that
end, and what the tax service says of firms."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.accounts import operations, queries
from mungchi.accounts.models import Letter
from mungchi.accounts.operations.member_lists import TAKE_QUEUE, TAKE_TASK
from mungchi.accounts.providers import LookUpFailed, tax_office
from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.common.mailing import send_waiting

# A run ends after so many, so that a long list keeps nothing else waiting.
ASKED_PER_RUN = 5


def send_letters() -> int:
    """Send the letters that wait; return how many went out."""
    return send_waiting(Letter.objects.all(), operations.send_letter)


def forget_expired_sessions() -> int:
    """Delete sessions that have run out; returns how many."""
    return operations.forget_expired_sessions()


def erase_people() -> int:
    """Take closed accounts' people out of the database; return how many."""
    return work_through(
        queries.people_to_erase(), lambda pk: operations.erase_person(erasure_id=pk)
    )


def resume_lists() -> int:
    """Queue again the lists of members whose job was lost."""
    return operations.resume_lost_lists()


@app.task(name=TAKE_TASK, queue=TAKE_QUEUE)
def take_members(list_id: str) -> None:
    """Take one list to its end."""
    operations.take_members(list_id=UUID(list_id))


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
