"""Text, keys, states."""

import time
from importlib import import_module
from pathlib import Path
from uuid import UUID

from django.apps import apps

from mungchi.common.ids import uuid7
from mungchi.common.states import Machine
from mungchi.common.text import Text


def test_a_sentence_in_two_languages_with_values_in_it() -> None:
    sentence = Text(ko="{unit} {n}개", en="{n} {unit}")
    filled = sentence.format(n=3, unit=Text(ko="상자", en="boxes"))
    assert (filled.say("ko"), filled.say("en")) == ("상자 3개", "3 boxes")
    assert filled.say("en-GB") == filled.say("EN") == "3 boxes"
    assert filled.say("fr") == filled.say("") == "상자 3개"


def test_values_are_put_in_once_not_read_as_patterns() -> None:
    assert Text(ko="{a}", en="{a}").format(a="{b} {0}").say("ko") == "{b} {0}"


def test_keys_are_version_7_and_sort_by_time() -> None:
    keys = []
    for _ in range(20):
        keys.append(uuid7())
        time.sleep(0.0015)
    assert all(isinstance(key, UUID) and key.version == 7 for key in keys)
    assert all(key.variant == "specified in RFC 4122" for key in keys)
    assert keys == sorted(keys)
    assert [str(key) for key in keys] == sorted(str(key) for key in keys)
    assert abs((keys[-1].int >> 80) / 1000 - time.time()) < 2


def test_keys_of_one_moment_differ() -> None:
    assert len({uuid7() for _ in range(20_000)}) == 20_000


def test_a_machine_lists_its_moves() -> None:
    machine = Machine("m", ("a",), {"a": ("b",), "b": ()}, {})
    assert machine.allows("a", "b")
    assert not machine.allows("b", "a")
    assert not machine.allows("a", "a")
    assert not machine.allows("unheard of", "a")
    assert machine.pairs() == {("", "a"), ("a", "b")}


def test_every_state_has_a_word_for_people() -> None:
    """A refusal names the present state: nobody should read a code there."""
    machines = []
    for app in apps.get_app_configs():
        if app.name.startswith("mungchi.") and (Path(app.path) / "domain/states.py").exists():
            found = vars(import_module(f"{app.name}.domain.states")).values()
            machines += [one for one in found if isinstance(one, Machine)]
    assert len(machines) > 20
    missing = {
        m.name: m.states() - m.labels.keys() for m in machines if m.states() - m.labels.keys()
    }
    assert missing == {}
