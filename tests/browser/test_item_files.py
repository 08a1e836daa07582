"""What an item looks like: put there by its office, seen where the item is bought."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.browser.visitor import Visitor
from tests.factories.accounts import CooperativeFactory, SeatFactory
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.journey.cast import owner_of_member, person

pytestmark = [pytest.mark.browser]


def test_an_office_shows_what_an_item_looks_like(visitor: Callable[..., Visitor], db: str) -> None:
    home = CooperativeFactory(name="그림협동조합", name_en="Picture Co-op")
    SeatFactory(user=person("office@item.example", "정그림"), role="coordinator", cooperative=home)
    email = owner_of_member(home, "buyer@item.example", "김그림", firm="그림상사", number=880)
    item = ItemFactory(cooperative=home, name="그림 있는 상자")
    story = Story(host=home, item=item, given={"title": "그림 있는 공동구매"}).opened()
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "#c89b6a").save(out, "JPEG")

    office = visitor("picture-office").sign_in("office@item.example")
    office.go("/desk/items").press("그림 있는 상자 고치기")
    dialog = office.page.locator("dialog[open]")
    dialog.get_by_text("그림이나 규격서 올리기").first.click()
    files = dialog.locator("input[type=file]")
    files.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})
    office.fill("그림에 보이는 것", "갈색 상자의 앞면", dialog)
    office.press(
        "그림이나 규격서 올리기",
        dialog.locator("form", has=office.page.locator("input[type=file]")),
    )
    office.sees("갈색 상자의 앞면")
    files.set_input_files(
        {"name": "규격서.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
    )
    office.press(
        "그림이나 규격서 올리기",
        dialog.locator("form", has=office.page.locator("input[type=file]")),
    )
    office.sees("규격서.pdf")
    expect(dialog.locator("li img")).to_have_js_property("naturalWidth", 320)
    office.glance("item-files")

    buyer = visitor("picture-buyer").sign_in(email)
    buyer.go("/campaigns").sees("그림 있는 공동구매")
    card = buyer.page.locator("article", has_text="그림 있는 공동구매")
    expect(card.locator("img")).to_have_js_property("naturalWidth", 320)
    buyer.go(f"/campaigns/{story.campaign.pk}")
    shown = buyer.page.get_by_alt_text("갈색 상자의 앞면")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 900)
    expect(buyer.page.get_by_role("link", name="규격서.pdf")).to_be_visible()
    buyer.picture("campaign-with-images")
