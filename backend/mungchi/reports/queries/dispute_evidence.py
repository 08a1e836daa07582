"""What stands against a dispute: everything that is known of the order behind the payment, gathered
from where it is kept, in sections of rows. The office that collects sees all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from mungchi.accounts.access import Actor
from mungchi.common.models import Trail
from mungchi.common.money import amount_label, price_label
from mungchi.common.text import Text
from mungchi.common.zones import zone_name
from mungchi.deliveries.domain.states import SHIPMENT_LABELS
from mungchi.deliveries.models import Shipment
from mungchi.orders.models import Order
from mungchi.payments.domain.disputes import reason_of
from mungchi.payments.domain.states import ATTEMPT, DISPUTE, PAYMENT_LABELS, REFUND_LABELS
from mungchi.payments.models import Attempt, Consent, Dispute, Refund
from mungchi.reports.queries.trail_rows import home_of, tell

# The newest of a history; the whole of it is on the order's own page.
MOST_EVENTS: Final = 500

Cell = Text | str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the evidence: headings, and rows of as many cells. Times are local to the
    cooperative, whose zone the first part names."""

    name: str
    title: Text
    headings: Sequence[Text]
    rows: Sequence[Sequence[Cell]]


WHAT: Final = (Text(ko="항목", en="What"), Text(ko="내용", en="Value"))


def evidence_of(actor: Actor, dispute: Dispute) -> list[Section]:
    """All sections, those that have nothing in them too; the number of queries does not depend on
    how much there is."""
    order = Order.objects.select_related(
        "campaign", "item", "firm", "supplier", "cooperative", "host",
        "clearing_line__run", "clearing_line__commitment",
    ).get(pk=dispute.payment.order_id)  # fmt: skip
    return [
        _dispute(dispute),
        _order(order, dispute),
        _invoice(order, dispute),
        _commitment(order, dispute),
        _consents(order, dispute),
        _attempts(dispute),
        _deliveries(order, dispute),
        _refunds(dispute),
        _notes(dispute),
        _files(dispute),
        _history(actor, order, dispute),
    ]


def consents_of(dispute: Dispute) -> list[Consent]:
    """What the firm agreed to for the campaign, oldest first."""
    rows = Consent.objects.select_related("mandate", "given_by")
    return list(
        rows.filter(firm_id=dispute.firm_id, campaign_id=dispute.campaign_id).order_by("given_at")
    )


def _local(at: datetime | None, dispute: Dispute) -> datetime | None:
    zone = dispute.cooperative.timezone
    return at.astimezone(zone).replace(tzinfo=None, microsecond=0) if at else None


def _dispute(dispute: Dispute) -> Section:
    rows: list[tuple[Cell, Cell]] = [
        (Text(ko="결제대행사 번호", en="The provider's id"), dispute.external_id),
        (Text(ko="결제(청구) 번호", en="The provider's id of the charge"),
         dispute.attempt.external_id),
        (Text(ko="사유", en="Reason"), reason_of(dispute.reason)),
        (Text(ko="상태", en="State"), DISPUTE.labels[dispute.state]),
        (Text(ko="금액", en="Amount"), amount_label(dispute.amount, dispute.currency)),
        (Text(ko="시각 기준", en="Times are in"), zone_name(dispute.cooperative.zone)),
        (Text(ko="제기된 때", en="Began"), _local(dispute.opened_at, dispute)),
        (Text(ko="소명 기한", en="Evidence is due by"), _local(dispute.due_by, dispute)),
        (Text(ko="제출일", en="Submitted on"), str(dispute.submitted_on or "")),
    ]  # fmt: skip
    return Section("dispute", Text(ko="이의 제기", en="Dispute"), WHAT, rows)


