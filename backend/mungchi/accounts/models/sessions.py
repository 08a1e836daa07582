"""Sessions of browsers: who, from where, since when, last seen. Django's session engine on them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from mungchi.accounts.models.places import User
from mungchi.common.ids import uuid7

LONGEST_AGENT = 300


class Session(AbstractBaseSession):
    """A browser's session; `user` is null before anybody has signed in there.

    The row has a key of its own, which may be shown: whoever knows `session_key` is signed in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session_key = models.CharField(max_length=40, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=LONGEST_AGENT, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) | models.Q(signed_in_at__isnull=False),
                name="whoever_is_signed_in_did_so_at_some_time",
            )
        ]
        indexes = [models.Index(fields=["user", "-last_seen_at"], name="sessions_by_person")]

    def __str__(self) -> str:
        return f"{self.user or '-'} · {self.ip or '-'}"

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        """Django asks the model for its engine."""
        return SessionStore


class SessionStore(DatabaseStore):
    """The engine (settings.SESSION_ENGINE): what the row shows is saved with the session."""

    # How long a request may go unnoticed: one write a minute for each session in use.
    SEEN_EVERY: ClassVar[timedelta] = timedelta(minutes=1)

    # Says from where the browser asks just now (address, user agent); set for each request.
    visitor: Callable[[], tuple[str | None, str]] | None = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table of sessions."""
        return Session

    def load(self) -> dict[str, Any]:
        """Read the session, and remember when it was seen last."""
        row = self._get_session_from_db()
        self.seen_at = row.last_seen_at if row else None
        return self.decode(row.session_data) if row else {}

    def save(self, must_create: bool = False) -> None:
        """Write the session; CreateError when the key is taken, UpdateError when it has ended."""
        if self.session_key is None:
            return self.create()
        values = self._values(self._get_session(no_load=must_create))
        rows = Session.objects.filter(session_key=self.session_key)
        if not must_create:
            if not rows.update(**values):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                Session.objects.create(session_key=self.session_key, **values)
        except IntegrityError:
            if rows.exists():
                raise CreateError from None
            raise
        return None

    def _values(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the row holds. Since when somebody is signed in outlives a change of the key."""
        now = timezone.now()
        user = data.get("_auth_user_id")
        if user:
            data.setdefault("signed_in_at", now.isoformat())
        self.seen_at = now
        return {
            "session_data": self.encode(data),
            "expire_date": self.get_expiry_date(),
            "user_id": user,
            "signed_in_at": data["signed_in_at"] if user else None,
            **self._seen(now),
        }

    def _seen(self, now: datetime) -> dict[str, Any]:
        if self.visitor is None:
            return {"last_seen_at": now}
        ip, agent = self.visitor()
        return {"last_seen_at": now, "ip": ip, "agent": agent[:LONGEST_AGENT]}

    def note_visit(self) -> None:
        """Write down that the session was used, at most once in SEEN_EVERY."""
        now = timezone.now()
        if self.seen_at is None or now - self.seen_at < self.SEEN_EVERY:
            return
        self.seen_at = now
        rows = Session.objects.filter(session_key=self.session_key, user__isnull=False)
        rows.filter(last_seen_at__lt=now - self.SEEN_EVERY).update(**self._seen(now))
