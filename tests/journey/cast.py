"""The people of the story before it begins: an office, three persons without a firm, a supplier."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    SeatFactory,
    UserFactory,
    business_number,
)
from tests.journey.people import PASSWORD, Person, Transport
from tests.journey.story import Cast, Until

from mungchi.accounts.models import Cooperative, User

OFFICE, SUPPLIER = "office@mungchi.example", "supplier@mungchi.example"
FIRMS = ("kim@mungchi.example", "lee@mungchi.example", "park@mungchi.example")


def person(email: str, name: str) -> User:
    """Somebody with a verified address and the password of the story."""
    user = UserFactory(email=email, name=name)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def owner_of_member(
    cooperative: Cooperative, email: str, name: str, *, firm: str, number: int
) -> str:
    """Somebody who owns a new member firm and can sign in; their address.

    `number` makes the business number, and is the test's own: rows stay for the tests after it.
    """
    row = FirmFactory(name=firm, business_number=business_number(number))
    MembershipFactory(cooperative=cooperative, firm=row)
    SeatFactory(user=person(email, name), role="owner", firm=row)
    return email


def place() -> Cooperative:
    """A cooperative with its coordinator, a supplier, and three persons about to register."""
    cooperative = CooperativeFactory(name="한빛사무용품협동조합", name_en="Hanbit Office Co-op")
    SeatFactory(user=person(OFFICE, "정담당"), role="coordinator", cooperative=cooperative)
    firm = FirmFactory(name="대성제지", supplies=True, business_number="1078614075")
    SeatFactory(user=person(SUPPLIER, "오공급"), role="owner", firm=firm)
    for email, name in zip(FIRMS, ("김하나", "이두리", "박세나"), strict=True):
        person(email, name)
    return cooperative


def assemble(transport: Callable[[], Transport], cooperative: Cooperative, until: Until) -> Cast:
    """Everybody signs in over HTTP."""
    return Cast(
        office=Person(transport()).sign_in(OFFICE),
        firms=[Person(transport()).sign_in(email) for email in FIRMS],
        supplier=Person(transport()).sign_in(SUPPLIER),
        cooperative=str(cooperative.pk),
        until=until,
    )
