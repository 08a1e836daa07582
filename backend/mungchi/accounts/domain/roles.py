"""Which roles a place has, and which of them it can never be without. Pure."""

from mungchi.accounts.domain.permissions import COOPERATIVE_ROLES, COORDINATOR, FIRM_ROLES, OWNER


def roles_beside(role: str) -> frozenset[str]:
    """The roles of the place that `role` belongs to; none for the platform's."""
    for roles in (FIRM_ROLES, COOPERATIVE_ROLES):
        if role in roles:
            return roles
    return frozenset()


def keeper_beside(role: str) -> str:
    """The role whose last holder may not go, at the place of `role`; "" at the platform.

    A firm without an owner, or an office without a coordinator, could not even invite one.
    """
    if role in FIRM_ROLES:
        return OWNER
    return COORDINATOR if role in COOPERATIVE_ROLES else ""
