"""People, the firms they register, and cooperatives that are founded."""

from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.domain import business_number as numbers
from mungchi.accounts.models import Cooperative, Firm, Seat, User
from mungchi.accounts.operations.members import apply_for_membership
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record
from mungchi.common.text import Text


class BusinessNumberWrong(Invalid):
    """The number's length or check digit is wrong."""

    code = "business_number_wrong"
    field = "business_number"
    message = Text(
        ko="사업자등록번호가 올바르지 않습니다. 숫자 10자리를 다시 확인해 주십시오.",
        en="This is not a valid business registration number. Please check its ten digits.",
    )


class FirmExists(Conflict):
    """A firm with this number is registered already."""

    code = "firm_exists"
    message = Text(
        ko="이미 등록된 사업자등록번호입니다. 협동조합이나 기업 대표에게 초대를 요청해 주십시오.",
        en="A firm with this number is registered already. Ask its owner or your cooperative.",
    )


def clean_business_number(value: str) -> str:
    """Return the ten digits of a Korean business registration number, or BusinessNumberWrong."""
    number = numbers.parse(value)
    if number is None:
        raise BusinessNumberWrong
    return number


def register_firm(
    *,
    user: User,
    name: str,
    business_number: str,
    representative: str,
    address: str,
    supplies: bool,
    cooperative_id: UUID | None,
) -> Seat:
    """A person registers the firm it owns, and applies to a cooperative when one is named.

    Raises BusinessNumberWrong, FirmExists, CooperativeNotOpen.
    """
    number = clean_business_number(business_number)
    at = clock.now()
    try:
        with transaction.atomic():
            firm = Firm.objects.create(
                name=name,
                business_number=number,
                representative=representative,
                address=address,
                supplies=supplies,
                created_at=at,
            )
            seat = Seat.objects.create(user=user, role="owner", firm=firm)
            record(firm, kind="firm_registered", actor=actor_for(seat), at=at, firm_id=firm.pk)
            if cooperative_id is not None:
                apply_for_membership(actor=actor_for(seat), cooperative_id=cooperative_id)
            return seat
    except IntegrityError:
        if Firm.objects.filter(business_number=number).exists():
            raise FirmExists from None
        raise


def become_supplier(*, actor: Actor) -> Firm:
    """The actor's firm says that it supplies campaigns as well. Again: changes nothing."""
    with transaction.atomic():
        firm = Firm.objects.select_for_update(no_key=True).get(pk=actor.firm_id)
        if not firm.supplies:
            firm.supplies = True
            firm.save(update_fields=["supplies"])
            record(firm, kind="firm_supplies", actor=actor, at=clock.now(), firm_id=firm.pk)
        return firm


def change_person(*, user: User, name: str | None, language: str | None) -> User:
    """A person changes its own name or language."""
    if name is not None:
        user.name = name
    if language is not None:
        user.language = language
    user.save(update_fields=["name", "language"])
    return user


def found_cooperative(*, actor: Actor, **fields: object) -> Cooperative:
    """Create an active cooperative (the demonstration, the replay)."""
    with transaction.atomic():
        cooperative = Cooperative.objects.create(**{"state": "active", **fields})
        record(
            cooperative,
            kind="cooperative_founded",
            actor=actor,
            at=clock.now(),
            cooperative_id=cooperative.pk,
        )
        return cooperative
