"""The whole story at the screen: an office, three firms and a supplier, each in a browser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.journey.cast import FIRMS, OFFICE, SUPPLIER
from tests.journey.story import ITEM, NUMBERS, history_file

pytestmark = [pytest.mark.browser]
TITLE = f"{ITEM} 공동구매"
DEPOT = "파주시 물류단지로 7, 2동 하역장"


def test_one_group_buy_from_history_to_delivered_goods(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    office = visitor("office").sign_in(OFFICE)
    firms = [visitor(f"firm{at}").sign_in(email) for at, email in enumerate(FIRMS, 1)]
    supplier = visitor("supplier").sign_in(SUPPLIER)

    for firm, number in zip(firms, NUMBERS, strict=True):
        register(firm, number, site.cooperative.name)
    admit(office)
    import_history(office)
    for firm, quantity in zip(firms, (60, 40, 30), strict=True):
        state_need(firm, quantity)
    campaign = make_campaign(office)
    offer(supplier)
    award_and_open(office, campaign)
    join(firms, campaign)
    close(office, campaign)
    see_result(firms, campaign)
    pay(office, firms, campaign)
    deliver(supplier, firms, office, campaign)
    look_around(office, firms[0], supplier)


def register(firm: Visitor, number: str, cooperative: str) -> None:
    """A person without a seat registers a firm and applies."""
    firm.go("/register-firm")
    first = number == NUMBERS[0]
    if first:
        firm.picture("register-firm")
    firm.fill("사업자등록번호", f"{number[:3]}-{number[3:5]}-{number[5:]}")
    firm.fill("상호", f"한빛상사 {number[-1]}호")
    firm.fill("대표자 이름", "김대표")
    firm.fill("사업장 주소", "서울특별시 중구 세종대로 110")
    if not firm.page.get_by_label("가입할 협동조합").is_visible():
        firm.page.get_by_label("협동조합 조합원사로 함께 삽니다").check()
    firm.page.get_by_label("가입할 협동조합").select_option(label=cooperative)
    firm.press("등록하기")
    firm.sees(re.compile("가입 신청을 담당자가 확인하고 있습니다"))
    if first:
        firm.picture("home-applied")


def admit(office: Visitor) -> None:
    """The office admits whoever has applied."""
    office.go("/desk/members")
    office.picture("members")
    waiting = office.page.locator("main").get_by_role("button", name=re.compile("가입 승인"))
    for left in reversed(range(len(NUMBERS))):
        waiting.first.click()
        office.confirm("가입 승인")
        office.sees(re.compile("가입을 승인했습니다"))
        expect(waiting).to_have_count(left)


def import_history(office: Visitor) -> None:
    """A file of past purchases: preview, start, result, rejected lines."""
    office.go("/desk/imports")
    office.picture("imports-empty")
    office.page.locator("input[type=file]").set_input_files(
        {"name": "구매내역.csv", "mimeType": "text/csv", "buffer": history_file()}
    )
    office.page.wait_for_url(re.compile("/desk/imports/[0-9a-f-]+"))
    office.settled().sees("미리 보기")
    office.picture("import-mapping")
    office.press("가져오기 시작")
    office.confirm("가져오기 시작")
    office.sees("제외한 줄")
    office.sees("새 구매")
    office.settled().picture("import-done")
    office.go("/desk/purchases").sees(ITEM)
    office.picture("purchases")


def state_need(firm: Visitor, quantity: int) -> None:
    """A firm says what it needs."""
    firm.go("/needs")
    firm.press("구매 수요 올리기")
    dialog = firm.page.locator("dialog[open]")
    box = dialog.get_by_role("combobox")
    box.fill("복사용지")
    dialog.get_by_role("option", name=re.compile(ITEM)).click()
    firm.fill("수량", str(quantity), dialog)
    day = (datetime.now(UTC) + timedelta(days=40)).date().isoformat()
    firm.fill("필요한 날", day, dialog)
    firm.fill("희망 최고 단가", "27000", dialog)
    firm.press("구매 수요 올리기")
    expect(dialog).to_have_count(0)
    firm.sees(ITEM)
    if quantity == 60:
        firm.settled().picture("needs")


def make_campaign(office: Visitor) -> str:
    """One button makes a campaign of the pool. Returns its address."""
    office.go("/desk/pools")
    office.picture("pools")
    office.page.locator("main").get_by_role("link", name=ITEM).first.click()
    office.page.wait_for_url(re.compile("/desk/pools/"))
    office.settled().picture("pool")
    office.press("공동구매 만들기")
    office.confirm("공동구매 만들기")
    office.page.wait_for_url(re.compile("/desk/campaigns/[0-9a-f-]+"))
    office.settled().sees("초안을 만들었습니다")
    office.picture("desk-campaign-draft")
    office.page.locator("main").get_by_role("link", name="내용 고치기").click()
    office.page.wait_for_url(re.compile("/edit$"))
    office.settled().fill("우리 조합 수수료", "1.5")
    office.press("저장")
    office.page.wait_for_url(re.compile("/desk/campaigns/[0-9a-f-]+$"))
    office.settled().sees(re.compile("공급가액의 1.5%"))
    office.press("제안 모집 시작")
    office.confirm("제안 모집 시작")
    office.sees(re.compile("공급 제안을 기다리고 있습니다"))
    return office.page.url.partition("?")[0].rpartition("/")[2]


def offer(supplier: Visitor) -> None:
    """A supplier finds the request and offers a ladder."""
    supplier.go("/supplier/campaigns")
    supplier.picture("supplier-requests")
    supplier.page.locator("main").get_by_role("link", name=TITLE).first.click()
    supplier.settled().picture("supplier-request")
    make = supplier.page.locator("main").get_by_role("button", name="제안하기")
    if make.count():
        make.click()
    rows = [("1", "27000"), ("100", "25000"), ("150", "23500")]
    main = supplier.page.locator("main")
    for at, (least, price) in enumerate(rows):
        if not main.locator(f"[name='tiers.{at}.min_quantity']").count():
            supplier.press("구간 더하기")
        main.locator(f"[name='tiers.{at}.min_quantity']").fill(least)
        main.locator(f"[name='tiers.{at}.unit_price']").fill(price)
    supplier.fill("포장 단위", "5")
    supplier.fill("납기", "7")
    supplier.fill("배송비", "30000")
    until = (datetime.now(UTC) + timedelta(days=60)).strftime("%Y-%m-%dT18:00")
    main.locator("[name=valid_until]").fill(until)
    supplier.picture("supplier-offer-form")
    supplier.press("제안 보내기")
    supplier.sees("제안을 보냈습니다")
    supplier.go("/supplier/offers").picture("supplier-offers")


def award_and_open(office: Visitor, campaign: str) -> None:
    """The office compares, chooses with a reason, and opens."""
    office.go(f"/desk/campaigns/{campaign}?tab=offers").sees("대성제지")
    office.picture("desk-offers")
    office.press(re.compile("^낙찰"))
    office.fill("낙찰 사유", "가장 낮은 단가와 짧은 납기", office.page.locator("dialog[open]"))
    office.confirm("낙찰")
    office.sees("공급 제안을 골랐습니다")
    office.press("모집 시작")
    office.confirm("모집 시작")
    office.sees("조합원사가 참여하고 있습니다.")


def join(firms: list[Visitor], campaign: str) -> None:
    """Join with the price in view, change, withdraw, join again."""
    first, second, third = firms
    first.go("/campaigns").sees(TITLE)
    first.picture("campaigns")
    first.page.locator("main").get_by_role("link", name=TITLE).first.click()
    first.page.wait_for_url(re.compile(campaign))
    first.settled().fill("수량", "60")
    first.fill("희망 최고 단가", "26000")
    first.sees(re.compile("합계"))
    first.sees("조합 수수료")
    first.page.locator("[name=place]").select_option("other")
    first.fill("받을 주소", DEPOT)
    first.picture("campaign-typing")
    commit(first)
    first.sees(DEPOT)
    second.go(f"/campaigns/{campaign}").fill("수량", "45")
    commit(second)
    third.go(f"/campaigns/{campaign}").fill("수량", "25")
    commit(third)
    third.press("고치기")
    third.fill("수량", "33")
    third.page.get_by_text("더 정하기").click()
    third.fill("추가 수용 물량", "5")
    third.press("고친 내용 저장")
    third.sees("참여 내용을 고쳤습니다")
    second.press("거두기")
    second.confirm("거두기")
    second.sees("참여를 거두었습니다")
    second.fill("수량", "45")
    commit(second)
    first.sees(re.compile("3개사"))
    first.settled().picture("campaign-joined")


def commit(firm: Visitor) -> None:
    firm.press(re.compile("참여 약정하기"))
    firm.sees("내 참여 약정")


def close(office: Visitor, campaign: str) -> None:
    """What would come out, then in earnest."""
    office.go(f"/desk/campaigns/{campaign}").picture("desk-campaign-open")
    office.go(f"/desk/campaigns/{campaign}?tab=commitments").sees(re.compile(DEPOT))
    office.picture("desk-commitments")
    office.go(f"/desk/campaigns/{campaign}?tab=closing").sees(re.compile("25,000"))
    office.picture("desk-dry-run")
    office.press("지금 마감하기")
    office.confirm("마감하기")
    office.go(f"/desk/campaigns/{campaign}?tab=result")
    office.sees("마감 정산 기록")
    office.settled().picture("desk-result")


def see_result(firms: list[Visitor], campaign: str) -> None:
    """Every firm reads what it got and why."""
    for firm in firms:
        firm.go(f"/campaigns/{campaign}").sees("마감 결과")
        firm.sees(re.compile("배정"))
    firms[0].picture("campaign-result")


def pay(office: Visitor, firms: list[Visitor], campaign: str) -> None:
    """Transfer instructions; the office confirms what arrived."""
    firms[0].go("/orders").sees("결제 대기")
    firms[0].picture("orders")
    firms[0].page.locator("main").get_by_role("link", name=re.compile(r"\d{8}-")).first.click()
    firms[0].settled().sees("110-222-333333")
    firms[0].sees(DEPOT)
    firms[0].picture("order-to-pay")
    # The office of the site has other campaigns too, of other tests.
    office.go(f"/desk/payments?campaign={campaign}")
    office.picture("payments")
    waiting = office.page.locator("main").get_by_role("button", name=re.compile("입금 확인"))
    for left in reversed(range(len(firms))):
        waiting.first.click()
        dialog = office.page.locator("dialog[open]")
        owed = dialog.get_by_text(re.compile("받을 금액")).first.inner_text()
        digits = "".join(re.findall(r"\d", owed.split(":")[1].split("원")[0]))
        office.fill("들어온 금액", digits, dialog)
        if not dialog.get_by_label("입금자 이름").input_value():
            office.fill("입금자 이름", "홍길동", dialog)
        office.press("입금 확인")
        expect(dialog).to_have_count(0)
        office.sees(re.compile("입금을 확인했습니다"))
        # Before the list is read again, its first row is the one that was just confirmed.
        expect(waiting).to_have_count(left)


def deliver(supplier: Visitor, firms: list[Visitor], office: Visitor, campaign: str) -> None:
    """The purchase order, the supplier's yes, parcels, receipts, the end."""
    order = supplier.page.locator("main").get_by_role("link", name=TITLE)
    for _ in range(20):
        supplier.go("/supplier/purchase-orders")
        if order.count():
            break
        supplier.page.wait_for_timeout(500)
    supplier.picture("supplier-orders")
    order.first.click()
    supplier.page.wait_for_url(re.compile("/supplier/purchase-orders/"))
    supplier.settled().sees(DEPOT)
    supplier.picture("purchase-order")
    supplier.press("발주 확인")
    supplier.confirm("발주 확인")
    supplier.sees("발주를 확인했습니다")
    supplier.press("출고하기")
    supplier.fill("택배사", "한빛택배")
    for at in range(len(firms)):
        tracking = supplier.page.locator(f"[name='lines.{at}.tracking_number']")
        tracking.fill(f"6012-{at}")
    supplier.sees(re.compile(f"· {DEPOT}"))
    supplier.picture("supplier-ship")
    supplier.press(re.compile("출고$"))
    supplier.sees(re.compile("곳에 출고했습니다"))
    for firm in firms:
        firm.go("/orders")
        firm.page.locator("main").get_by_role("link", name=re.compile(r"\d{8}-")).first.click()
        firm.settled()
        if firm is firms[0]:
            firm.picture("order-shipped")
        firm.press("수령 확인하기")
        firm.press("수령 확인하기")
        firm.sees("수령을 확인했습니다")
    office.go(f"/desk/campaigns/{campaign}").sees("완료")
    office.sees(re.compile("모든 기업이 받았습니다"))
    office.settled().picture("desk-campaign-completed")
    office.go(f"/desk/campaigns/{campaign}?tab=history").sees("공동구매 완료")
    office.picture("desk-history")


def look_around(office: Visitor, firm: Visitor, supplier: Visitor) -> None:
    """The pages that the story has not led past."""
    office.go("/desk/campaigns").picture("desk-campaigns")
    office.go("/desk/campaigns/new").picture("desk-new-campaign")
    office.go("/").picture("home-office")
    firm.go("/").picture("home-firm")
    supplier.go("/").picture("home-supplier")
    firm.go("/notifications").picture("notifications")
    firm.go("/settings").picture("settings")
