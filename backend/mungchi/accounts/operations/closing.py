"""A person's account is closed, by the person or by an operator at its request.

Closing ends every way in at once: seats, sessions, keys, factors. What says who the person was is
taken out of the database a moment later, by the pipeline (erasing.py): a request stands behind the
second wall, and could not reach it.
"""

from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat, SeatInvitation, Session, User
from mungchi.accounts.operations.factors import NotYourOwn, PersonUnknown
from mungchi.accounts.operations.invitations import revoke_all
from mungchi.accounts.operations.seats import end_seat
from mungchi.accounts.queries import people
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.models import Erasure


def close_account(*, actor: Actor, user: User) -> Erasure:
    """A person closes its own account. Raises LastKeeper: the place is handed over first."""
    with transaction.atomic():
        return _close(user, actor, why="")


def close_account_for(*, actor: Actor, email: str, why: str) -> Erasure:
    """An operator closes the account of somebody who asked for it; `why` says how it is known.

    Again: changes nothing. Raises PersonUnknown, NotYourOwn, LastKeeper.
    """
    with transaction.atomic():
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise PersonUnknown
        if user.pk == actor.user_id:
            raise NotYourOwn
        return _close(user, actor, why=why)


def _close(user: User, actor: Actor, *, why: str) -> Erasure:
    seats = list(Seat.objects.filter(user=user).order_by("firm_id", "cooperative_id"))
    # Places first and the person behind them, as whoever accepts or takes a seat does.
    for seat in seats:
        if seat.firm_id or seat.cooperative_id:
            people.lock_place(firm_id=seat.firm_id, cooperative_id=seat.cooperative_id)
    queries.lock_person(user.pk)
    known = Erasure.objects.filter(user_id=user.pk).first()
    if known is not None:
        return known
    for seat in Seat.objects.select_related("user").filter(user=user):
        end_seat(seat, actor, "seat_left" if actor.user_id == user.pk else "seat_removed")
    revoke_all(
        SeatInvitation.objects.filter(email__iexact=user.email, state="pending"), actor=actor
    )
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "is_staff", "is_superuser", "password"])
    user.authenticator_set.all().delete()
    Session.objects.filter(user=user).delete()
    at = clock.now()
    record(user, kind="account_closing", actor=actor, at=at, why=why)
    # Written without being read back: behind the wall an operator sees none but its own.
    found = Erasure(user_id=user.pk, asked_at=at, asked_by=actor.user_id, why=why)
    found.save(force_insert=True)
    wake_pipeline()
    return found
