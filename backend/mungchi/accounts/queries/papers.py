"""Reading what firms show of themselves."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, FirmDocument, Membership
from mungchi.common.errors import NotFound


def own_firm(actor: Actor) -> Firm:
    """The firm that the actor acts for, with what the tax service said; raise NotFound."""
    row = Firm.objects.select_related("tax_status").filter(pk=actor.firm_id).first()
    if row is None:
        raise NotFound
    return row


def documents_visible_to(actor: Actor) -> QuerySet[FirmDocument]:
    """A firm's own documents; to an office those of firms that are, or apply to be, its members."""
    rows = FirmDocument.objects.defer("content")
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    if actor.is_office:
        members = Membership.objects.filter(
            firm_id=OuterRef("firm_id"), cooperative_id=actor.cooperative_id
        ).exclude(state="left")
        return rows.filter(Exists(members))
    return rows.none()


def document_with_content(actor: Actor, pk: UUID) -> FirmDocument:
    """One document and its bytes; raise NotFound."""
    row = documents_visible_to(actor).defer(None).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def member_seen_by(actor: Actor, pk: UUID) -> Membership:
    """One member of the office's cooperative with its firm; raise NotFound."""
    row = (
        Membership.objects.select_related("firm__tax_status", "division", "cooperative")
        .filter(pk=pk, cooperative_id=actor.cooperative_id)
        .first()
    )
    if row is None or not actor.is_office:
        raise NotFound
    return row


def firms_never_looked_up(most: int) -> list[UUID]:
    """Firms with a number that the tax service was never asked about, the oldest first."""
    rows = Firm.objects.filter(business_number__isnull=False, tax_status__isnull=True)
    return list(rows.order_by("id").values_list("pk", flat=True)[:most])
