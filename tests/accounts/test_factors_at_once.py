"""Two people's worth of haste about the factors of one."""

import threading
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection
from tests.accounts.people import person
from tests.committing import committing
from tests.factories.accounts import FirmFactory, SeatFactory

from mungchi.accounts import operations
from mungchi.accounts.access import Actor
from mungchi.accounts.operations.factors import SecondFactorNeeded

__all__ = ["committing"]


def test_two_removals_at_once_leave_one(committing: None, settings: Any) -> None:
    """Each would leave the other's factor: one of them must find that it is the last."""
    settings.SECOND_FACTOR_REQUIRED = True
    user = person()
    SeatFactory(user=user, role="owner", firm=FirmFactory())
    factors = [
        Authenticator.objects.create(user=user, type="webauthn", data={"name": str(n)}).pk
        for n in range(2)
    ]
    actor = Actor(role="", user_id=user.pk, user_name=user.called)
    together, ended = threading.Barrier(2), []

    def remove(pk: int) -> None:
        together.wait(10)
        try:
            operations.remove_factors(actor=actor, user=user, ids=[pk])
            ended.append("removed")
        except SecondFactorNeeded:
            ended.append("needed")
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=[pk]) for pk in factors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended) == ["needed", "removed"]
    assert Authenticator.objects.filter(user=user).count() == 1
