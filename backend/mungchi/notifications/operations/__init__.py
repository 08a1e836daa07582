"""Telling people, letting them read, and mailing."""

from mungchi.notifications.operations.mailing import send_one
from mungchi.notifications.operations.reading import mark_read
from mungchi.notifications.operations.telling import tell

__all__ = ["mark_read", "send_one", "tell"]