def _order(order: Order, dispute: Dispute) -> Section:
    rows: list[tuple[Cell, Cell]] = [
        (Text(ko="주문번호", en="Order"), order.number),
        (Text(ko="공동구매", en="Campaign"), order.campaign.title),
        (Text(ko="구매 기업", en="Buying firm"), order.firm.name),
        (Text(ko="사업자등록번호", en="Business number"), order.firm.business_number),
        (Text(ko="소속 협동조합", en="Member of"), order.cooperative.name),
        (Text(ko="공급사", en="Supplier"), order.supplier.name),
        (Text(ko="품목", en="Item"), order.item.name),
        (Text(ko="수량", en="Quantity"), order.quantity),
        (Text(ko="배송지", en="Delivered to"), order.goes_to),
        (Text(ko="주문한 때", en="Ordered"), _local(order.created_at, dispute)),
    ]
    return Section("order", Text(ko="주문", en="Order"), WHAT, rows)


def _invoice(order: Order, dispute: Dispute) -> Section:
    currency = order.currency
    rows: list[tuple[Cell, Cell]] = [
        (Text(ko="단가", en="Unit price"), price_label(order.unit_price, currency)),
        (Text(ko="공급가액", en="Supply value"), amount_label(order.supply_value, currency)),
        (Text(ko="배송비", en="Delivery"), amount_label(order.delivery_share, currency)),
        (Text(ko="부가세", en="VAT"), amount_label(order.vat, currency)),
        (Text(ko="수수료", en="Fees"), amount_label(order.host_fee + order.partner_fee, currency)),
        (Text(ko="수수료 부가세", en="VAT on fees"), amount_label(order.fee_vat, currency)),
        (Text(ko="합계", en="Total"), amount_label(order.total, currency)),
        (Text(ko="결제 상태", en="Payment"), PAYMENT_LABELS[dispute.payment.state]),
        (Text(ko="결제한 때", en="Paid"), _local(dispute.payment.paid_at, dispute)),
        (Text(ko="입금 코드", en="Reference"), dispute.payment.reference),
    ]
    return Section("invoice", Text(ko="청구 금액", en="Amounts of the invoice"), WHAT, rows)


def _commitment(order: Order, dispute: Dispute) -> Section:
    line = order.clearing_line
    run, commitment = line.run, line.commitment
    limit = price_label(line.price_limit, order.currency) if line.price_limit else ""
    rows: list[tuple[Cell, Cell]] = [
        (Text(ko="참여한 때", en="Committed"), _local(commitment.accepted_at, dispute)),
        (Text(ko="참여 수량", en="Quantity committed"), line.quantity),
        (Text(ko="희망 최고 단가", en="Highest price"), limit),
        (Text(ko="배정 수량", en="Quantity awarded"), line.awarded),
        (Text(ko="배정 이유", en="Why"), Text(ko=line.sentence_ko, en=line.sentence_en)),
        (Text(ko="마감 정산", en="Clearing"), Text(ko=run.sentence_ko, en=run.sentence_en)),
        (Text(ko="정산한 때", en="Cleared"), _local(run.at, dispute)),
        (Text(ko="입력값 해시(SHA-256)", en="Hash of the inputs (SHA-256)"), run.inputs_hash),
    ]
    title = Text(ko="참여와 마감 정산 기록", en="Commitment and clearing record")
    return Section("commitment", title, WHAT, rows)


def _consents(order: Order, dispute: Dispute) -> Section:
    headings = (
        Text(ko="동의한 때", en="Given"), Text(ko="동의한 사람", en="By"),
        Text(ko="결제 수단", en="Method"), Text(ko="최고 금액", en="Highest amount"),
        Text(ko="끝난 때", en="Ended"), Text(ko="읽은 문구", en="Text as it was read"),
    )  # fmt: skip
    rows = [
        (_local(row.given_at, dispute), str(row.given_by.called), row.mandate.label,
         amount_label(row.most, row.currency), _local(row.ended_at, dispute), row.text)
        for row in consents_of(dispute)
    ]  # fmt: skip
    return Section("consents", Text(ko="자동 결제 동의", en="Consent"), headings, rows)


def _attempts(dispute: Dispute) -> Section:
    headings = (
        Text(ko="순번", en="Number"), Text(ko="보낸 때", en="Sent"),
        Text(ko="끝난 때", en="Answered"), Text(ko="금액", en="Amount"),
        Text(ko="결과", en="Result"), Text(ko="기업이 직접", en="By the firm itself"),
        Text(ko="결제대행사 번호", en="Provider's id"),
    )  # fmt: skip
    yes, no = Text(ko="예", en="yes"), Text(ko="아니요", en="no")
    rows = [
        (row.number, _local(row.sent_at, dispute), _local(row.answered_at, dispute),
         amount_label(row.amount, row.currency), ATTEMPT.labels[row.state],
         yes if row.on_line else no, row.external_id)
        for row in Attempt.objects.filter(payment=dispute.payment).order_by("number")
    ]  # fmt: skip
    return Section("attempts", Text(ko="결제 시도", en="Tries at charging"), headings, rows)


