"""One group buy from a purchase history to goods received, told over HTTP alone.

Nothing here looks into the database: what people need to know, the API tells them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.journey.people import Person

Until = Callable[[Callable[[], Any], str], Any]
NUMBERS = ("2208162517", "1248100998", "1208147521")
ITEM = "복사용지 A4 80g"


def later(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Seoul")).date().isoformat()


@dataclass
class Cast:
    """Who takes part, and how to wait for what happens in the background."""

    office: Person
    firms: list[Person]
    supplier: Person
    cooperative: str
    until: Until


def register(cast: Cast) -> None:
    """Three firms register and apply; the office admits them."""
    for index, (person, number) in enumerate(zip(cast.firms, NUMBERS, strict=True)):
        seat = person.post("firms", {
            "name": f"한빛상사 {index + 1}호", "business_number": number,
            "representative": "김대표", "address": f"서울특별시 중구 세종대로 {index + 1}",
            "cooperative": cast.cooperative,
        }, expect=201)  # fmt: skip
        person.seat = seat["id"]
        assert seat["memberships"][0]["status"] == "applied"
        person.get("campaigns")
    waiting = cast.office.get("members?status=applied")["results"]
    assert len(waiting) == len(cast.firms)
    for row in waiting:
        assert cast.office.post(f"members/{row['id']}/admit")["status"] == "active"


def history_file() -> bytes:
    """Past purchases, two of them beyond use, one firm not known yet."""
    lines = ["거래일자,거래처코드,거래처명,품목코드,품목명,수량,단가,전표번호"]
    for number, price in zip(NUMBERS, (28_000, 27_500, 29_000), strict=True):
        lines.append(f"2026-03-02,{number},,P-100,{ITEM},20,{price},D{price}")
    lines += [
        f"2026-03-05,K-77,새벽인쇄,P-100,{ITEM},15,28500,D-9",
        f"2026-03-06,K-77,새벽인쇄,P-100,{ITEM},많이,28500,D-10",
        f"없는날,K-77,새벽인쇄,P-100,{ITEM},1,28500,D-11",
    ]
    return "\n".join(lines).encode("cp949")


def bring_in_the_past(cast: Cast) -> str:
    """The office imports the file, twice; the second time nothing is new. Returns the item."""
    for new in (4, 0):
        made = cast.office.upload("imports", "구매내역.csv", history_file())
        assert made["preview"]["kept"] == 4
        assert sum(row["count"] for row in made["preview"]["rejected"]) == 2
        cast.office.ask("PATCH", f"imports/{made['id']}", {"rules": {"date_order": "ymd"}})
        assert cast.office.post(f"imports/{made['id']}/start")["state"] in {"queued", "running"}
        done = cast.until(
            lambda pk=made["id"]: _in_state(cast.office.get(f"imports/{pk}"), "done"), "the import"
        )
        counts = done["counts"]
        assert (counts["kept"], counts["rejected"], counts["purchases_new"]) == (4, 2, new)
        rejected = cast.office.get(f"imports/{made['id']}/rejections")["results"]
        assert len(rejected) == 2
        assert all(row["reason"]["message"] for row in rejected)
    assert len(cast.office.get("purchases")["results"]) == 4
    assert len(cast.firms[0].get("purchases")["results"]) == 1, "a firm sees its own"
    (item,) = cast.office.get("items?search=P-100")["results"]
    return str(item["id"])


def state_needs(cast: Cast, item: str) -> str:
    """Three firms say what they need; it is one pool. Returns the pool."""
    for quantity, person in zip((60, 40, 30), cast.firms, strict=True):
        person.post("needs", {
            "cooperative": cast.cooperative, "item": item, "quantity": quantity,
            "needed_by": later(40)[:10], "price_limit": "27000",
        }, expect=201)  # fmt: skip
    (pool,) = cast.office.get("pools")["results"]
    assert (pool["quantity"], pool["firms"]) == (130, 3)
    assert cast.firms[0].get(f"pools/{pool['id']}")["needs"] is None, "others' needs stay private"
    return str(pool["id"])


def source(cast: Cast, pool: str) -> str:
    """One button makes the campaign; a supplier offers; the office awards and opens it."""
    campaign = cast.office.post(f"pools/{pool}/campaign", expect=201)
    pk = campaign["id"]
    assert (campaign["threshold_quantity"], campaign["threshold_firms"]) == (65, 2)
    assert campaign["can"]["start_sourcing"] is True
    cast.firms[0].get(f"campaigns/{pk}", expect=404)
    cast.office.ask("PATCH", f"campaigns/{pk}", {"host_fee_bp": 150})
    cast.office.post(f"campaigns/{pk}/start-sourcing")
    (invited,) = cast.supplier.get("invitations")["results"]
    assert invited["id"] == pk
    offer = cast.supplier.post(f"campaigns/{pk}/offers", {
        "tiers": [{"min_quantity": 1, "unit_price": "27000"},
                  {"min_quantity": 100, "unit_price": "25000"},
                  {"min_quantity": 150, "unit_price": "23500"}],
        "pack_size": 5, "lead_time_days": 7, "delivery_cost": 30_000, "valid_until": later(60),
        "note": "착불 아님",
    }, expect=201)  # fmt: skip
    award = {"offer": offer["id"], "reason": "가장 낮은 단가와 짧은 납기"}
    cast.office.post(f"campaigns/{pk}/award", award)
    assert cast.supplier.get(f"campaigns/{pk}")["fees"] is None, "what is asked is not its matter"
    assert cast.office.post(f"campaigns/{pk}/open")["state"] == "open"
    return str(pk)


def commit(cast: Cast, pk: str) -> None:
    """Firms join, change, step back and join again, seeing before each what it would come to."""
    first, second, third = cast.firms
    quote = first.get(f"campaigns/{pk}/quote?quantity=60&price_limit=26000")
    assert quote["kept_out"] is True or quote["now"] is None
    first.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 60, "price_limit": "26000"})
    second.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 40})
    third.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 25, "tolerance": 5})
    changed = third.ask(
        "PUT", f"campaigns/{pk}/commitment",
        {"quantity": 33, "tolerance": 5, "price_limit": "25500"},
    )  # fmt: skip
    assert (changed["quantity"], changed["price_limit"]) == (33, "25500")
    second.ask("DELETE", f"campaigns/{pk}/commitment", expect=204)
    assert second.get(f"campaigns/{pk}/commitment")["state"] == "withdrawn"
    second.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 45})

    quote = second.get(f"campaigns/{pk}/quote?quantity=45")
    assert quote["now"]["unit_price"] == "25000"
    assert quote["saving"]["against"] == "last_price"
    # 1.5 % of 45 x 25,000 is 16,875, and 1,687 VAT on it.
    assert (quote["now"]["host_fee"], quote["now"]["fee_vat"]) == (16_875, 1_687)
    cast.office.ask("PATCH", f"campaigns/{pk}", {"host_fee_bp": 0}, expect=409)
    page = first.get(f"campaigns/{pk}")
    assert page["ladder"]["unit_price"] == "25000"
    assert page["ladder"]["firms"] == 3
    assert page["commitment"]["quantity"] == 60
    mine = second.get("campaigns?mine=true")["results"]
    assert [row["id"] for row in mine] == [pk]
    first.get(f"campaigns/{pk}/commitments", expect=403)
    assert len(cast.office.get(f"campaigns/{pk}/commitments")["results"]) == 3


def close(cast: Cast, pk: str) -> dict[str, int]:
    """A dry run, then in earnest: the same. Returns what each firm got, by firm."""
    trial = cast.office.get(f"campaigns/{pk}/dry-run")
    assert (trial["outcome"], trial["unit_price"], trial["quantity"]) == (
        "succeeded", "25000", 140,
    )  # fmt: skip
    cast.office.post(f"campaigns/{pk}/close")
    cast.firms[0].ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 61}, expect=409)
    clearing = cast.until(lambda: _cleared(cast, pk), "the clearing")
    assert (clearing["unit_price"], clearing["quantity"]) == ("25000", 140)
    lines = cast.office.get(f"campaigns/{pk}/clearing/lines")["results"]
    awards = {row["firm"]["id"]: row["awarded"] for row in lines}
    assert awards == {row["firm"]["id"]: row["awarded"] for row in trial["rows"]}
    assert sorted(awards.values()) == [35, 45, 60], "the pack of five is filled by the tolerance"
    for person in cast.firms:
        mine = person.get(f"campaigns/{pk}/clearing")["mine"]
        assert mine["sentence"]
    return awards


def pay(cast: Cast, pk: str) -> None:
    """Each firm gets its order and where to transfer; the office confirms what arrived."""
    orders = []
    for person in cast.firms:
        order = cast.until(
            lambda person=person: _asked(person.get("orders")["results"]), "the transfer letter"
        )
        orders.append(order)
        told = order["payment"]
        assert order["host_fee"] == order["supply_value"] * 150 // 10_000 > 0
        assert order["fee_vat"] == order["host_fee"] // 10
        for_the_supplier = order["supply_value"] + order["vat"] + order["delivery_share"]
        assert order["total"] == for_the_supplier + order["host_fee"] + order["fee_vat"]
        assert told["amount"] == order["total"]
        assert told["instructions"]["account"] == "110-222-333333"
        assert told["reference"]
        assert order["supply_value"] == order["quantity"] * 25_000
    assert sum(order["delivery_share"] for order in orders) == 30_000
    cast.firms[0].get(f"orders/{orders[1]['id']}", expect=404)

    awaited = cast.office.get(f"payments?campaign={pk}")["results"]
    assert {row["reference"] for row in awaited} == {o["payment"]["reference"] for o in orders}
    for row in awaited:
        arrived = {"depositor": row["firm"]["name"], "received_date": today()}
        wrong = {**arrived, "amount": row["amount"] - 1}
        cast.office.post(f"payments/{row['id']}/confirm", wrong, expect=422)
        paid = cast.office.post(
            f"payments/{row['id']}/confirm", {**arrived, "amount": row["amount"]}
        )
        assert paid["state"] == "paid"


def deliver(cast: Cast, pk: str, awards: dict[str, int]) -> None:
    """The purchase order, the supplier's yes, parcels, receipts, the end."""
    order = cast.until(
        lambda: next(iter(cast.supplier.get("purchase-orders")["results"]), None),
        "the purchase order",
    )
    assert (order["quantity"], order["unit_price"]) == (sum(awards.values()), "25000")
    assert cast.supplier.post(f"purchase-orders/{order['id']}/confirm")["state"] == "confirmed"
    lines = cast.supplier.get(f"purchase-orders/{order['id']}/lines")["results"]
    assert {row["firm"]["id"]: row["quantity"] for row in lines} == awards
    parcels = [
        {"order": row["order"], "quantity": row["quantity"], "tracking_number": f"T{index}"}
        for index, row in enumerate(lines)
    ]
    sent = cast.supplier.post("shipments/bulk", {
        "purchase_order": order["id"], "carrier": "한빛택배", "shipped_date": today(),
        "lines": parcels,
    }, expect=201)  # fmt: skip
    assert len(sent) == len(cast.firms)
    for person in cast.firms:
        (shipment,) = person.get("shipments")["results"]
        received = {"quantity": shipment["quantity"], "note": ""}
        person.post(f"shipments/{shipment['id']}/receive", received)
    cast.until(lambda: _in_state(cast.office.get(f"campaigns/{pk}"), "completed"), "completion")
    for person in cast.firms:
        (row,) = person.get("orders")["results"]
        assert row["state"] == "received"


