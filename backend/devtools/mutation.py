"""`make mutate`: changes the code that money hangs on bit by bit, and counts what tests notice.

python -m devtools.mutation [area ...] [--survivors] [--one]

mutmut makes the changes; each is tried with the tests that reach the function that it is in, and
counts as noticed when one of them fails or never ends. What no test reaches counts as not noticed.
mutmut leaves functions with decorators alone; in the copy they are applied below the function.
An area that stays below LEAST fails the run. The figures go to build/mutation.json.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from devtools.places import BACKEND, LOCAL, ROOT, own_folder

LEAST: Final = 0.90
PLACE: Final = LOCAL / "mutation"
FIGURES: Final = ROOT / "build" / "mutation.json"
# mutmut takes a module to be called as its path says, but for a folder called `src`.
SOURCE: Final = "src"
# What mutmut writes down of a change: a test failed, it never ended, no test came near.
FAILED: Final = frozenset({1, 3})
ENDLESS: Final = frozenset({24, 36, 152, 255, -24})
NOT_REACHED: Final = frozenset({5, 33})


@dataclass(frozen=True, slots=True)
class Area:
    """What is changed, as files below backend/, and the tests that are to notice, below tests/ (a
    file, or one test of it)."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]


AREAS: Final[Mapping[str, Area]] = {
    "money": Area(("mungchi/common/money.py",), ("common/test_money.py",)),
    "ledger": Area(("mungchi/payments/domain/ledger.py",), ("payments/domain/test_ledger.py",)),
    "bank": Area(
        ("mungchi/payments/domain/matching.py", "mungchi/payments/domain/statement.py"),
        ("payments/domain/test_matching.py", "payments/domain/test_statement.py"),
    ),
    "webhooks": Area(
        ("mungchi/payments/providers/stripe/webhooks.py",), ("payments/stripe/test_webhooks.py",)
    ),
    "stripe": Area(
        (
            "mungchi/payments/providers/stripe/amounts.py",
            "mungchi/payments/providers/stripe/declines.py",
            "mungchi/payments/providers/stripe/reading.py",
        ),
        (
            "payments/stripe/test_amounts.py",
            "payments/stripe/test_facts.py",
            "payments/stripe/test_reading.py",
        ),
    ),
    "refunding": Area(
        ("mungchi/payments/domain/refunding.py",), ("payments/domain/test_refunding.py",)
    ),
    "owing": Area(
        (
            "mungchi/payments/domain/charging.py",
            "mungchi/payments/domain/consenting.py",
            "mungchi/payments/domain/grace.py",
        ),
        (
            "payments/domain/test_calendar.py",
            "payments/domain/test_consenting.py",
            "payments/domain/test_grace.py",
        ),
    ),
    "reconciling": Area(
        ("mungchi/payments/domain/reconciling.py",),
        ("payments/domain/test_reconciling.py", "payments/domain/test_reconciling_facts.py"),
    ),
    "terms": Area(
        (
            "mungchi/payments/domain/disputes.py",
            "mungchi/payments/domain/monthly.py",
            "mungchi/payments/domain/terms.py",
        ),
        ("payments/domain/test_disputes.py", "payments/domain/test_terms.py"),
    ),
    "clearing": Area(
        (
            "mungchi/campaigns/domain/allocation.py",
            "mungchi/campaigns/domain/clearing.py",
        ),
        (
            "campaigns/domain/test_allocation.py",
            "campaigns/domain/test_clearing.py",
            "campaigns/domain/test_reoffering.py",
            "campaigns/domain/test_verdicts.py",
        ),
    ),
    # Only its own comparisons: those over thousands of markets take minutes a change.
    "shortage": Area(
        ("mungchi/campaigns/domain/proportional.py",),
        (
            "campaigns/domain/test_minimums.py::test_each_drop_equals_sharing_out_again",
            "campaigns/domain/test_minimums.py"
            "::test_equal_remainders_of_different_quantities_go_to_the_earliest",
            "campaigns/domain/test_minimums.py"
            "::test_the_class_form_of_the_proportional_rule_is_really_used",
        ),
    ),
    "less": Area(("mungchi/campaigns/domain/less.py",), ("campaigns/domain/test_less.py",)),
    "rest": Area(("mungchi/campaigns/domain/rest.py",), ("campaigns/domain/test_rest.py",)),
    "permissions": Area(
        ("mungchi/accounts/domain/permissions.py", "mungchi/accounts/domain/roles.py"),
        ("accounts/domain/test_permissions.py",),
    ),
}


