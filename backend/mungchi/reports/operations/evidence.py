"""The evidence of trade between cooperatives as one spreadsheet, for applying for subsidies.

Writes nothing to the database. Every figure comes from the queries of the ledger, so that the
sheets agree with each other and with the screen.
"""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns.domain.sentences import BY_ITSELF
from mungchi.catalog.domain.units import UNITS
from mungchi.common.listing import Column, Moment, Sheet, moment_in, workbook
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.common.zones import zone_name
from mungchi.reports import queries
from mungchi.reports.domain.period import Period
from mungchi.reports.queries.trade import Pair, Volume

WHO = {
    "members": Text(ko="조합원사", en="Members"),
    "guests": Text(ko="손님 기업", en="Guests"),
    "rest": Text(ko="그 밖의 참여 기업", en="All others"),
}
WITHHELD = Text(ko="비공개", en="withheld")
HEADINGS = {
    "about": Text(ko="안내", en="About"),
    "ledger": Text(ko="협동조합 사이 거래", en="Between cooperatives"),
    "campaigns": Text(ko="공동구매", en="Campaigns"),
    "volumes": Text(ko="조합별 물량", en="Volumes"),
    "clearings": Text(ko="마감 정산 기록", en="Clearing records"),
}
EXPLAINED = (
    (Text(ko="협동조합", en="Cooperative"), "name"),
    (Text(ko="사업자등록번호", en="Business number"), "business_number"),
)
COUNTED = Text(
    ko="입금이 확인된 주문만, 공동구매가 마감된 날을 기준으로 셉니다. 공급가액에는 부가세와 "
    "배송비, 수수료가 들어 있지 않습니다. 수수료는 공급가액에 주최 조합과 협력 조합의 요율을 곱한 "
    "금액으로 주문마다 원 미만을 버리며, 부가세를 따로 적습니다. 둘 다 주최 조합이 받아 협력 조합 "
    "몫을 그 부가세와 함께 넘겨줍니다. 한 기업의 물량이 드러나는 합계는 비공개로 적습니다. 마감 "
    "정산 기록의 해시는 정산에 쓴 모든 값에서 계산한 것으로, 기록이 바뀌지 않았음을 확인할 수 "
    "있습니다.",
    en="Counted are orders that were paid for, by the day on which their campaign closed. Supply "
    "value is without VAT, delivery and fees. Fees are the host's and the partner's rate on the "
    "supply value, rounded down on each order, with the VAT on them apart; the host collects both "
    "and passes the partner's on with its VAT. A total that would give one firm's quantity away is "
    "withheld. The hash of a clearing is computed from everything that it was made of, and shows "
    "that the record has not changed.",
)


def evidence_file(
    *,
    actor: Actor,
    cooperative: Cooperative,
    period: Period,
    begin: datetime,
    end: datetime,
    partner: UUID | None,
    at: datetime,
) -> bytes:
    """Return the spreadsheet (.xlsx) for one office and period."""
    campaigns = queries.joint_campaigns(actor, begin, end, partner)
    about = [
        *((heading, getattr(cooperative, field)) for heading, field in EXPLAINED),
        (Text(ko="기간", en="Period"), f"{period.first:%Y-%m-%d} ~ {period.last:%Y-%m-%d}"),
        (
            Text(ko="만든 때({zone})", en="Made at ({zone})").format(
                zone=zone_name(cooperative.zone)
            ),
            moment_in(at, cooperative.zone),
        ),
        (Text(ko="만든 사람", en="Made by"), actor.user_name),
        (Text(ko="세는 법", en="What is counted"), COUNTED),
    ]
    return workbook([
        Sheet(HEADINGS["about"], ABOUT, about),
        Sheet(HEADINGS["ledger"], LEDGER, queries.pairs(actor, begin, end, partner)),
        Sheet(HEADINGS["campaigns"], CAMPAIGNS, campaigns),
        Sheet(HEADINGS["volumes"], VOLUMES, queries.volumes(actor, campaigns)),
        Sheet(HEADINGS["clearings"], CLEARINGS, campaigns),
    ])  # fmt: skip


def _name(row: Cooperative) -> Text:
    return Text(ko=row.name, en=row.name_en or row.name)


def _unit(code: str) -> Text | str:
    found = UNITS.get(code)
    return found if isinstance(found, Text) else code


def _pair_value(row: Pair) -> object:
    return from_minor(row.supply_value, row.currency)


def _known(amount: int | None, currency: str) -> object:
    return None if amount is None else from_minor(amount, currency)


FEES = {
    "host_fee": Text(ko="주최 조합 수수료", en="Host's fee"),
    "partner_fee": Text(ko="협력 조합 수수료", en="Partner's fee"),
    "fee_vat": Text(ko="수수료 부가세", en="VAT on fees"),
    "partner_due": Text(ko="협력 조합에 넘길 금액", en="Owed to the partner"),
}