def check_trail(cast: Cast, pk: str) -> None:
    """Every step has its row, oldest first; a firm sees its own and the campaign's."""
    trail = _all(cast.office, f"campaigns/{pk}/history?ordering=at&page_size=100&only=events")
    what = [row["what"] for row in trail]
    in_order = ["campaign_drafted", "sourcing_started", "offer_posted", "offer_awarded",
                "campaign_opened", "commitment_made", "campaign_closed", "campaign_cleared",
                "orders_placed", "payments_asked", "payment_confirmed", "purchase_order_issued",
                "purchase_order_confirmed", "shipment_sent", "shipment_received",
                "campaign_completed"]  # fmt: skip
    missing = [kind for kind in in_order if kind not in what]
    assert not missing, f"{missing} not in {what}"
    places = [what.index(kind) for kind in in_order]
    assert places == sorted(places), what
    assert what.count("commitment_made") == what.count("shipment_received") == 3
    assert {"commitment_changed", "commitment_withdrawn"} <= set(what)
    assert all(row["who"] and row["at"] for row in trail)
    moves = [
        line["after"]
        for row in trail
        for line in row["lines"]
        if row["what"].startswith(("campaign_", "sourcing_")) and line["field"] == "state"
    ]
    assert moves == ["작성 중", "제안 모집", "모집 중", "마감 처리 중", "입금 중", "발주 완료",
                     "배송 중", "완료"]  # fmt: skip
    # What the database kept beside them has an operation each.
    kept = cast.office.get(f"campaigns/{pk}/history?page_size=100&only=changes")["results"]
    assert {row["what"] for row in kept} == {"made", "changed"}
    assert not [row for row in kept if row["outside"]]
    path = f"campaigns/{pk}/history?page_size=100&only=events"
    own = [row["what"] for row in _all(cast.firms[0], path)]
    assert own.count("commitment_made") == 1


