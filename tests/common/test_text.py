"""Sentences in two languages, and Korean particles that follow what stands before them."""

from datetime import date

import pytest

from mungchi.common.text import Text, day_label, plural, several

BOTH = Text(ko="{name}이(가) ‘{name}’을(를) {name}와(과) {name}(으)로", en="{name}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("가온정밀", "가온정밀이 ‘가온정밀’을 가온정밀과 가온정밀로"),  # ends in ㄹ
        ("아람건설", "아람건설이 ‘아람건설’을 아람건설과 아람건설로"),
        ("한빛", "한빛이 ‘한빛’을 한빛과 한빛으로"),
        ("누리", "누리가 ‘누리’를 누리와 누리로"),
        ("쌀(20kg)", "쌀(20kg)이 ‘쌀(20kg)’을 쌀(20kg)과 쌀(20kg)으로"),
        ("상자(소)", "상자(소)가 ‘상자(소)’를 상자(소)와 상자(소)로"),
        ("Acme", "Acme가 ‘Acme’를 Acme와 Acme로"),
        ("Online Retail", "Online Retail이 ‘Online Retail’을 Online Retail과 Online Retail로"),
        ("Book", "Book이 ‘Book’을 Book과 Book으로"),
        ("RPM", "RPM이 ‘RPM’을 RPM과 RPM으로"),
        ("LG", "LG가 ‘LG’를 LG와 LG로"),
        ("5 ml", "5 ml가 ‘5 ml’를 5 ml와 5 ml로"),
        ("米", "米이(가) ‘米’을(를) 米와(과) 米(으)로"),
        ("100", "100이 ‘100’을 100과 100으로"),
        ("81", "81이 ‘81’을 81과 81로"),
        ("2", "2가 ‘2’를 2와 2로"),
        ("", "이(가) ‘’을(를) 와(과) (으)로"),
    ],
)
def test_a_particle_takes_the_form_that_fits_what_stands_before_it(name: str, said: str) -> None:
    assert BOTH.format(name=name).ko == said


def test_braces_and_particles_of_a_person_stay_as_they_were_written() -> None:
    sentence = Text(ko="{who}이(가) 말했습니다: {why}", en="{who} said: {why}")
    said = sentence.format(who="{why}", why="물건이(가) {who}을(를)")
    assert said.ko == "{why}가 말했습니다: 물건이(가) {who}을(를)"
    assert said.en == "{why} said: 물건이(가) {who}을(를)"


def test_a_sentence_within_a_sentence_is_said_in_each_language() -> None:
    said = Text(ko="{what}을(를) 고침", en="{what} changed").format(
        what=Text(ko="마감", en="Deadline")
    )
    assert (said.say("ko"), said.say("en-GB")) == ("마감을 고침", "Deadline changed")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "firms apply"), (1, "firm applies"), ("1", "firm applies"), (21, "firms apply")],
)
def test_english_takes_the_form_that_goes_with_the_number(count: object, said: str) -> None:
    sentence = Text(ko="{count}곳이 신청", en="{count} {count:firm applies|firms apply}")
    assert sentence.format(count=count) == Text(ko=f"{count}곳이 신청", en=f"{count} {said}")


@pytest.mark.parametrize(
    ("one", "more"),
    [("roll", "rolls"), ("box", "boxes"), ("batch", "batches"), ("can", "cans"), ("day", "days"),
     ("delivery", "deliveries")],
)  # fmt: skip
def test_plurals_by_their_ending(one: str, more: str) -> None:
    assert plural(one) == more
    assert (several(1, one), several(1200, one)) == (f"1 {one}", f"1,200 {more}")


def test_a_day_is_written_with_its_year() -> None:
    assert day_label(date(2026, 11, 28)) == Text(ko="2026년 11월 28일", en="28 November 2026")
