"""Recognising what a file's columns are: from their names, then from what stands in them. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from stdnum.kr import brn

from mungchi.common.sheets.cells import clean_code
from mungchi.common.sheets.headers import (
    MOST,
    columns_by_name,
    filled_cells,
    mostly,
    plain_name,
)
from mungchi.demand.domain.fields import FIELDS, Rules
from mungchi.demand.domain.values import (
    DATE_ORDERS,
    clean_item_code,
    parse_currency,
    parse_date,
    parse_number,
    recognise_date_order,
)

# Names in the order of preference; written as `plain_name` leaves them.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "document": (
        "invoiceno", "invoice", "invoicenumber", "invoiceid", "documentno", "documentnumber",
        "docno", "orderno", "ordernumber", "orderid", "전표번호", "전표no", "주문번호", "거래번호",
        "문서번호", "송장번호", "계산서번호", "매출번호", "판매번호", "발주번호", "거래명세서번호",
        "전표", "승인번호",
    ),
    "item_code": (
        "stockcode", "itemcode", "itemno", "itemnumber", "itemid", "sku", "productcode",
        "productid", "productno", "partno", "partnumber", "materialcode", "품목코드", "품목번호",
        "상품코드", "상품번호", "제품코드", "제품번호", "자재코드", "자재번호", "물품코드",
        "품번", "바코드", "코드",
    ),
    "item_name": (
        "description", "itemname", "itemdescription", "productname", "product", "item", "goods",
        "품목명", "품명", "상품명", "제품명", "자재명", "물품명", "품목", "상품", "제품",
        "품목명규격", "품명규격", "내역", "적요",
    ),
    "quantity": (
        "quantity", "qty", "units", "orderquantity", "orderqty", "수량", "주문수량", "구매수량",
        "판매수량", "매출수량", "출고수량", "납품수량", "거래수량", "입고수량", "수량ea",
    ),
    "unit": (
        "단위", "규격단위", "수량단위", "판매단위", "매출단위", "구매단위", "주문단위", "포장단위",
        "단위명", "기본단위", "unit", "uom", "unitofmeasure", "unitname", "salesunit",
    ),
    "date": (
        "invoicedate", "date", "orderdate", "purchasedate", "transactiondate", "salesdate",
        "documentdate", "거래일자", "거래일", "일자", "날짜", "전표일자", "주문일자", "주문일",
        "구매일자", "구매일", "판매일자", "판매일", "매출일자", "매출일", "출고일자", "출고일",
        "납품일자", "납품일", "작성일자", "작성일", "거래일시", "주문일시", "일시",
    ),
    "unit_price": (
        "unitprice", "price", "unitcost", "rate", "단가", "공급단가", "판매단가", "매출단가",
        "구매단가", "매입단가", "납품단가", "출고단가", "단가원", "단가krw", "개당가격", "가격",
    ),
    "firm_code": (
        "사업자등록번호", "사업자번호", "등록번호", "businessnumber", "businessno", "brn",
        "customerid", "customerno", "customernumber", "customercode", "custid", "clientid",
        "clientcode", "memberid", "memberno", "membercode", "accountno", "accountnumber",
        "firmcode", "buyercode", "조합원번호", "조합원코드", "조합원사코드", "거래처코드",
        "거래처번호", "회원번호", "회원코드", "회원사코드", "고객코드", "고객번호", "업체코드",
        "업체번호", "매출처코드", "구매처코드",
    ),
    "firm_name": (
        "customername", "customer", "clientname", "client", "companyname", "company",
        "membername", "member", "buyername", "buyer", "firmname", "firm", "거래처명", "거래처",
        "조합원사명", "조합원사", "조합원명", "조합원", "업체명", "업체", "회원사명", "회원사",
        "회원명", "고객명", "고객사", "상호명", "상호", "회사명", "기업명", "매출처명", "매출처",
        "구매처명", "구매처",
    ),
    "currency": ("currency", "currencycode", "ccy", "통화", "통화코드", "화폐", "화폐단위"),
}  # fmt: skip


def recognise_mapping(
    headers: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, int | None]:
    """Return field -> column index (None where none fits) from names, then from contents.

    samples: rows of cells below the header.
    """
    mapping: dict[str, int | None] = dict.fromkeys(FIELDS)
    mapping |= columns_by_name(headers, NAMES)
    _recognise_by_content(mapping, filled_cells(headers, samples))
    return mapping


def _recognise_by_content(mapping: dict[str, int | None], columns: dict[int, list[str]]) -> None:
    """Fill gaps where only one reading of a column is possible."""

    def free() -> list[int]:
        return [index for index in columns if index not in mapping.values()]

    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("date", looks_like_date),
        ("firm_code", _is_business_number),
        ("currency", lambda cell: parse_currency(cell) in {"KRW", "USD", "GBP", "EUR", "JPY"}),
    )
    for field, holds in tests:
        if mapping[field] is None:
            fitting = [index for index in free() if mostly(columns[index], holds)]
            mapping[field] = fitting[0] if len(fitting) == 1 else None
    # Of quantity and price, a missing one is the only column of numbers that is left.
    if (mapping["quantity"] is None) != (mapping["unit_price"] is None):
        missing = "quantity" if mapping["quantity"] is None else "unit_price"
        numeric = [i for i in free() if mostly(columns[i], _is_number)]
        mapping[missing] = numeric[0] if len(numeric) == 1 else None


def looks_like_date(cell: str) -> bool:
    """Whether a cell is a day, and cannot be a number."""
    # A bare number may be a date to a program and a price to everybody else.
    return parse_number(cell) is None and any(
        parse_date(cell, order) is not None for order in DATE_ORDERS
    )


def _is_number(cell: str) -> bool:
    return parse_number(cell) is not None


def _is_business_number(cell: str) -> bool:
    return bool(brn.is_valid(clean_code(cell)))


def recognise_rules(
    headers: Sequence[str], mapping: Mapping[str, int | None], rows: Iterable[Sequence[str]]
) -> Rules:
    """Return the rules that the file's own values speak for.

    In the layout of the Online Retail data set goods and cancellations are told by their codes,
    whatever its values; elsewhere only when nearly all codes and documents look that way.
    """
    cells: dict[str, list[str]] = {name: [] for name in ("document", "item_code", "date")}
    for row in rows:
        for name, gathered in cells.items():
            index = mapping.get(name)
            if index is not None and index < len(row) and row[index].strip():
                gathered.append(row[index])
    names = {plain_name(header) for header in headers}
    retail = {"stockcode", "quantity", "invoicedate", "customerid"} <= names
    codes = [clean_item_code(cell) for cell in cells["item_code"]]
    documents = [clean_code(cell) for cell in cells["document"]]
    return Rules(
        five_digit_codes=retail or _mostly(codes, r"[0-9]{5}[A-Z]{0,3}"),
        c_is_cancelled=retail or _c_marks_cancellations(documents),
        date_order=recognise_date_order(cells["date"], default="mdy" if retail else "ymd"),
    )


def _mostly(texts: Sequence[str], pattern: str) -> bool:
    fitting = sum(re.fullmatch(pattern, text) is not None for text in texts)
    return bool(texts) and fitting >= MOST * len(texts)


def _c_marks_cancellations(documents: Sequence[str]) -> bool:
    """Documents are plain numbers, and some of them have a C before: C536379 beside 536365."""
    marked = sum(document.startswith("C") for document in documents)
    return 0 < marked < len(documents) / 2 and _mostly(documents, r"C?[0-9]{4,}")
