"""What an item looks like: images written anew, sheets as they came, and who sees them."""

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, PngImagePlugin
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, partners
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.accounts.access import Actor
from mungchi.catalog import operations
from mungchi.catalog.models import Item, ItemFile
from mungchi.common import images
from mungchi.common.errors import NotFound
from mungchi.common.images import ImageTooLarge, ImageUnreadable, take_image
from mungchi.common.models import History
from mungchi.common.papers import DocumentTooLarge

PDF = b"%PDF-1.7 sheet"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB",
            colour: Any = None, **saved: Any) -> bytes:  # fmt: skip
    out = io.BytesIO()
    Image.new(mode, size, colour if colour is not None else (200, 30, 30)).save(out, kind, **saved)
    return out.getvalue()


def header_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and has nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk
            + struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT"
            + struct.pack(">I", zlib.crc32(b"IDAT")))  # fmt: skip


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


# Images


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_is_written_anew(kind: str) -> None:
    taken = take_image(io.BytesIO(picture(kind, (4000, 1000))))
    large, small = shown(taken.content), shown(taken.small)
    assert (large.format, large.size) == ("WEBP", (1600, 400))
    assert (taken.width, taken.height) == (1600, 400)
    assert small.size == (320, 80)
    assert len(taken.content) < 20_000
    red, green, _ = large.convert("RGB").getpixel((800, 200))  # type: ignore[misc]
    assert (red > 180, green < 60) == (True, True)


def test_nothing_that_the_file_says_besides_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "서울 어느 공장, 김사장"
    exif[0x0112] = 6
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "SECRETPLACE")
    # The control: it is in what comes in.
    assert b"SECRETPLACE" in picture(pnginfo=note)
    for given in (picture("JPEG", exif=exif), picture("PNG", pnginfo=note, exif=exif)):
        taken = take_image(io.BytesIO(given))
        # Turned upright, as the camera said.
        assert (taken.width, taken.height) == (40, 60)
        for content in (taken.content, taken.small):
            assert b"EXIF" not in content.upper()
            assert b"SECRETPLACE" not in content
            assert not shown(content).getexif()
            assert "Comment" not in shown(content).info


def test_what_is_seen_through_lies_on_white() -> None:
    for given in (picture(mode="RGBA", colour=(0, 0, 0, 0)), picture(mode="LA", colour=(0, 0))):
        pixel = shown(take_image(io.BytesIO(given)).content).convert("RGB").getpixel((9, 9))
        assert min(pixel) > 250  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (b"", ImageUnreadable),
        (b"GIF89a" + bytes(200), ImageUnreadable),
        (PDF, ImageUnreadable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ImageUnreadable),
        (picture("GIF"), ImageUnreadable),
        (picture("BMP"), ImageUnreadable),
        (picture("JPEG", (900, 900))[:900], ImageUnreadable),
        (picture("PNG", (900, 900))[:300], ImageUnreadable),
        (picture("WEBP", (900, 900))[:100], ImageUnreadable),
        (picture()[:20], ImageUnreadable),
        (header_of(30_000, 30_000), ImageTooLarge),
        (header_of(6_000, 4_001), ImageTooLarge),
        (header_of(2**31 - 1, 2**31 - 1), (ImageTooLarge, ImageUnreadable)),
        (header_of(0, 10), ImageUnreadable),
        (picture() + bytes(images.LARGEST_DOCUMENT), DocumentTooLarge),
    ],
)
def test_bad_files_are_refused(given: bytes, error: Any) -> None:
    with pytest.raises(error):
        take_image(io.BytesIO(given))


def test_what_is_too_large_is_refused_before_it_is_unpacked(monkeypatch: Any) -> None:
    def unpacked(self: Any) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", unpacked)
    with pytest.raises(ImageTooLarge):
        take_image(io.BytesIO(picture("PNG", (5000, 5000), "1", 0)))
    # The control: one that is small enough is.
    with pytest.raises(AssertionError, match="unpacked"):
        take_image(io.BytesIO(picture()))


