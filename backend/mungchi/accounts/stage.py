"""Work pulled by the pipeline: letters that wait to be sent."""

from mungchi.accounts import operations
from mungchi.accounts.models import Letter
from mungchi.common.mailing import send_waiting


def send_letters() -> int:
    """Send the letters that wait; return how many went out."""
    return send_waiting(Letter.objects.all(), operations.send_letter)
