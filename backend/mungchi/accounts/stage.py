"""Work pulled by the pipeline: letters that wait, sessions that ran out, lists of members."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.accounts import operations
from mungchi.accounts.models import Letter
from mungchi.accounts.operations.member_lists import TAKE_QUEUE, TAKE_TASK
from mungchi.common.mailing import send_waiting


def send_letters() -> int:
    """Send the letters that wait; return how many went out."""
    return send_waiting(Letter.objects.all(), operations.send_letter)


def forget_expired_sessions() -> int:
    """Delete sessions that have run out; returns how many."""
    return operations.forget_expired_sessions()


def resume_lists() -> int:
    """Queue again the lists of members whose job was lost."""
    return operations.resume_lost_lists()


@app.task(name=TAKE_TASK, queue=TAKE_QUEUE)
def take_members(list_id: str) -> None:
    """Take one list to its end."""
    operations.take_members(list_id=UUID(list_id))