# With items


def add(actor: Actor, item: Item, colour: int = 1, alt: str = "상자 앞면") -> ItemFile:
    return operations.add_item_image(
        actor=actor, item_id=item.pk, filename="a.png", alt=alt,
        stream=io.BytesIO(picture(colour=(colour, 0, 0))),
    )  # fmt: skip


def upload(client: Any, item: Item, content: bytes, **fields: str) -> Any:
    file = io.BytesIO(content)
    file.name = "그림.png"
    return client.post(
        f"/api/v1/items/{item.pk}/files", {"file": file, **fields}, format="multipart"
    )


@pytest.mark.django_db
def test_an_office_adds_describes_and_removes_images_and_sheets() -> None:
    home = CooperativeFactory()
    item, client = ItemFactory(cooperative=home), client_for(coordinator_of(home))
    missing = upload(client, item, picture())
    assert (missing.status_code, list(missing.json()["fields"])) == (422, ["alt"])
    neither = upload(client, item, b"PK a letter, not a sheet")
    assert (neither.status_code, list(neither.json()["fields"])) == (422, ["file"])
    made = upload(client, item, picture(), alt="앞면").json()
    assert (made["kind"], made["alt"], made["width"], made["height"]) == ("image", "앞면", 60, 40)
    assert upload(client, item, picture(), alt="다른 말").json()["id"] == made["id"]
    sheet = upload(client, item, PDF).json()
    assert (sheet["kind"], sheet["alt"], sheet["width"]) == ("sheet", "", None)
    listed = client.get(f"/api/v1/items/{item.pk}/files").json()["results"]
    assert [one["id"] for one in listed] == [made["id"], sheet["id"]]
    second = upload(client, item, picture(size=(9, 9)), alt="뒷면").json()
    assert client.get("/api/v1/items").json()["results"][0]["cover"] == made["id"]
    told = client.patch(f"/api/v1/item-files/{made['id']}", {"alt": "정면"})
    assert told.json()["alt"] == "정면"
    assert client.patch(f"/api/v1/item-files/{sheet['id']}", {"alt": "x"}).status_code == 404
    assert client.delete(f"/api/v1/item-files/{made['id']}").status_code == 204
    assert client.get("/api/v1/items").json()["results"][0]["cover"] == second["id"]
    assert client.delete(f"/api/v1/item-files/{second['id']}").status_code == 204
    assert client.get("/api/v1/items").json()["results"][0]["cover"] is None
    kinds = History.objects.filter(subject_id=item.pk).order_by("id").values_list("kind", flat=True)
    assert [one for one in kinds if "file" in one] == [
        *["item_file_added"] * 3, "item_file_changed", *["item_file_removed"] * 2,
    ]  # fmt: skip


@pytest.mark.django_db
def test_there_are_five_of_each_at_most() -> None:
    home = CooperativeFactory()
    office, item = coordinator_of(home), ItemFactory(cooperative=home)
    for n in range(5):
        add(office, item, 10 + 40 * n)
    client = client_for(office)
    assert upload(client, item, picture(), alt="여섯째").json()["code"] == "too_many_item_files"
    assert upload(client, item, PDF).status_code == 201
    with pytest.raises(NotFound):
        add(coordinator_of(CooperativeFactory()), item)
    with pytest.raises(NotFound):
        add(office, ItemFactory(cooperative=None))


