"""An open campaign told to people who are not signed in: its address, and that it names nobody."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, partners, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts.models import Firm, User
from mungchi.campaigns import operations
from mungchi.campaigns.domain import share, share_card
from mungchi.campaigns.models import Commitment, Offer, Share, SharePicture
from mungchi.campaigns.operations.sharing import NotShareable, SharingOff
from mungchi.catalog.models import Item
from mungchi.catalog.operations import add_item_image
from mungchi.common import clock, drawing
from mungchi.common.canvas import Words
from mungchi.common.errors import NotFound
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
MARK = "가나리아"


@pytest.fixture(autouse=True)
def no_counts() -> Iterator[None]:
    """Each test has the limits to itself."""
    cache.clear()
    yield
    cache.clear()


def shared(story: Story, actor: Any = None) -> str:
    row = operations.share_campaign(actor=actor or story.office, campaign_id=story.campaign.pk)
    return f"/s/{row.token}"


def opened(*quantities: int, **given: Any) -> Story:
    story = Story(given=given).opened()
    for quantity in quantities:
        story.join(quantity)
    return story


def read(path: str, language: str = "ko") -> str:
    answer = Client().get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn(path: str, language: str) -> list[str]:
    """The words of the picture: what is drawn is made of these and nothing else."""
    _, shown = operations.glimpse(token=path.rpartition("/")[2])
    marks = share_card.card(shown, language, clock.now(), drawing.measure)
    return [mark.text for mark in marks if isinstance(mark, Words)]


def everything(path: str) -> str:
    return "".join(read(path, one) + str(drawn(path, one)) for one in ("ko", "en"))


# Who may share


def test_who_may_join_is_in_or_supplies_it_and_offices_may_share() -> None:
    story = opened(30)
    ours = {shared(story, actor) for actor in (
        story.office, story.people[0], member(story.host), story.supplier)}  # fmt: skip
    assert len(ours) == 1
    (path,) = ours
    assert re.fullmatch(r"/s/[A-Za-z0-9_-]{22}", path)
    for stranger in (coordinator_of(CooperativeFactory()), member(CooperativeFactory())):
        with pytest.raises(NotFound):
            shared(story, stranger)


def test_a_supplier_whose_offer_was_not_chosen_may_not() -> None:
    story = Story().offered()
    rival = supplier()
    operations.post_offer(
        actor=rival, campaign_id=story.campaign.pk, tiers=[(1, Decimal(150))], pack_size=1,
        capacity=None, lead_time_days=3, delivery_cost=0,
        valid_until=clock.now() + timedelta(days=60),
    )  # fmt: skip
    operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                           offer_id=story.offer.pk, reason="가장 싸다")  # fmt: skip
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    seen = client_for(rival).get(f"/api/v1/campaigns/{story.campaign.pk}").json()
    assert seen["can"]["share"] is False
    with pytest.raises(NotFound):
        shared(story, rival)


def test_only_an_open_campaign_is_shared() -> None:
    story = Story().offered()
    with pytest.raises(NotShareable):
        shared(story)
    with pytest.raises(NotShareable):
        operations.renew_share(actor=story.office, campaign_id=story.campaign.pk)


def test_the_office_says_so_in_the_draft() -> None:
    story = Story(given={"shareable": False})
    client = client_for(story.office)
    address = f"/api/v1/campaigns/{story.campaign.pk}"
    assert client.get(address).json()["shareable"] is False
    assert client.patch(address, {"shareable": True}).json()["shareable"] is True
    assert client.patch(address, {"shareable": False}).json()["shareable"] is False
    story.opened()
    firm = client_for(member(story.host))
    assert firm.get(address).json()["can"]["share"] is False
    assert firm.post(f"{address}/share").json()["code"] == "sharing_off"
    assert client.get(address).json()["can"]["share"] is True
    assert client.post(f"{address}/share/renew").status_code == 200
    assert firm.post(f"{address}/share").status_code == 200


def test_renewing_and_turning_off_end_the_address_at_once_and_are_in_the_trail() -> None:
    story = opened(30)
    client = client_for(story.office)
    address = f"/api/v1/campaigns/{story.campaign.pk}/share"
    first = client.post(address).json()
    assert first == client.post(address).json()
    old = first["address"].removeprefix("http://localhost:8000")
    assert first["picture"].startswith(f"{old}/ko-")
    assert Client().get(first["picture"]).status_code == 200
    new = client.post(f"{address}/renew").json()["address"].removeprefix("http://localhost:8000")
    assert new != old
    gone = Client().get(old)
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 204
    assert SharePicture.objects.count() == 0
    off, unknown = Client().get(new), Client().get("/s/" + "x" * 22)
    pictures = [Client().get(f"{one}/ko-1.png") for one in (old, new, "/s/" + "x" * 22)]
    for answer in (gone, off, unknown, *pictures):
        assert answer.status_code == 404
        assert answer.content == gone.content
        assert answer.headers["Cache-Control"] == "no-store"
        assert {k: v for k, v in answer.items() if k != "X-Request-ID"} == {
            k: v for k, v in gone.items() if k != "X-Request-ID"
        }
    kinds = History.objects.filter(thread=story.campaign.pk, kind__startswith="share_")
    assert list(kinds.order_by("id").values_list("kind", flat=True)) == [
        "share_renewed", "share_ended",
    ]  # fmt: skip
    with pytest.raises(SharingOff):
        shared(story, story.people[0])
    with pytest.raises(NotFound):
        operations.renew_share(actor=story.people[0], campaign_id=story.campaign.pk)


# What is told


def test_a_page_for_people_and_for_chat_programs() -> None:
    story = opened(20, 25, 10, title="A4 <용지> & 봉투")
    path = shared(story)
    answer = Client().get(path, HTTP_ACCEPT_LANGUAGE="ko")
    body = answer.content.decode()
    assert "A4 &lt;용지&gt; &amp; 봉투" in body
    assert "<용지>" not in body
    tags = dict(re.findall(r'<meta (?:property|name)="([\w:.-]+)" content="([^"]*)"', body))
    assert tags["og:locale"] == "ko_KR"
    assert tags["og:title"] == tags["twitter:title"] == "A4 &lt;용지&gt; &amp; 봉투"
    assert "45박스 더 모이면 모두 박스당 10원씩 아낍니다." in tags["og:description"]
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["og:image:alt"] == tags["twitter:image:alt"] != ""
    assert tags["robots"] == "noindex"
    assert tags["twitter:card"] == "summary_large_image"
    assert f'<link rel="canonical" href="http://localhost:8000{path}">' in body
    assert f"/sign-in?next=%2Ftold%2F{path[3:]}" in body
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in answer.headers["Vary"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert "<script" not in body
    english = read(path + "?lang=en")
    assert 'lang="en"' in english
    assert 'content="en_US"' in english
    assert "45 boxes more and everybody saves ₩10 per box." in english
    assert "45 boxes more" in read(path, "en-GB,en;q=0.9")
    assert 'lang="ko"' in read(path + "?lang=fr", "")
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200


def test_the_picture_is_drawn_once_for_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    story = opened(20, 25, 10)
    path = shared(story)
    address = re.search(r'property="og:image" content="http://localhost:8000([^"]+)"', read(path))
    assert address
    drawings = []
    real = drawing.png
    monkeypatch.setattr(drawing, "png", lambda *given: drawings.append(1) or real(*given))
    first = Client().get(address[1])
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert len(first.content) < 60_000
    again = Client().get(address[1], HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(address[1]).content == first.content
    assert len(drawings) == 1
    story.join(5)
    story.join(6)
    assert address[1] not in read(path)
    # An old version's address shows what holds now: chat programs that ask late are not misled.
    later = Client().get(address[1])
    assert later.headers["ETag"] != first.headers["ETag"]
    assert Client().get(f"{path}/en-1.png").content != later.content
    assert len(drawings) == 3
    assert SharePicture.objects.count() == 2
    assert Client().get(f"{path}/fr-1.png").status_code == 404


def test_it_is_counted_how_often_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    from mungchi.campaigns.api.shared_limits import SharedLimit

    monkeypatch.setattr(SharedLimit, "rate", "3/min")
    path = shared(opened(20))
    client = Client()
    answers = [client.get(one).status_code for one in (path, path, "/s/none", path)]
    assert answers == [200, 200, 404, 429]
    assert client.get(path).headers["Retry-After"]
    assert Client(REMOTE_ADDR="203.0.113.9").get(path).status_code == 200


def test_new_figures_only_when_two_firms_have_changed_something() -> None:
    story = opened(20, 25, 10)
    path = shared(story)
    assert "45박스 더" in read(path)
    story.join(5)
    assert "45박스 더" in read(path)
    # The same firm once more is still one.
    story.join(9, firm=story.people[-1])
    assert "45박스 더" in read(path)
    story.join(3)
    assert "33박스 더" in read(path)


def test_what_another_office_could_work_out_is_not_told() -> None:
    partner = CooperativeFactory()
    host = CooperativeFactory()
    partners(host, partner)
    story = Story(host=host, given={"reach": "partners", "partners": [partner.pk]}).opened()
    for quantity in (20, 25, 10):
        story.join(quantity, firm=member(partner))
    path = shared(story)
    assert "45박스 더" in read(path)
    story.join(13)
    story.join(4, firm=member(partner))
    # The partner's office knows four of five.
    assert "박스 더 모이면" not in read(path)
    story.join(2)
    story.join(1)
    assert "25박스 더" in read(path)


def test_after_closing_it_tells_how_it_ended_and_no_quantities() -> None:
    story = opened(31, 32, 33)
    path = shared(story)
    operations.close_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert "결과를 정하고 있습니다" in read(path)
    operations.clear_campaign(campaign_id=story.campaign.pk)
    body = everything(path)
    assert "박스당 100원에 성립했습니다." in body
    # Names of tests have numbers of their own.
    named = "|".join(re.escape(name) for name in (story.item.name, story.host.name, path))
    assert not re.search(r"(?<!\d)96(?!\d)", re.sub(rf"\d+%|[0-9a-f]{{32}}|{named}", "", body))
    with pytest.raises(NotShareable):
        shared(story, member(story.host))


# That it names nobody


def marked() -> tuple[Story, list[str]]:
    """A campaign whose firms, people, limits and quantities are all marked; and the marks."""
    story = opened()
    quantities, limits = (1117, 2239, 3347, 4451, 5563), ("107.13", None, "113.57", None, "119.91")
    for n, (quantity, limit) in enumerate(zip(quantities, limits, strict=True)):
        actor = member(story.host)
        Firm.objects.filter(pk=actor.firm_id).update(
            name=f"{MARK}상사{n}", address=f"{MARK}로 {n}", representative=f"{MARK}대표{n}"
        )
        User.objects.filter(pk=actor.user_id).update(name=f"{MARK}담당{n}")
        story.join(quantity, limit, tolerance=quantity // 100, minimum=7, firm=actor)
    Offer.objects.filter(campaign=story.campaign).update(note=f"{MARK}제안", capacity=77_777)
    Firm.objects.filter(pk=story.supplier.firm_id).update(name=f"{MARK}공급")
    Commitment.objects.filter(campaign=story.campaign)
    story.campaign.award_reason = f"{MARK}낙찰 사유"
    story.campaign.save(update_fields=["award_reason"])
    numbers = [f"{quantity:,}" for quantity in quantities] + [str(q) for q in quantities]
    firms = Firm.objects.filter(name__startswith=MARK).values_list("pk", "business_number")
    return story, [
        MARK, "77,777", "77777", *numbers, *(one for one in limits if one),
        *(str(value) for firm in firms for value in firm),
    ]  # fmt: skip


def found(marks: list[str], text: str) -> list[str]:
    # The fingerprint in the picture's address is made of letters and numbers by chance.
    plain = re.sub(r"(ko|en)-[0-9a-f]{32}", "", text)
    return [mark for mark in marks if mark in plain]


def test_no_mark_of_any_firm_is_in_page_or_picture() -> None:
    story, marks = marked()
    path = shared(story)
    assert not found(marks, everything(path))
    story.cleared()
    assert not found(marks, everything(path))


def test_the_control_of_the_marks_goes_red(monkeypatch: pytest.MonkeyPatch) -> None:
    story, marks = marked()
    Share.objects.create(campaign=story.campaign)
    path = shared(story)
    # A name where it does not belong.
    story.campaign.title = f"{MARK}상사0 공동구매"
    story.campaign.save(update_fields=["title"])
    assert found(marks, everything(path)) == [MARK]


def test_without_the_rule_one_firms_quantity_could_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(quantity: int) -> str:
        story = opened(quantity)
        path = shared(story)
        words = [*drawn(path, "ko"), *re.findall(r"<progress.*?>|\d+박스 더", read(path))]
        return str([one for one in words if "조합" not in one])

    assert told(7) == told(61)
    monkeypatch.setattr(share, "LEAST_FIRMS", 0)
    monkeypatch.setattr(share, "gives_away", None, raising=False)
    assert told(7) != told(61)


# The way in


def test_who_has_signed_in_lands_on_the_campaign_or_is_told_who_runs_it() -> None:
    story = opened(20)
    token = shared(story)[3:]
    there = client_for(member(story.host)).get(f"/api/v1/shared?token={token}").json()
    assert there["campaign"] == str(story.campaign.pk)
    stranger = client_for(member(CooperativeFactory()))
    told = stranger.get(f"/api/v1/shared?token={token}").json()
    assert told["campaign"] is None
    assert told["host"]["id"] == str(story.host.pk)
    assert told["open"] is True
    for nothing in ("", "x" * 22, "%00", token + "x"):
        assert stranger.get(f"/api/v1/shared?token={nothing}").status_code in {400, 404}


def test_the_items_image_is_shown_where_there_is_one() -> None:
    story = opened(20)
    path = shared(story)
    assert "item.webp" not in read(path)
    assert Client().get(f"{path}/item.webp").status_code == 404
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    office = coordinator_of(story.host)
    Item.objects.filter(pk=story.item.pk).update(cooperative=story.host)
    add_item_image(actor=office, item_id=story.item.pk, filename="a.png", alt="앞면",
                   stream=io.BytesIO(out.getvalue()))  # fmt: skip
    assert f'src="{path}/item.webp" width="160" height="160"' in read(path)
    image = Client().get(f"{path}/item.webp")
    assert image.headers["Content-Type"] == "image/webp"
    assert Client().get("/s/none/item.webp").status_code == 404