def _deliveries(order: Order, dispute: Dispute) -> Section:
    headings = (
        Text(ko="출고일", en="Sent on"), Text(ko="운송사", en="Carrier"),
        Text(ko="운송장 번호", en="Tracking number"), Text(ko="보낸 수량", en="Quantity sent"),
        Text(ko="상태", en="State"), Text(ko="받은 때", en="Received"),
        Text(ko="받은 수량", en="Quantity received"), Text(ko="받은 기업의 메모", en="Firm's note"),
    )  # fmt: skip
    rows = []
    for row in Shipment.objects.filter(order=order).select_related("receipt").order_by("id"):
        receipt = getattr(row, "receipt", None)
        rows.append(
            (str(row.shipped_date), row.carrier, row.tracking_number, row.quantity,
             SHIPMENT_LABELS[row.state], _local(receipt.received_at, dispute) if receipt else None,
             receipt.quantity if receipt else None, receipt.note if receipt else "")
        )  # fmt: skip
    title = Text(ko="배송과 수령", en="Deliveries and receipts")
    return Section("deliveries", title, headings, rows)


def _refunds(dispute: Dispute) -> Section:
    headings = (
        Text(ko="정한 때", en="Agreed"), Text(ko="금액", en="Amount"),
        Text(ko="상태", en="State"), Text(ko="사유", en="Reason"),
        Text(ko="보낸 때", en="Sent back"),
    )  # fmt: skip
    rows = [
        (_local(row.created_at, dispute), amount_label(row.amount, row.currency),
         REFUND_LABELS[row.state], row.why, _local(row.settled_at, dispute))
        for row in Refund.objects.filter(payment=dispute.payment).order_by("number")
    ]  # fmt: skip
    return Section("refunds", Text(ko="환불", en="Refunds"), headings, rows)


def _notes(dispute: Dispute) -> Section:
    headings = (
        Text(ko="때", en="When"), Text(ko="누가", en="Who"), Text(ko="메모", en="Note"),
    )  # fmt: skip
    rows = [
        (_local(row.written_at, dispute), str(row.written_by.called), row.text)
        for row in dispute.notes.select_related("written_by").order_by("id")
    ]
    return Section("notes", Text(ko="사무국 메모", en="Notes of the office"), headings, rows)


def _files(dispute: Dispute) -> Section:
    headings = (
        Text(ko="파일", en="File"), Text(ko="크기(바이트)", en="Bytes"),
        Text(ko="올린 때", en="Uploaded"), Text(ko="해시(SHA-256)", en="Hash (SHA-256)"),
    )  # fmt: skip
    rows = [
        (row.filename, row.size, _local(row.uploaded_at, dispute), row.digest)
        for row in dispute.files.defer("content").order_by("id")
    ]
    return Section("files", Text(ko="보관한 파일", en="Files kept"), headings, rows)


def _history(actor: Actor, order: Order, dispute: Dispute) -> Section:
    """What the firm did in the campaign and what became of it."""
    headings = (
        Text(ko="때", en="When"), Text(ko="누가", en="Who"), Text(ko="무엇을", en="What"),
        Text(ko="사유", en="Why"),
    )  # fmt: skip
    events = Trail.objects.filter(thread=order.campaign_id, doubled=False, op="event")
    of_firm = Q(firm_id=order.firm_id) | Q(subject_id=order.campaign_id)
    found = list(events.filter(of_firm).order_by("-id")[:MOST_EVENTS])
    rows = [
        (told.local.replace(tzinfo=None, microsecond=0), told.who, told.said, told.row.why)
        for told in tell(found[::-1], home_of(actor))
    ]
    return Section("history", Text(ko="이력", en="History"), headings, rows)
