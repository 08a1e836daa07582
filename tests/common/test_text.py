"""Sentences in two languages, and Korean particles that follow what stands before them."""

import pytest

from mungchi.common.text import Text

BOTH = Text(ko="{name}이(가) ‘{name}’을(를) {name}와(과) {name}(으)로", en="{name}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("가온정밀", "가온정밀이 ‘가온정밀’을 가온정밀과 가온정밀로"),  # ends in ㄹ
        ("아람건설", "아람건설이 ‘아람건설’을 아람건설과 아람건설로"),
        ("한빛", "한빛이 ‘한빛’을 한빛과 한빛으로"),
        ("누리", "누리가 ‘누리’를 누리와 누리로"),
        ("쌀(20kg)", "쌀(20kg)이(가) ‘쌀(20kg)’을(를) 쌀(20kg)와(과) 쌀(20kg)(으)로"),
        ("상자(소)", "상자(소)가 ‘상자(소)’를 상자(소)와 상자(소)로"),
        ("Acme", "Acme이(가) ‘Acme’을(를) Acme와(과) Acme(으)로"),
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
    assert said.ko == "{why}이(가) 말했습니다: 물건이(가) {who}을(를)"
    assert said.en == "{why} said: 물건이(가) {who}을(를)"


def test_a_sentence_within_a_sentence_is_said_in_each_language() -> None:
    said = Text(ko="{what}을(를) 고침", en="{what} changed").format(
        what=Text(ko="마감", en="Deadline")
    )
    assert (said.say("ko"), said.say("en-GB")) == ("마감을 고침", "Deadline changed")
