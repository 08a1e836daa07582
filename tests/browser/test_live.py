"""Two screens of one campaign: what happens on one is seen on the other, streamed or asked for."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor
from tests.factories.accounts import member
from tests.factories.campaigns import Story
from tests.journey.cast import owner_of_member

from mungchi.campaigns import operations

pytestmark = [pytest.mark.browser]
EMAIL = "looking@live.example"


@pytest.fixture(scope="module")
def looking(site: Site) -> str:
    """Somebody of a member firm."""
    return owner_of_member(site.cooperative, EMAIL, "구경남", firm="보는상사", number=900)


@pytest.fixture
def story(site: Site) -> Story:
    """A campaign with 45 of the 50 that the second price needs."""
    story = Story(host=site.cooperative, given={"title": "실시간 공동구매"}).opened()
    for quantity in (20, 25):
        join(story, quantity)
    return story


def join(story: Story, quantity: int) -> None:
    operations.commit(
        actor=member(story.host), campaign_id=story.campaign.pk, quantity=quantity
    )  # fmt: skip


def gathered(visitor: Visitor):
    return visitor.page.locator(".facts-line")


def test_a_commitment_moves_the_ladder_on_an_open_page(
    looking: str, story: Story, visitor: Callable[..., Visitor]
) -> None:
    page = visitor("looking").sign_in(looking).go(f"/campaigns/{story.campaign.pk}")
    expect(gathered(page)).to_contain_text(re.compile(r"45\D"))
    join(story, 10)
    # Asking every few seconds would not be soon enough.
    expect(gathered(page)).to_contain_text(re.compile(r"55\D"), timeout=3_000)
    # The list too, and the end of the campaign.
    page.go("/campaigns")
    card = page.page.get_by_role("article").filter(has_text="실시간 공동구매").first
    expect(card).to_contain_text("100")
    join(story, 50)
    expect(card).to_contain_text("90", timeout=3_000)
    page.go(f"/campaigns/{story.campaign.pk}")
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="공급사 사정")
    expect(page.page.locator("main")).to_contain_text("공급사 사정", timeout=3_000)


def test_with_the_stream_cut_off_the_page_still_moves(
    looking: str, story: Story, visitor: Callable[..., Visitor]
) -> None:
    page = visitor("cut off").sign_in(looking)
    page.context.route("**/api/v1/live*", lambda route: route.abort())
    page.go(f"/campaigns/{story.campaign.pk}")
    expect(gathered(page)).to_contain_text(re.compile(r"45\D"))
    join(story, 10)
    expect(gathered(page)).to_contain_text(re.compile(r"55\D"), timeout=8_000)
