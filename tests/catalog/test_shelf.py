"""Whom a name is compared with: those that may be like it, and not everybody."""

from mungchi.catalog.domain.likeness import LEAST_SCORE, likeness, taken_apart
from mungchi.catalog.domain.shelf import FULL, Shelf

NAMES = [
    "A4 복사용지 80g", "복사용지 A4 80 그램", "A3 복사용지 80g", "A4 복사용지 75g", "복사 용지 A4",
    "니트릴 장갑 L 100매", "니트릴장갑 L 100장", "니트릴 장갑 L", "볼트 M6", "볼트 M8", "볼트",
    "토너 HP 85A", "블랙 토너 HP-85A", "박스 테이프", "박스테이프 48mm", "칼", "가위",
]  # fmt: skip


def test_every_pair_that_is_alike_but_for_one_thing_is_found_and_none_that_is_apart() -> None:
    shelf = Shelf([taken_apart(name) for name in NAMES])
    for index, name in enumerate(NAMES):
        near = {NAMES[other] for other in shelf.near(index, 20)}
        alike = {other for other in NAMES
                 if other != name and likeness(name, other).score >= LEAST_SCORE}  # fmt: skip
        assert alike <= near, name
        assert not {other for other in near if likeness(name, other, 1.0).score == 0}, name


def test_what_stands_in_many_names_tells_nothing_apart() -> None:
    names = [
        f"볼트 너트 {chr(0xAC00 + n)}{chr(0xB000 + n)}{chr(0xB800 + n)}" for n in range(FULL + 50)
    ]
    shelf = Shelf([taken_apart(name) for name in [*names, "볼트 너트 갂뀀렀"]])
    assert len(shelf.near(0, 20)) <= 20
