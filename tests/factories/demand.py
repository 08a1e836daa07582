"""Purchase files, imports and needs."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
from tests.factories.accounts import coordinator_of, member
from tests.factories.catalog import ItemFactory

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.common.ids import uuid7
from mungchi.demand import operations
from mungchi.demand.models import Need, Purchase, PurchaseImport

KOREAN = ["전표번호", "품목코드", "품목명", "수량", "거래일자", "단가", "조합원번호", "거래처명"]
RETAIL = [
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID",
    "Country",
]  # fmt: skip
LINES = [
    ["J001", "A-1", "복사용지 A4", "10", "2024.03.05", "4,200원", "M001", "가나상사"],
    ["J001", "B-2", "토너", "2", "2024.03.05", "38,000원", "M001", "가나상사"],
    ["J002", "A-1", "복사용지 A4", "30", "2024.03.06", "4,000원", "M002", "다라정밀"],
]


def csv_bytes(
    rows: Sequence[Sequence[str]],
    *,
    header: Sequence[str] = KOREAN,
    encoding: str = "utf-8",
    delimiter: str = ",",
    above: str = "",
) -> bytes:
    """Return a CSV file with `above` before its header."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([list(header), *rows])
    return (above + text.getvalue()).encode(encoding)


def xlsx_bytes(rows: Sequence[Sequence[object]], *, header: Sequence[str] = KOREAN) -> bytes:
    """Return a workbook whose second sheet is the table, below a title."""
    book = openpyxl.Workbook()
    book.active.append(["매출 내역"])
    page = book.create_sheet("자료")
    page.append(["2024년 매출"])
    page.append([])
    page.append(list(header))
    for row in rows:
        page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(office: Actor, content: bytes, filename: str = "purchases.csv") -> PurchaseImport:
    """Upload a file as the office does."""
    return operations.upload_purchases(actor=office, filename=filename, stream=io.BytesIO(content))


def imported(office: Actor, content: bytes) -> PurchaseImport:
    """Upload, start, and run the job that a worker would run; return the import as it stands."""
    row = upload(office, content)
    operations.start_import(actor=office, import_id=row.pk)
    operations.run_import(import_id=row.pk)
    row.refresh_from_db()
    return row


def need(
    cooperative: Cooperative,
    *,
    item: Item | None = None,
    firm: Actor | None = None,
    quantity: int = 10,
    needed_by: date | None = None,
) -> Need:
    """State a need, by a new member and for a new item unless given."""
    return operations.state_need(
        actor=firm or member(cooperative),
        cooperative_id=cooperative.pk,
        item_id=(item or ItemFactory()).pk,
        quantity=quantity,
        needed_by=needed_by or clock.now().date() + timedelta(days=30),
    )


def bought_on(
    cooperative: Cooperative,
    firm: Actor,
    item: Item,
    *,
    day: date,
    price: str = "10",
    quantity: int = 7,
    document: str = "",
) -> Purchase:
    """A line of a firm's past purchases, as an import leaves it."""
    source = PurchaseImport.objects.create(
        cooperative=cooperative, created_by_id=firm.user_id, created_at=clock.now(),
        filename="p.csv", size=1, digest="x",
    )  # fmt: skip
    return Purchase.objects.create(
        cooperative=cooperative, firm_id=firm.firm_id, item=item, purchase_import=source,
        quantity=quantity, unit_price=price, currency="KRW", purchased_date=day,
        document=document, fingerprint=uuid7(),
    )  # fmt: skip


def bought(
    cooperative: Cooperative, firm: Actor, item: Item, days_ago: Sequence[int], quantity: int = 10
) -> None:
    """Purchases of a member, so many days ago each; its history is due for reading."""
    office = coordinator_of(cooperative)
    file, _ = PurchaseImport.objects.get_or_create(
        cooperative=cooperative,
        filename="bought.csv",
        defaults={"created_by_id": office.user_id, "created_at": clock.now(), "size": 1,
                  "digest": "0", "state": "uploaded"},
    )  # fmt: skip
    today = clock.now().astimezone(cooperative.timezone).date()
    Purchase.objects.bulk_create(
        Purchase(
            cooperative=cooperative, firm_id=firm.firm_id, item=item, purchase_import=file,
            quantity=quantity, unit_price=100, currency=cooperative.currency,
            purchased_date=today - timedelta(days=days), fingerprint=uuid4(),
        )
        for days in days_ago
    )  # fmt: skip
    operations.want_reading(cooperative_id=cooperative.pk, at=clock.now())