def _fees_of_a_pair() -> list[Column]:
    return [
        Column(label, lambda p, name=name: _known(getattr(p, name), p.currency))
        for name, label in FEES.items()
    ]


def _fees_of_a_volume() -> list[Column]:
    return [
        Column(label, lambda v, name=name: _known(getattr(v, name), v.campaign.currency))
        for name, label in FEES.items()
    ]


def _per_cent(rate_bp: int) -> Decimal:
    return Decimal(rate_bp) / 100


def _who(row: Volume) -> Text:
    if row.cooperative is None or row.who == "rest":
        return WHO["rest"]
    named, kind = _name(row.cooperative), WHO[row.who]
    return named if row.who == "members" else Text(
        ko=f"{named.ko} {kind.ko}", en=f"{kind.en} of {named.en}"
    )  # fmt: skip


ABOUT = [
    Column(Text(ko="항목", en="What"), lambda r: r[0], 20),
    Column(Text(ko="내용", en="Value"), lambda r: r[1], 90),
]
LEDGER = [
    Column(Text(ko="공동구매를 연 조합", en="Host"), lambda p: _name(p.host), 28),
    Column(Text(ko="참여한 조합", en="Members of"), lambda p: _name(p.cooperative), 28),
    Column(Text(ko="공동구매 수", en="Campaigns"), lambda p: p.campaigns),
    Column(Text(ko="참여 기업 수", en="Firms"), lambda p: p.firms),
    Column(Text(ko="수량", en="Quantity"), lambda p: p.quantity),
    Column(Text(ko="단위", en="Unit"), lambda p: _unit(p.unit), 10),
    Column(Text(ko="공급가액", en="Supply value"), _pair_value),
    *_fees_of_a_pair(),
    Column(Text(ko="통화", en="Currency"), lambda p: p.currency, 8),
]
CAMPAIGNS = [
    Column(Text(ko="공동구매", en="Campaign"), lambda c: c.title, 36),
    Column(Text(ko="식별 번호", en="Id"), lambda c: c.pk, 38),
    Column(Text(ko="연 조합", en="Host"), lambda c: _name(c.host), 28),
    Column(Text(ko="품목", en="Item"), lambda c: c.item.name, 28),
    Column(Text(ko="공급사", en="Supplier"), lambda c: c.awarded_offer.supplier.name, 24),
    Moment(Text(ko="시작", en="Opened"), lambda c: c.opened_at, zone=lambda c: c.host.zone),
    Moment(Text(ko="마감", en="Closed"), lambda c: c.closed_at, zone=lambda c: c.host.zone),
    Column(Text(ko="단가", en="Unit price"), lambda c: c.run.unit_price),
    Column(Text(ko="통화", en="Currency"), lambda c: c.currency, 8),
    Column(Text(ko="배정 기업 수", en="Firms served"), lambda c: c.run.firms),
    Column(Text(ko="주최 조합 수수료율(%)", en="Host's fee (%)"),
           lambda c: _per_cent(c.host_fee_bp)),
]  # fmt: skip
VOLUMES = [
    Column(Text(ko="공동구매", en="Campaign"), lambda v: v.campaign.title, 36),
    Column(Text(ko="식별 번호", en="Id"), lambda v: v.campaign.pk, 38),
    Column(Text(ko="누구", en="Who"), _who, 30),
    Column(Text(ko="기업 수", en="Firms"), lambda v: v.firms),
    Column(
        Text(ko="수량", en="Quantity"), lambda v: WITHHELD if v.quantity is None else v.quantity
    ),
    Column(Text(ko="단위", en="Unit"), lambda v: _unit(v.campaign.item.unit), 10),
    Column(
        Text(ko="공급가액", en="Supply value"),
        lambda v: _known(v.supply_value, v.campaign.currency),
    ),
    *_fees_of_a_volume(),
    Column(Text(ko="통화", en="Currency"), lambda v: v.campaign.currency, 8),
]  # fmt: skip
CLEARINGS = [
    Column(Text(ko="공동구매", en="Campaign"), lambda c: c.title, 36),
    Column(Text(ko="식별 번호", en="Id"), lambda c: c.pk, 38),
    Column(Text(ko="정산 차수", en="Number"), lambda c: c.run.number),
    Moment(Text(ko="정산", en="Cleared"), lambda c: c.run.at, zone=lambda c: c.host.zone),
    Column(Text(ko="마감한 사람", en="Closed by"), lambda c: c.run.closed_by_person or BY_ITSELF),
    Column(Text(ko="입력값 해시(SHA-256)", en="Hash of the inputs (SHA-256)"),
           lambda c: c.run.inputs_hash, 68),
]  # fmt: skip
