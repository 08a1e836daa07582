"""Telling people, letting them read, and mailing."""

from mungchi.notifications.operations.mailing import claim_mail, put_back_mail, send_one
from mungchi.notifications.operations.reading import mark_read
from mungchi.notifications.operations.telling import tell

__all__ = ["claim_mail", "mark_read", "put_back_mail", "send_one", "tell"]
