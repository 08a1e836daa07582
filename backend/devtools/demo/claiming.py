"""Claims of the demonstration, played through the real operations: one put right, one open."""

import io
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from PIL import Image, ImageDraw

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.models import Shipment

BROKEN = "상자가 눌려 {quantity}개가 새고 있습니다. 사진을 올립니다."
BENT = "운송 중 모서리가 찌그러져 {quantity}개를 쓸 수 없습니다."


def claims(
    supplier: Actor, owners: Mapping[UUID | None, Actor], received: Sequence[Shipment],
    after: timedelta,
) -> None:  # fmt: skip
    """The first firm's claim waits for the supplier; the second's was accepted and is refunded."""
    if len(received) < 2:
        return
    with clock.shifted(after):
        second = _claim(owners[received[1].order.firm_id], received[1], BENT)
    with clock.shifted(after + timedelta(hours=20)):
        claim = deliveries.answer_claim(
            actor=supplier, claim_id=second, words="죄송합니다. 그대로 환불해 드리겠습니다.",
            terms=deliveries.Terms("refund", 1),
        )  # fmt: skip
        assert claim.state == "accepted"  # noqa: S101 - as it was wanted
    # As it would be on a day on which somebody looks: its time to be answered runs.
    with clock.shifted(timedelta(days=-1)):
        _claim(owners[received[0].order.firm_id], received[0], BROKEN)


def _claim(firm: Actor, shipment: Shipment, words: str) -> UUID:
    claim = deliveries.open_claim(
        actor=firm, order_id=shipment.order_id, shipment_id=shipment.pk, kind="damaged",
        quantity=1, wish="refund", words=words.format(quantity=1),
    )  # fmt: skip
    deliveries.add_photo(actor=firm, claim_id=claim.pk, stream=_picture())
    return claim.pk


def _picture() -> io.BytesIO:
    """A dented box, drawn."""
    image = Image.new("RGB", (640, 480), (226, 220, 208))
    pen = ImageDraw.Draw(image)
    pen.polygon([(120, 140), (520, 120), (540, 380), (110, 400)], fill=(186, 140, 92))
    pen.polygon([(300, 128), (360, 126), (340, 250), (310, 240)], fill=(120, 84, 52))
    pen.line([(120, 140), (330, 240), (520, 120)], fill=(90, 62, 38), width=5)
    out = io.BytesIO()
    image.save(out, "JPEG")
    out.seek(0)
    return out
