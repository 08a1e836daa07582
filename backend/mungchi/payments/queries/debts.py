"""Reading what suppliers owe back: which rows a seat sees."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.payments.models import SupplierDebt


def debts_visible_to(actor: Actor) -> QuerySet[SupplierDebt]:
    """The office sees what it is owed back, a supplier what it owes.

    `why`: the words with which the claim was decided, as the debt's history has them, since a
    supplier sees neither refund nor credit.
    """
    owes = History.objects.filter(subject_id=OuterRef("pk"), kind="supplier_owes")
    why = Coalesce(Subquery(owes.values("why")[:1]), Value(""), output_field=TextField())
    rows = SupplierDebt.objects.select_related(
        "campaign", "against", "supplier", "cooperative", "refund__payment__order",
        "credit__payment__order",
    ).annotate(why=why)  # fmt: skip
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.filter(supplier_id=actor.firm_id) if actor.is_firm else rows.none()


def debt_of_office(actor: Actor, pk: UUID) -> SupplierDebt:
    """One that the actor's office is owed; raise NotFound."""
    row = debts_visible_to(actor).filter(pk=pk).first()
    if row is None or not actor.is_office:
        raise NotFound
    return row
