"""Images of the demonstration's items, drawn here: nobody's photographs."""

import io
from collections.abc import Mapping

from mungchi.accounts.access import Actor
from mungchi.catalog.models import Item
from mungchi.catalog.operations import add_item_image, add_item_sheet
from mungchi.common.canvas import Box, Mark, Words
from mungchi.common.drawing import png

SIDE = 640
# Body, band and lettering by what it is packed in.
COLOURS = {
    "box": ("#c89b6a", "#a97c4b", "#4a3419"), "bag": ("#e8e2d2", "#2f6f4f", "#2f6f4f"),
    "can": ("#d8b13c", "#f5efe0", "#5c4510"), "bottle": ("#bfdcec", "#ffffff", "#23506b"),
    "roll": ("#d9d9d9", "#9aa5a0", "#37423d"), "pair": ("#4d5560", "#d9722a", "#ffffff"),
    "each": ("#7c93a8", "#e6edf2", "#ffffff"), "kg": ("#aeb7bd", "#8b969d", "#2d363b"),
    "litre": ("#b5452f", "#f5efe0", "#ffffff"),
}  # fmt: skip
# Of a service there is nothing to see.
SHEET_OF = ("A4-80", "SUS-304")


def add_pictures(operator: Actor, items: Mapping[str, Item]) -> None:
    """An operator gives everybody's goods an image each, and two of them a specification sheet."""
    for code, item in items.items():
        if item.unit in COLOURS:
            add_item_image(
                actor=operator, item_id=item.pk, filename=f"{code}.png",
                stream=io.BytesIO(drawn(item)), alt=f"{item.name}: 상표 없는 {item.name} 그림",
            )  # fmt: skip
        if code in SHEET_OF:
            add_item_sheet(actor=operator, item_id=item.pk, filename=f"{code} 규격서.pdf",
                           stream=io.BytesIO(sheet(code)))  # fmt: skip


def drawn(item: Item) -> bytes:
    """A package with the item's name on it."""
    body, band, ink = COLOURS[item.unit]
    tall = item.unit in {"bottle", "can", "bag"}
    x, y, width, height = (170, 90, 300, 470) if tall else (90, 170, 460, 380)
    marks: list[Mark] = [
        Box(x - 20, y + height - 12, width + 40, 26, "#e4e5df", 13),
        Box(x, y, width, height, body, 40 if tall else 14),
        Box(x, y + height // 2 - 70, width, 140, band),
    ]
    if item.unit == "bottle":
        marks.append(Box(x + width // 2 - 50, y - 50, 100, 70, band, 12))
    lettering = ink if ink != "#ffffff" or band not in {"#ffffff", "#e6edf2"} else "#23303a"
    for line, word in enumerate(item.name.split()[:3]):
        marks.append(Words(x + width // 2, y + height // 2 - 22 + 46 * line, word, 40, lettering,
                           bold=True, anchor="m"))  # fmt: skip
    return png((SIDE, SIDE), "#f7f7f4", marks)


def sheet(code: str) -> bytes:
    """The smallest PDF with one line of text."""
    text = f"BT /F1 24 Tf 72 760 Td (Specification {code}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))
    return out + head + table + end
