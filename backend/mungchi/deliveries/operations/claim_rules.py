"""What a cooperative says of claims: how long members may make them, and how long sides have."""

from datetime import datetime

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.history import record
from mungchi.deliveries import queries
from mungchi.deliveries.models import ClaimRules
from mungchi.deliveries.queries import Rules


def set_claim_rules(*, actor: Actor, claim_days: int, answer_days: int) -> Rules:
    """The office sets both, in days. What arrived before keeps its time where that is longer; who
    has to answer already keeps the day that was named. The same again: changes nothing."""
    with transaction.atomic():
        office = Cooperative.objects.select_for_update(no_key=True).get(pk=actor.cooperative_id)
        at: datetime = clock.now()
        before, now = queries.rules_of(office.pk, at), Rules(claim_days, answer_days)
        if before == now:
            return now
        ClaimRules.objects.create(
            cooperative=office, claim_days=claim_days, answer_days=answer_days, since=at
        )
        record(office, kind="claim_rules_set", actor=actor, at=at, cooperative_id=office.pk,
               data={"before": before._asdict(), "after": now._asdict()})  # fmt: skip
        return now
