"""Whether two names mean one item: what is the same, what keeps two apart."""

import pytest

from mungchi.catalog.domain.likeness import LEAST_SCORE, key_of, likeness

ONE = [
    ("A4 복사용지 80g", "복사용지 A4 80 그램"),
    ("복사 용지 A4", "Ａ４ 복사용지"),
    ("복사용지 A4 80g 2,500매", "복사용지 2500장 A4 80 g"),
    ("설탕 1kg", "설탕 1000 g"),
    ("토너 HP 85A 검정", "블랙 토너 HP-85A"),
    ("박스테이프", "박스 테이프 48mm"),
    ("쌀 20kg", "쌀20kg"),
    ("20kg쌀", "쌀 20 kg"),
    ("A4 복사용지 80g", "A4복사용지80g"),
    ("식용유 18L", "식용유18리터"),
    ("물티슈 100매", "물티슈100매"),
    ("안전화 6인치", "안전화6인치"),
    ("박스 테이프 48mm", "박스테이프48mm"),
    ("박스 테이프", "박스테이프"),
    ("손소독제 4L", "손소독제4L"),
    ("토너 카트리지 2400", "토너카트리지2400"),
    ("볼트 M8 20mm", "볼트M8 20mm"),
    ("White hanging heart T-light holder", "WHITE HANGING HEART T LIGHT HOLDER"),
]
APART = [
    ("A4 복사용지 80g", "A3 복사용지 80g"),
    ("A4 복사용지 80g", "A4 복사용지 75g"),
    ("볼트 M6 20mm", "볼트 M8 20mm"),
    ("건전지 AA 4개", "건전지 AA 8개"),
    ("토너 HP 85A", "토너 HP 83A"),
    ("설탕 1kg", "설탕 1g"),
    ("2026", "2027"),
    ("쌀 10kg", "쌀20kg"),
    ("쌀10kg", "쌀20kg"),
    ("볼트M8", "볼트 M10"),
    ("A4복사용지", "A3복사용지"),
    ("식용유18리터", "식용유1.8L"),
    ("안전화6인치", "안전화 8인치"),
    ("1호봉투", "2호 봉투"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_names_that_mean_one_thing_are_a_pair(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found.score >= 85, found
    assert likeness(other, one).score == found.score


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_says_which_or_how_much_keeps_two_apart(one: str, other: str) -> None:
    assert likeness(one, other, 0.99).score == 0
    assert likeness(other, one, 0.99).score == 0


def test_a_pair_is_explained_in_words() -> None:
    found = likeness("니트릴 장갑 파랑 L 100매", "니트릴장갑 흰색 L 100장")
    assert LEAST_SCORE <= found.score < 85
    assert [text.en for text in found.same] == ["same words", "100 매"]
    assert [text.ko for text in found.differs] == ["색"]
    alone = likeness("박스 테이프", "박스테이프 48mm")
    assert [text.en for text in alone.differs] == ["only one says 48 mm"]
    assert [text.ko for text in likeness("복사용지 백상지", "복사용지").differs] == [
        "낱말 백상지 / –"
    ]


def test_trigrams_count_when_the_database_says_them() -> None:
    near, far = (
        likeness("스테인리스 볼트", "스텐 볼트", trigrams).score for trigrams in (0.9, 0.1)
    )
    assert near > far > 0
    assert likeness("토너", "복사용지", 0.5).score < LEAST_SCORE


def test_the_key_has_one_spelling_and_one_order() -> None:
    assert key_of("A4 복사용지 80g") == key_of("복사용지 80 그램 Ａ４")
    assert key_of("설탕 1kg") == key_of("설탕 1,000 g")
    assert key_of("식용유18리터") == key_of("식용유 18 L")
    assert len(key_of("가나 " * 200)) <= 300
