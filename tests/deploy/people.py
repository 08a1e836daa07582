"""The people of smoke.py. Its text is run by `manage.py shell` of the installation under trial.

Each function returns JSON; `mark` tells one run's people from another's.
"""

import json
import secrets

from allauth.account.models import EmailAddress

from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.domain.business_number import check_digit
from mungchi.accounts.models import Cooperative, Membership, Seat, User
from mungchi.accounts.operations import admit_member, found_cooperative, register_firm
from mungchi.catalog.models import Item
from mungchi.common import clock


def make_people(mark: str) -> str:
    """Make a cooperative with an office, two members, a supplier, an item; return their names."""
    cooperative = found_cooperative(
        actor=SYSTEM, name=f"점검 {mark}", name_en=f"Smoke {mark}", slug=f"smoke-{mark}",
        bank_name="점검은행", bank_account="000-000", bank_holder="점검",
    )  # fmt: skip
    item = Item.objects.create(
        cooperative=cooperative, code=f"SMOKE-{mark}", name=f"점검 품목 {mark}",
        name_en=f"Smoke item {mark}",
    )  # fmt: skip
    user, account = _person(f"office-{mark}")
    office = actor_for(Seat.objects.create(user=user, role="coordinator", cooperative=cooperative))
    accounts = {"office": account}
    accounts["supplier"], _ = _firm(f"supplier-{mark}", supplies=True)
    for name in ("firm0", "firm1"):
        accounts[name], seat = _firm(f"{name}-{mark}", cooperative=cooperative)
        _admit(office, seat)
    return json.dumps(
        {"cooperative": str(cooperative.pk), "item": str(item.pk), "accounts": accounts}
    )


def _person(local: str) -> tuple[User, dict[str, str]]:
    email, password = f"{local}@smoke.example", secrets.token_urlsafe(18)
    user = User.objects.create_user(email, password, name=local)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user, {"email": email, "password": password}


def _firm(
    local: str, *, supplies: bool = False, cooperative: Cooperative | None = None
) -> tuple[dict[str, str], Seat]:
    user, account = _person(local)
    # 999 is no tax office: the number passes the check and can be nobody's.
    body = f"999{secrets.randbelow(10**6):06d}"
    seat = register_firm(
        user=user, name=local, business_number=body + check_digit(body), representative="점검",
        address="점검로 1", supplies=supplies,
        cooperative_id=cooperative.pk if cooperative else None,
    )  # fmt: skip
    return account, seat


def _admit(office: Actor, seat: Seat) -> None:
    membership = Membership.objects.get(firm_id=seat.firm_id)
    admit_member(actor=office, membership_id=membership.pk)


def switch_off(mark: str) -> str:
    """Nobody can sign in as these people any more, and the cooperative takes no applications."""
    people = User.objects.filter(email__endswith=f"-{mark}@smoke.example")
    off = people.update(is_active=False)
    Cooperative.objects.filter(slug=f"smoke-{mark}").update(state="left", paused_at=clock.now())
    return json.dumps({"switched_off": off})