def _all(person: Person, path: str) -> list[dict[str, Any]]:
    body = person.get(path)
    assert body["next"] is None
    return list(body["results"])


def _in_state(row: dict[str, Any], state: str) -> dict[str, Any] | None:
    assert row["state"] != "failed", row
    return row if row["state"] == state else None


def _cleared(cast: Cast, pk: str) -> dict[str, Any] | None:
    if not cast.office.get(f"campaigns/{pk}")["clearing"]:
        return None
    return dict(cast.office.get(f"campaigns/{pk}/clearing"))


def _asked(orders: list[dict[str, Any]]) -> dict[str, Any] | None:
    return orders[0] if orders and orders[0]["payment"] else None


def told(person: Person) -> list[dict[str, Any]]:
    """What a person was told so far."""
    return list(person.get("notifications?page_size=100")["results"])


def buy_together(cast: Cast) -> str:
    """The whole story; returns the campaign."""
    register(cast)
    item = bring_in_the_past(cast)
    pk = source(cast, state_needs(cast, item))
    commit(cast, pk)
    awards = close(cast, pk)
    pay(cast, pk)
    deliver(cast, pk, awards)
    check_trail(cast, pk)
    for person in cast.firms:
        assert told(person), "everybody in it was told how it went"
    return pk


def fall_short(cast: Cast) -> str:
    """A second one that too few join: nobody is charged, and everybody is told why."""
    register(cast)
    item = bring_in_the_past(cast)
    pk = source(cast, state_needs(cast, item))
    first, second, third = cast.firms
    first.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 20})
    second.ask("PUT", f"campaigns/{pk}/commitment", {"quantity": 30, "price_limit": "24000"})
    trial = cast.office.get(f"campaigns/{pk}/dry-run")
    assert trial["outcome"] == "failed"
    cast.office.post(f"campaigns/{pk}/close")
    ended = cast.until(lambda: _failed(cast.office.get(f"campaigns/{pk}")), "the failure")
    # What would be, and what came of it: the same in another mood.
    assert "성립하지 않습니다" in trial["sentence"], trial["sentence"]
    assert "않았습니다" in ended["outcome"]["text"], ended["outcome"]
    for person in (first, second):
        page = person.get(f"campaigns/{pk}")
        assert page["outcome"]["text"], "why"
        assert person.get(f"campaigns/{pk}/clearing")["mine"]["sentence"]
        assert person.get("orders")["results"] == []
        news = cast.until(
            lambda person=person: [n for n in told(person) if pk in n["link"]], "the news"
        )
        assert news[0]["text"]
    assert cast.office.get(f"payments?campaign={pk}")["results"] == []
    assert cast.supplier.get("purchase-orders")["results"] == []
    assert third.get(f"campaigns/{pk}")["state"] == "failed"
    limit = Decimal(second.get(f"campaigns/{pk}/commitment")["price_limit"])
    assert limit == Decimal(24_000)
    return pk


def _failed(row: dict[str, Any]) -> dict[str, Any] | None:
    return row if row["state"] == "failed" else None
