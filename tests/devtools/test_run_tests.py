"""What `make test` runs: everything, unless its arguments choose."""

import pytest

from devtools import run_tests


@pytest.mark.parametrize(
    "arguments",
    [[], ["-v", "--durations=60"], ["-m", ""], ["-m="], ["-k", ""], ["-x", "--maxfail", "3"]],
    ids=str,
)
def test_all_of_them(arguments: list[str]) -> None:
    assert not run_tests.chooses(arguments)


@pytest.mark.parametrize(
    "arguments",
    [["tests/common"], ["-q", "tests/devtools/test_run_tests.py::test_all_of_them"], ["-k", "join"],
     ["-kjoin"], ["-m", "browser"], ["-v", "-m=browser"], ["--lf"], ["--deselect=tests/live"]],
    ids=str,
)  # fmt: skip
def test_some_of_them(arguments: list[str]) -> None:
    assert run_tests.chooses(arguments)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [([], True), (["-v"], True), (["tests/common"], False), (["tests/common", "--vitest"], True),
     (["--browser-only"], False)],
    ids=str,
)  # fmt: skip
def test_the_frontends_own_with_all_of_them_or_when_asked(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], asked: bool
) -> None:
    steps: list[str] = []
    given: list[list[str]] = []
    monkeypatch.setenv("MUNGCHI_SHOTS", "")
    monkeypatch.setattr(run_tests.chromium, "provide", lambda: None)
    monkeypatch.setattr(run_tests.pytest_plugin, "template", lambda: "")
    monkeypatch.setattr(run_tests.postgres, "is_running", lambda name: True)
    monkeypatch.setattr(run_tests.node, "build", lambda: steps.append("build"))
    monkeypatch.setattr(run_tests.node, "install", lambda: None)
    monkeypatch.setattr(run_tests.node, "npm", lambda *words: steps.append(words[-1]))
    monkeypatch.setattr(run_tests, "_pytest", lambda rest: given.append(rest) or [])
    assert run_tests.main(arguments) == 0
    assert steps == (["build", "test"] if asked else ["build"])
    # Pytest does not know the words of ours.
    assert not {"--vitest", "--browser-only"} & set(given[0])
