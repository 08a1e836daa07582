"""Reading what a firm lets its people bind it to."""

from uuid import UUID

from mungchi.accounts.models import ApprovalLimit, Cooperative


def approval_limit_of(firm_id: UUID | None) -> ApprovalLimit | None:
    """The limit that a firm has set, if any is set now."""
    return ApprovalLimit.objects.filter(firm_id=firm_id, amount__isnull=False).first()


def currencies_of(firm_id: UUID | None) -> list[str]:
    """In which currencies a firm's cooperatives trade, that of the oldest membership first."""
    rows = Cooperative.objects.filter(
        memberships__firm_id=firm_id, memberships__state__in=["active", "suspended"]
    ).order_by("memberships__joined_at", "memberships__id")
    return list(dict.fromkeys(rows.values_list("currency", flat=True))) or ["KRW"]
