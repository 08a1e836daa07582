"""What is told of claims and of what suppliers owe back: event in, notices out."""

from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.deliveries.domain.claims import KINDS, REMEDIES, SIDE_LABELS, WAITS_FOR
from mungchi.deliveries.models import Claim
from mungchi.notifications.domain import wording
from mungchi.notifications.domain import wording_claims as words
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.payments.models import SupplierDebt


def claim_opened(event: History) -> list[Notice]:
    """Supplier and office hear what is wrong."""
    row = _claim(event)
    return [*_supplier(row, event, words.OPENED), *_office(row, event, words.OPENED)]


def claim_noted(event: History) -> list[Notice]:
    """The other sides hear what was added."""
    row, side = _claim(event), event.data["side"]
    said = {"who": SIDE_LABELS[side]}
    told = [] if side == "firm" else _firm(row, event, words.NOTED, **said)
    told += [] if side == "supplier" else _supplier(row, event, words.NOTED, **said)
    return told + ([] if side == "office" else _office(row, event, words.NOTED, **said))


def claim_answered(event: History) -> list[Notice]:
    """The firm hears what the supplier proposes, and until when it can say whether it agrees."""
    return _firm(_claim(event), event, words.ANSWERED)


def claim_accepted(event: History) -> list[Notice]:
    """All sides hear what was agreed; whoever did it is not told."""
    row = _claim(event)
    return [*_firm(row, event, words.ACCEPTED), *_supplier(row, event, words.ACCEPTED),
            *_office(row, event, words.ACCEPTED)]  # fmt: skip


def claim_disputed(event: History) -> list[Notice]:
    """Office and supplier hear that the firm does not agree."""
    row = _claim(event)
    return [*_supplier(row, event, words.DISPUTED), *_office(row, event, words.DISPUTED)]


def claim_passed_on(event: History) -> list[Notice]:
    """Everybody hears that the office decides, and who did not answer."""
    row = _claim(event)
    said = {"who": SIDE_LABELS[event.data["silent"]]}
    return [*_firm(row, event, words.PASSED_ON, **said),
            *_supplier(row, event, words.PASSED_ON, **said),
            *_office(row, event, words.PASSED_ON, **said)]  # fmt: skip


def claim_decided(event: History) -> list[Notice]:
    """Firm and supplier hear the decision and its reason."""
    row = _claim(event)
    return [*_firm(row, event, words.DECIDED), *_supplier(row, event, words.DECIDED)]


def claim_turned(event: History) -> list[Notice]:
    """Firm and supplier hear that money goes back instead of goods coming."""
    row = _claim(event)
    return [*_firm(row, event, words.TURNED), *_supplier(row, event, words.TURNED)]


def claim_refused(event: History) -> list[Notice]:
    """Firm and supplier hear that nothing comes of it, and why."""
    row = _claim(event)
    return [*_firm(row, event, words.REFUSED), *_supplier(row, event, words.REFUSED)]


def claim_withdrawn(event: History) -> list[Notice]:
    """Supplier and office hear that it is over."""
    row = _claim(event)
    return [*_supplier(row, event, words.WITHDRAWN), *_office(row, event, words.WITHDRAWN)]


def claim_still_waits(event: History) -> list[Notice]:
    """Whoever has to answer hears that the time runs out; nobody where it was answered."""
    row, waits_for = _claim(event), event.data["waits_for"]
    if WAITS_FOR.get(row.state) != waits_for:
        return []
    to = {"supplier": _supplier, "firm": _firm, "office": _office}[waits_for]
    return to(row, event, words.STILL_WAITS)


def supplier_owes(event: History) -> list[Notice]:
    """The supplier hears what it owes back, and the office what it is owed."""
    row = SupplierDebt.objects.select_related("campaign", "supplier").get(pk=event.subject_id)
    said = {"title": row.campaign.title, "supplier": row.supplier.name,
            "amount": amount_label(row.amount, row.currency)}  # fmt: skip
    return [
        *tell_all(audience.firm(row.supplier_id), words.OWES.format(**said), "/supplier/payouts"),
        *tell_all(audience.office(row.cooperative_id), words.OWED.format(**said), "/desk/payouts"),
    ]


def _claim(event: History) -> Claim:
    rows = Claim.objects.select_related("order__campaign", "order__item", "firm", "host")
    return rows.get(pk=event.subject_id)


def _said(row: Claim, event: History, sentence: Text, **more: object) -> Text:
    until = row.answer_by.astimezone(row.host.timezone).date() if row.answer_by else None
    return sentence.format(
        title=row.order.campaign.title, firm=row.firm.name, what=KINDS[row.kind],
        quantity=counted(row.quantity, UNITS[row.order.item.unit]), remedy=_remedy(row),
        why=event.why, until=wording.day_of(until) if until else "", **more,
    )  # fmt: skip


def _remedy(row: Claim) -> Text:
    if row.remedy in {"", "none"}:
        return REMEDIES["none"]
    many = counted(row.settled_quantity or 0, UNITS[row.order.item.unit])
    return words.UNITS.format(remedy=REMEDIES[row.remedy], quantity=many)


def _firm(row: Claim, event: History, sentence: Text, **more: object) -> list[Notice]:
    told = _said(row, event, sentence, **more)
    return tell_all(audience.firm(row.firm_id), told, f"/claims/{row.pk}")


def _supplier(row: Claim, event: History, sentence: Text, **more: object) -> list[Notice]:
    told = _said(row, event, sentence, **more)
    return tell_all(audience.firm(row.supplier_id), told, f"/claims/{row.pk}")


def _office(row: Claim, event: History, sentence: Text, **more: object) -> list[Notice]:
    told = _said(row, event, sentence, **more)
    return tell_all(audience.office(row.host_id), told, f"/claims/{row.pk}")
