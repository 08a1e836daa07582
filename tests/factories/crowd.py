"""Many at once, by COPY: firms, their people, and what they commit to. For load and crash tests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership, Seat, User
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.ids import uuid7


def copy(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY with the model's own defaults for fields that are not named, as saving would have them.

    A field that is added to a model with a default, or that may be blank, needs nothing here.
    """
    rest = [
        field for field in model._meta.concrete_fields
        if field.attname not in fields and not field.primary_key and not field.has_db_default()
        and not field.null
    ]  # fmt: skip
    defaults = tuple(field.get_default() for field in rest)
    names = (*fields, *(field.attname for field in rest))
    copy_rows(model, names, [(*row, *defaults) for row in rows])


@dataclass(frozen=True)
class Terms:
    """What one firm commits to."""

    quantity: int
    tolerance: int = 0
    minimum: int = 0
    price_limit: Decimal | None = None


def firms(cooperative: Cooperative, count: int, name: str = "군중") -> list[UUID]:
    """Make `count` active member firms of a cooperative; return their ids."""
    at = clock.now()
    ids = [uuid7() for _ in range(count)]
    with transaction.atomic():
        copy(
            Firm,
            ("id", "name", "created_at"),
            [(pk, f"{name} {n}", at) for n, pk in enumerate(ids)],
        )
        copy(
            Membership,
            ("id", "cooperative_id", "firm_id", "state", "joined_at"),
            [(uuid7(), cooperative.pk, pk, "active", at) for pk in ids],
        )
    return ids


def buyers(firm_ids: Sequence[UUID]) -> list[Actor]:
    """Give each firm a person with a seat; return their actors."""
    at = clock.now()
    actors = [
        Actor(role="owner", user_id=uuid7(), user_name=f"사람 {n}", seat_id=uuid7(), firm_id=firm)
        for n, firm in enumerate(firm_ids)
    ]
    with transaction.atomic():
        copy(
            User,
            ("id", "password", "email", "name", "date_joined"),
            [(one.user_id, "!", f"{one.user_id}@crowd.example", one.user_name, at)
             for one in actors],
        )  # fmt: skip
        copy(
            Seat,
            ("id", "user_id", "role", "firm_id", "created_at"),
            [(one.seat_id, one.user_id, one.role, one.firm_id, at) for one in actors],
        )
    return actors


def some_terms(random: Random, prices: Sequence[str]) -> Terms:
    """Draw what a firm might commit to on a ladder of these prices."""
    quantity = random.randint(1, 40)
    limit = random.choice([None, None, *prices])
    return Terms(
        quantity=quantity,
        tolerance=random.choice([0, 0, 2, 5]),
        minimum=random.choice([0, 0, 0, 1, quantity]),
        price_limit=None if limit is None else Decimal(limit),
    )


def commit_all(campaign: Campaign, firm_ids: Sequence[UUID], terms: Sequence[Terms]) -> None:
    """Commit each firm, through the host, as the operation would: one row and one event each."""
    with transaction.atomic():
        at = clock.now()
        copy(
            Commitment,
            ("id", "campaign_id", "firm_id", "cooperative_id", "state", "quantity", "tolerance",
             "minimum", "price_limit", "accepted_at"),
            [(uuid7(), campaign.pk, firm, campaign.host_id, "active", one.quantity, one.tolerance,
              one.minimum, one.price_limit, at)
             for firm, one in zip(firm_ids, terms, strict=True)],
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO common_history (at, kind, subject_type, subject_id, thread, "
                "cooperative_id, firm_id, from_state, to_state, why, data, user_name, role) "
                "SELECT c.accepted_at, 'commitment_made', 'campaigns.commitment', c.id, "
                "c.campaign_id, %s, c.firm_id, '', 'active', '', jsonb_build_object('after', "
                "jsonb_build_object('quantity', c.quantity)), 'crowd', 'owner' "
                "FROM campaigns_commitment c WHERE c.campaign_id = %s AND c.accepted_at = %s "
                "ORDER BY c.arrival",
                [campaign.host_id, campaign.pk, at],
            )
