"""Zones as people call them. Pure."""

from typing import Final

from mungchi.common.text import Text

ZONES: Final[dict[str, Text]] = {
    "Asia/Seoul": Text(ko="한국 시각", en="Seoul time"),
    "Asia/Tokyo": Text(ko="일본 시각", en="Tokyo time"),
    "UTC": Text(ko="UTC", en="UTC"),
}
# Where a place has no cooperative, whose clock is that of its people.
USUAL_ZONE: Final = "Asia/Seoul"


def zone_name(zone: str) -> Text:
    """What people call a zone, its own name ("Europe/Paris") where they have none."""
    return ZONES.get(zone, Text(ko=zone, en=zone))