@pytest.mark.django_db
def test_content_is_shown_or_saved_and_may_be_kept() -> None:
    home = CooperativeFactory()
    office, item = coordinator_of(home), ItemFactory(cooperative=home)
    image, client = add(office, item), client_for(member(home))
    large = client.get(f"/api/v1/item-files/{image.pk}/content", headers={"Accept": "image/*,*/*"})
    small = client.get(f"/api/v1/item-files/{image.pk}/content?size=small")
    assert large["Content-Type"] == small["Content-Type"] == "image/webp"
    assert large["Cache-Control"] == "private, max-age=31536000, immutable"
    assert large["X-Content-Type-Options"] == "nosniff"
    assert hashlib.sha256(large.content).hexdigest() == image.digest
    sheet = operations.add_item_sheet(actor=office, item_id=item.pk, filename="규격.pdf",
                                      stream=io.BytesIO(PDF))  # fmt: skip
    saved = client.get(f"/api/v1/item-files/{sheet.pk}/content?size=small")
    assert saved.content == PDF
    assert saved["Content-Disposition"].startswith("attachment")
    stranger = client_for(member(CooperativeFactory()))
    assert stranger.get(f"/api/v1/item-files/{image.pk}/content").status_code == 404
    assert stranger.get(f"/api/v1/items/{item.pk}/files").status_code == 404


@pytest.mark.django_db
def test_whoever_sees_a_campaign_sees_its_item_of_another_catalogue() -> None:
    host, partner = CooperativeFactory(), CooperativeFactory()
    partners(host, partner)
    item = ItemFactory(cooperative=host)
    story = Story(host=host, item=item, given={"reach": "partners", "partners": [partner.pk]})
    image = add(story.office, item)
    story.opened()
    guest, address = client_for(member(partner)), f"/api/v1/campaigns/{story.campaign.pk}"
    assert guest.get(f"/api/v1/item-files/{image.pk}/content").status_code == 404
    assert guest.get(address).json()["item"]["cover"] == str(image.pk)
    assert len(guest.get(f"{address}/item-files").json()["results"]) == 1
    for query in ("", f"?file={image.pk}", "?size=small"):
        assert guest.get(f"{address}/item-files/content{query}")["Content-Type"] == "image/webp"
    for query in ("?file=x", f"?file={item.pk}"):
        assert guest.get(f"{address}/item-files/content{query}").status_code == 404
    stranger = client_for(member(CooperativeFactory()))
    assert stranger.get(f"{address}/item-files/content").status_code == 404
    other = add(story.office, ItemFactory(cooperative=host))
    assert guest.get(f"{address}/item-files/content?file={other.pk}").status_code == 404


@pytest.mark.django_db
def test_lists_tell_of_images_without_asking_for_them() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    home = CooperativeFactory()
    office, client = coordinator_of(home), client_for(member(home))

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/api/v1/items").status_code == 200
        assert not any("itemfile" in one["sql"] for one in counted.captured_queries)
        return len(counted)

    add(office, ItemFactory(cooperative=home))
    one = asked()
    for n in range(2):
        add(office, ItemFactory(cooperative=home), n)
    assert asked() == one


@pytest.mark.django_db
def test_a_merge_takes_files_over_and_its_undoing_takes_them_back() -> None:
    home = CooperativeFactory()
    office = coordinator_of(home)
    kept, away = (ItemFactory(cooperative=home) for _ in range(2))
    both, own, theirs = add(office, kept, 10), add(office, kept, 90), add(office, away, 200)
    same = add(office, away, 10)
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    assert set(kept.files.values_list("pk", flat=True)) == {both.pk, own.pk, theirs.pk}
    kept.refresh_from_db()
    assert kept.cover == both.pk
    operations.undo_merge(actor=office, merge_id=merge.pk)
    assert set(kept.files.values_list("pk", flat=True)) == {both.pk, own.pk}
    assert set(away.files.values_list("pk", flat=True)) == {theirs.pk, same.pk}
    away.refresh_from_db()
    assert away.cover == theirs.pk

    # An item without an image shows that of the one that came over, until it goes back.
    bare, full = (ItemFactory(cooperative=home) for _ in range(2))
    image = add(office, full, 150)
    merge = operations.merge_items(actor=office, keep_id=bare.pk, away_id=full.pk)
    bare.refresh_from_db()
    assert bare.cover == image.pk
    operations.undo_merge(actor=office, merge_id=merge.pk)
    bare.refresh_from_db()
    full.refresh_from_db()
    assert (bare.cover, full.cover) == (None, image.pk)
