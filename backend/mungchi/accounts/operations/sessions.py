"""Ending sessions."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Session, User
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import record


def end_session(*, actor: Actor, user: User, session_id: UUID) -> None:
    """A person ends one of its sessions: whoever uses it is signed out with the next request.

    Raises NotFound, also for one that has ended already.
    """
    with transaction.atomic():
        ended, _ = queries.sessions_of(user).filter(pk=session_id).delete()
        if not ended:
            raise NotFound
        record(user, kind="session_ended", actor=actor, at=clock.now())


def end_other_sessions(*, actor: Actor, user: User, kept: str | None) -> int:
    """A person signs out everywhere but in the session with the key `kept`; returns how many."""
    with transaction.atomic():
        ended, _ = Session.objects.filter(user=user).exclude(session_key=kept or "").delete()
        if ended:
            record(
                user, kind="sessions_ended", actor=actor, at=clock.now(), data={"sessions": ended}
            )
        return ended


def change_password(*, user: User, password: str, kept: str | None) -> None:
    """A person has a new password; all its sessions but the one with the key `kept` end."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        himself = Actor(role="", user_id=user.pk, user_name=user.called)
        record(user, kind="password_changed", actor=himself, at=clock.now())
        end_other_sessions(actor=himself, user=user, kept=kept)


def forget_expired_sessions() -> int:
    """Delete the sessions that have run out; returns how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]