@dataclass(frozen=True, slots=True)
class Score:
    """How many changes were made, and how many of them some test noticed."""

    made: int
    noticed: int

    @property
    def share(self) -> float:
        """Between 0 and 1; of no changes at all nothing was noticed."""
        return self.noticed / self.made if self.made else 0.0


class MutationFailed(RuntimeError):
    """mutmut did not come to an end; what it printed says why."""


def main(arguments: list[str]) -> int:
    """Run the areas that are named, or all; return 1 when one is below LEAST."""
    named = [word for word in arguments if not word.startswith("-")]
    if unknown := set(named) - set(AREAS):
        print(f"there is no area {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
        return 2
    scores: dict[str, Score] = {}
    for name in named or AREAS:
        outcomes = mutate(AREAS[name], 1 if "--one" in arguments else os.cpu_count() or 1)
        scores[name] = score_of(outcomes)
        print(f"{name:12} {scores[name].noticed:5} of {scores[name].made:5} noticed"
              f"  {scores[name].share:6.1%}", flush=True)  # fmt: skip
        if "--survivors" in arguments:
            for line in survivors(outcomes):
                print(f"    {line}")
    _write(scores)
    return int(any(score.share < LEAST for score in scores.values()))


def mutate(area: Area, at_once: int) -> dict[str, int]:
    """Change an area's code in a copy of the tree; return what mutmut says of each change.

    `at_once`: so many processes. Raises MutationFailed.
    """
    _lay_out(area)
    # The environment's PYTHONPATH leads to the code that is not changed.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ended = subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", str(at_once)],
        cwd=PLACE, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    outcomes = dict(_outcomes())
    if not outcomes or None in outcomes.values():
        raise MutationFailed((ended.stdout + ended.stderr)[-3000:])
    return {name: code for name, code in outcomes.items() if code is not None}


def score_of(outcomes: Mapping[str, int]) -> Score:
    """Count."""
    noticed = sum(code in FAILED or code in ENDLESS for code in outcomes.values())
    return Score(len(outcomes), noticed)


def survivors(outcomes: Mapping[str, int]) -> Iterator[str]:
    """A line for each function of which changes went unnoticed, those with most first."""
    counts: Counter[str] = Counter()
    reached: dict[str, bool] = defaultdict(bool)
    for name, code in outcomes.items():
        function = name.rpartition("__mutmut_")[0]
        reached[function] |= code not in NOT_REACHED
        counts[function] += code not in FAILED and code not in ENDLESS
    for function, count in counts.most_common():
        if count:
            yield f"{count:4} {function}{'' if reached[function] else '  (no test comes here)'}"


def _lay_out(area: Area) -> None:
    shutil.rmtree(PLACE, ignore_errors=True)
    own_folder(PLACE)
    shutil.copytree(BACKEND, PLACE / SOURCE, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests", PLACE / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for path in area.sources:
        source = PLACE / SOURCE / path
        source.write_text(undecorated(source.read_text(encoding="utf-8")), encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    was = 'pythonpath = ["backend", "."]'
    if was not in project:
        raise MutationFailed(f"pyproject.toml does not say {was} any more")
    project = project.replace(was, f'pythonpath = ["{SOURCE}", "."]')
    (PLACE / "pyproject.toml").write_text(project + _settings(area), encoding="utf-8")


def undecorated(source: str) -> str:
    """The same module, its functions decorated by a line after them (methods stay as they are)."""
    lines = source.splitlines(keepends=True)
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            applied = [
                f"{node.name} = {ast.unparse(one)}({node.name})\n"
                for one in reversed(node.decorator_list)
            ]
            lines[node.end_lineno : node.end_lineno] = applied
            del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "".join(lines)


def _settings(area: Area) -> str:
    sources = [f"{SOURCE}/{path}" for path in area.sources]
    tests = [f"tests/{path}" for path in area.tests]
    return (
        "\n[tool.mutmut]\n"
        f"source_paths = {json.dumps([SOURCE])}\n"
        f"only_mutate = {json.dumps(sources)}\n"
        f"pytest_add_cli_args_test_selection = {json.dumps(tests)}\n"
        'pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider"]\n'
    )


def _outcomes() -> Iterator[tuple[str, int | None]]:
    for meta in sorted((PLACE / "mutants").rglob("*.meta")):
        yield from json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].items()


def _write(scores: Mapping[str, Score]) -> None:
    FIGURES.parent.mkdir(exist_ok=True)
    figures = {
        name: {"made": score.made, "noticed": score.noticed, "share": round(score.share, 4)}
        for name, score in scores.items()
    }
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
