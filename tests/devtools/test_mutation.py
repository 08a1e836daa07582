"""What `make mutate` does to the code before mutmut changes it."""

from typing import Any

from devtools.mutation import AREAS, undecorated
from devtools.places import BACKEND, ROOT

DECORATED = '''"""A module."""


def outer(word):
    def around(function):
        return lambda: f"{word} {function()}"

    return around


@outer("first")
@outer(
    "second"
)
def told():
    """Say."""
    return "told"


class Kept:
    @property
    def told(self):
        return "kept"


@outer("again")
def last():
    return told()
'''


def test_functions_do_the_same_without_decorators_above_them() -> None:
    made: dict[str, Any] = {}
    plain = undecorated(DECORATED)
    exec(plain, made)
    assert made["told"]() == "first second told"
    assert made["last"]() == "again first second told"
    assert made["Kept"]().told == "kept"
    assert [line for line in plain.splitlines() if line.startswith("@")] == []
    assert plain.count("@property") == 1


def test_what_has_no_decorators_stays_as_it_is() -> None:
    source = (BACKEND / "mungchi/campaigns/domain/rest.py").read_text(encoding="utf-8")
    assert undecorated(source) == source


def test_every_area_names_files_that_are_there() -> None:
    for area in AREAS.values():
        assert all((BACKEND / path).is_file() for path in area.sources)
        for path, _, test in (each.partition("::") for each in area.tests):
            assert f"def {test}" in (ROOT / "tests" / path).read_text(encoding="utf-8")
