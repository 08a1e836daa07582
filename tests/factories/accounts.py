"""People, firms and cooperatives."""

import factory

from mungchi.accounts import models, operations
from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.domain.business_number import check_digit
from mungchi.common import clock


def business_number(index: int) -> str:
    """Return the index-th valid business number of a series for tests."""
    body = f"{101 + index % 800:03d}81{1 + index % 9999:04d}"
    return body + check_digit(body)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User

    email = factory.Sequence(lambda n: f"person{n}@mungchi.example")
    name = factory.Sequence(lambda n: f"사람{n}")


class CooperativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Cooperative

    name = factory.Sequence(lambda n: f"제{n} 협동조합")
    name_en = factory.Sequence(lambda n: f"Cooperative {n}")
    slug = factory.Sequence(lambda n: f"coop-{n}")
    state = "active"
    bank_name = "한빛은행"
    bank_account = "110-222-333333"
    bank_holder = factory.LazyAttribute(lambda o: o.name)


class FirmFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Firm

    name = factory.Sequence(lambda n: f"기업 {n}")
    business_number = factory.Sequence(business_number)
    representative = "김대표"
    address = "서울특별시 중구 세종대로 110"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Membership

    cooperative = factory.SubFactory(CooperativeFactory)
    firm = factory.SubFactory(FirmFactory)
    state = "active"
    joined_at = factory.LazyFunction(clock.now)


class SeatFactory(factory.django.DjangoModelFactory):
    """`SeatFactory(role="coordinator", cooperative=c)` or `SeatFactory(role="buyer", firm=f)`."""

    class Meta:
        model = models.Seat

    user = factory.SubFactory(UserFactory)
    role = "owner"


def coordinator_of(cooperative: models.Cooperative) -> Actor:
    """Return the actor of a new coordinator."""
    return actor_for(SeatFactory(role="coordinator", cooperative=cooperative))


def auditor_of(cooperative: models.Cooperative) -> Actor:
    """Return the actor of a new auditor."""
    return actor_for(SeatFactory(role="auditor", cooperative=cooperative))


def buyer_of(firm: models.Firm, role: str = "owner") -> Actor:
    """Return the actor of a new person of a firm."""
    return actor_for(SeatFactory(role=role, firm=firm))


def member(cooperative: models.Cooperative, **fields: object) -> Actor:
    """Return the owner of a new member firm of a cooperative."""
    firm = FirmFactory(**fields)
    MembershipFactory(cooperative=cooperative, firm=firm)
    return buyer_of(firm)


def supplier(**fields: object) -> Actor:
    """Return the owner of a new firm that supplies and is nobody's member."""
    return buyer_of(FirmFactory(supplies=True, **fields))


def partners(one: models.Cooperative, other: models.Cooperative) -> models.Partnership:
    """Make two cooperatives partners, by proposal and consent."""
    row = operations.propose_partnership(
        actor=coordinator_of(one), cooperative_id=other.pk, message="함께 사고 싶습니다."
    )
    return operations.accept_partnership(actor=coordinator_of(other), partnership_id=row.pk)


def asks(cooperative: models.Cooperative, *, host_bp: int = 0, member_bp: int = 0) -> None:
    """Let a cooperative's office set its fees, in basis points."""
    operations.change_cooperative(
        actor=coordinator_of(cooperative), host_fee_bp=host_bp, member_fee_bp=member_bp
    )
    cooperative.refresh_from_db()
