"""What a price ladder may not be, whoever offers it and whereto. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from mungchi.common.text import Text

MOST_TIERS: Final = 20

FAULTS: Final[dict[str, Text]] = {
    "tiers": Text(
        ko="수량 구간은 1개 이상 {most}개 이하로 입력해 주십시오.",
        en="Please give between 1 and {most} tiers.",
    ).format(most=MOST_TIERS),
    "quantity": Text(
        ko="수량은 앞 구간보다 커야 합니다.",
        en="The quantity must be larger than in the tier before.",
    ),
    "price": Text(
        ko="단가는 앞 구간보다 낮아야 합니다.",
        en="The price must be lower than in the tier before.",
    ),
    "capacity": Text(
        ko="공급 가능 수량은 포장 단위와 마지막 구간의 수량보다 작을 수 없습니다.",
        en="The capacity must hold a pack and reach the last tier.",
    ),
    "difference": Text(
        ko="가장 낮은 단가에서 이 차액을 빼면 0 이하가 됩니다.",
        en="At the lowest price this variant would cost nothing.",
    ),
}


def fault(
    tiers: Sequence[tuple[int, Decimal]], pack_size: int, capacity: int | None
) -> tuple[str, str] | None:
    """The first thing that is wrong with a ladder of (from quantity, unit price): the field it is
    about and a key of FAULTS; None when nothing is."""
    if not 1 <= len(tiers) <= MOST_TIERS:
        return "tiers", "tiers"
    for index in range(1, len(tiers)):
        if tiers[index][0] <= tiers[index - 1][0]:
            return f"tiers.{index}.min_quantity", "quantity"
        if tiers[index][1] >= tiers[index - 1][1]:
            return f"tiers.{index}.unit_price", "price"
    if capacity is not None and capacity < max(pack_size, tiers[-1][0]):
        return "capacity", "capacity"
    return None


def free_variant(
    tiers: Sequence[tuple[int, Decimal]], differences: Sequence[Decimal]
) -> int | None:
    """The place of the first variant that would cost nothing at some tier; None when none would."""
    lowest = min(price for _, price in tiers)
    return next((at for at, one in enumerate(differences) if lowest + one <= 0), None)
