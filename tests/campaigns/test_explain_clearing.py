"""The command, as support staff call it: a process of its own, without any database."""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mungchi.campaigns.domain.document import read_market, write_clearing
from mungchi.campaigns.domain.market import MarketError, Rule, Threshold

MANAGE = Path(__file__).parents[2] / "backend" / "manage.py"
GOOD: dict[str, Any] = {
    "tiers": [
        {"min_quantity": 1, "unit_price": "120"},
        {"min_quantity": 50, "unit_price": "99.50"},
    ],
    "pack": 1,
    "capacity": None,
    "threshold": {"quantity": 1, "firms": 1},
    "rule": "uniform",
    "commitments": [
        {"id": "a", "quantity": 30, "tolerance": 0, "minimum": 0, "limit": "120"},
        {"id": "b", "quantity": 25, "tolerance": 0, "minimum": 0, "limit": None},
    ],
}


def run(arguments: Sequence[str], stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(MANAGE), "explain_clearing", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        check=False,
    )


def explain(text: str | bytes, *arguments: str, tmp_path: Path) -> str:
    """Run the command in this process and return what it printed."""
    file = tmp_path / "market.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    call_command("explain_clearing", str(file), *arguments, stdout=out)
    return out.getvalue()


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the good market with one place changed: "commitments.0.limit" and the like."""
    document = json.loads(json.dumps(GOOD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = document
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def test_a_file_as_a_process_without_a_database(tmp_path: Path) -> None:
    file = tmp_path / "시장 1.json"
    file.write_text(json.dumps(GOOD))
    done = run([str(file)])
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {
        "outcome": "succeeded",
        "unit_price": "99.50",
        "quantity": 55,
        "awards": {"a": 30, "b": 25},
        "verdicts": {"a": "awarded", "b": "awarded"},
        "tiers": [
            {
                "min_quantity": 1,
                "unit_price": "120",
                "demand": 55,
                "orderable": 55,
                "carries": True,
            },
            {
                "min_quantity": 50,
                "unit_price": "99.50",
                "demand": 55,
                "orderable": 55,
                "carries": True,
            },
        ],
    }


def test_standard_input_and_a_failed_market() -> None:
    done = run(["-"], json.dumps(changed("threshold.quantity", 56)).encode())
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert (result["outcome"], result["unit_price"], result["quantity"]) == ("failed", None, 0)
    assert result["awards"] == {"a": 0, "b": 0}
    assert result["verdicts"] == {"a": "not_allocated", "b": "not_allocated"}


def test_bad_input_as_a_process_ends_with_2_and_no_traceback() -> None:
    done = run(["-"], json.dumps(changed("commitments.1.minimum", 26)).encode())
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"commitments[1].minimum" in done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_lines_go_on_after_a_bad_one() -> None:
    lines = [
        json.dumps(GOOD).encode(),
        b"",
        b"{nonsense",
        json.dumps(changed("pack", 0)).encode(),
        b"\xff\xfe",
        json.dumps(changed("capacity", 10)).encode(),
    ]
    done = run(["-", "--lines"], b"\r\n".join(lines) + b"\n")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [one.get("quantity") for one in said] == [55, None, None, None, 10]
    assert said[1]["error"].startswith("line 3: input is not valid JSON")
    assert said[2]["error"] == "line 4: pack: must be at least 1"
    assert said[3]["error"].startswith("line 5: input is not UTF-8")
    assert done.stderr.decode().splitlines() == [one["error"] for one in said[1:4]]


def test_2000_markets_take_less_than_10_seconds() -> None:
    wide = changed("commitments", [{"id": n, "quantity": n % 9 + 1} for n in range(40)])
    started = time.perf_counter()
    done = run(["-", "--lines"], b"\n".join([json.dumps(wide).encode()] * 2_000))
    took = time.perf_counter() - started
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2_000)
    assert took < 10


def test_text_in_both_languages(tmp_path: Path) -> None:
    korean = explain(json.dumps(GOOD), "--text", tmp_path=tmp_path)
    assert "공동구매가 성립되었습니다. 단가는 99.50, 주문 수량은 55" in korean
    assert "a: 약정하신 수량이 모두 배정되었습니다." in korean
    english = explain(json.dumps(GOOD), "--text", "--language", "en", tmp_path=tmp_path)
    assert "* from 50 at 99.50: demand 55, orderable 55, carries itself" in english
    assert "b: You get all you committed to: 25 at 99.50." in english


def test_defaults_and_the_forms_of_numbers() -> None:
    made = read_market(
        '{"tiers": [{"min_quantity": 1, "unit_price": 1.50}, {"min_quantity": 2, "unit_price": 1}],'
        ' "commitments": [{"id": 7, "quantity": 3}, {"id": "x", "quantity": 1, "limit": 1e0}]}'
    )
    assert (made.pack, made.capacity, made.threshold) == (1, None, Threshold(1, 1))
    assert made.rule is Rule.UNIFORM
    assert f"{made.tiers[0].unit_price:f}" == "1.50"
    first = made.commitments[0]
    assert (first.key, first.tolerance, first.minimum, first.limit) == ("7", 0, 0, None)


@pytest.mark.parametrize(
    ("path", "value"),
    [("capacity", 0), ("commitments", []), ("threshold", {"quantity": 0, "firms": 0})],
)
def test_empty_values_are_markets_too(path: str, value: object, tmp_path: Path) -> None:
    result = json.loads(explain(json.dumps(changed(path, value)), tmp_path=tmp_path))
    assert result["outcome"] == ("succeeded" if path == "threshold" else "failed")


BAD_VALUES = [
    ("tiers", [], "tiers"),
    ("tiers", {}, "tiers"),
    ("tiers", ..., "tiers"),
    ("tiers.0", 7, "tiers[0]"),
    ("tiers.0.min_quantity", ..., "tiers[0].min_quantity"),
    ("tiers.0.min_quantity", 0, "tiers[0].min_quantity"),
    ("tiers.0.min_quantity", True, "tiers[0].min_quantity"),
    ("tiers.0.min_quantity", "1", "tiers[0].min_quantity"),
    ("tiers.0.min_quantity", 2**53 + 1, "tiers[0].min_quantity"),
    ("tiers.1.min_quantity", 1, "tiers[1].min_quantity"),
    ("tiers.1.unit_price", "120", "tiers[1].unit_price"),
    ("tiers.1.unit_price", "130", "tiers[1].unit_price"),
    ("tiers.0.unit_price", 0, "tiers[0].unit_price"),
    ("tiers.0.unit_price", -1.5, "tiers[0].unit_price"),
    ("tiers.0.unit_price", "-1", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "NaN", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "Infinity", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "1_000", "tiers[0].unit_price"),
    ("tiers.0.unit_price", " 120", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "١٢٠", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "1e999", "tiers[0].unit_price"),
    ("tiers.0.unit_price", "1e-999", "tiers[0].unit_price"),
    ("tiers.0.unit_price", True, "tiers[0].unit_price"),
    ("tiers.0.unit_price", None, "tiers[0].unit_price"),
    ("tiers.0.unit_price", [], "tiers[0].unit_price"),
    ("tiers.0.price", 1, "tiers[0].price"),
    ("pack", 0, "pack"),
    ("pack", None, "pack"),
    ("pack", 1.0, "pack"),
    ("capacity", -1, "capacity"),
    ("capacity", "9", "capacity"),
    ("capacity", 2**60, "capacity"),
    ("threshold", 3, "threshold"),
    ("threshold.quantity", -1, "threshold.quantity"),
    ("threshold.firms", 1.5, "threshold.firms"),
    ("threshold.people", 1, "threshold.people"),
    ("rule", "lottery", "rule"),
    ("rule", None, "rule"),
    ("rule", [], "rule"),
    ("ruel", "uniform", "ruel"),
    ("commitments", ..., "commitments"),
    ("commitments", "ab", "commitments"),
    ("commitments.1", None, "commitments[1]"),
    ("commitments.1.id", ..., "commitments[1].id"),
    ("commitments.1.id", "a", "commitments[1].id"),
    ("commitments.1.id", None, "commitments[1].id"),
    ("commitments.1.id", True, "commitments[1].id"),
    ("commitments.1.id", 1.5, "commitments[1].id"),
    ("commitments.1.id", "", "commitments[1].id"),
    ("commitments.1.id", "a\u0000", "commitments[1].id"),
    ("commitments.1.id", "\ud800", "commitments[1].id"),
    ("commitments.1.id", 2**60, "commitments[1].id"),
    ("commitments.1.quantity", ..., "commitments[1].quantity"),
    ("commitments.1.quantity", 0, "commitments[1].quantity"),
    ("commitments.1.quantity", 2.5, "commitments[1].quantity"),
    ("commitments.1.quantity", 25.0, "commitments[1].quantity"),
    ("commitments.1.quantity", False, "commitments[1].quantity"),
    ("commitments.1.quantity", 2**53 + 1, "commitments[1].quantity"),
    ("commitments.1.tolerance", -1, "commitments[1].tolerance"),
    ("commitments.1.tolerance", None, "commitments[1].tolerance"),
    ("commitments.1.minimum", 26, "commitments[1].minimum"),
    ("commitments.1.minimum", -1, "commitments[1].minimum"),
    ("commitments.1.limit", 0, "commitments[1].limit"),
    ("commitments.1.limit", "much", "commitments[1].limit"),
    ("commitments.1.limit", {}, "commitments[1].limit"),
    ("commitments.1.silent", "yes", "commitments[1].silent"),
    ("commitments.1.silent", 1, "commitments[1].silent"),
    ("commitments.1.arrival", 3, "commitments[1].arrival"),
]


@pytest.mark.parametrize(("path", "value", "field"), BAD_VALUES)
def test_every_bad_value_is_named(path: str, value: object, field: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        explain(json.dumps(changed(path, value)), tmp_path=tmp_path)
    assert str(caught.value).startswith(f"{field}: ")
    assert caught.value.returncode == 2


BAD_TEXTS = [
    (b"", "not valid JSON"),
    (b"{", "not valid JSON"),
    (b"[]", "must be a JSON object"),
    (b"null", "must be a JSON object"),
    (b"\x00", "not valid JSON"),
    (b'{"tiers": "\x00"}', "not valid JSON"),
    (b"\xff\xfe{}", "not UTF-8"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"pack": ' * 100_000, "nested too deeply"),
    (b'{"pack": NaN}', "NaN"),
    (b'{"pack": -Infinity}', "-Infinity"),
    (b'{"pack": 1, "pack": 2}', "pack: is given twice"),
    (b'{"pack": ' + b"9" * 5_000 + b"}", "too many digits"),
    (b'{"pack": 1e9999999999999999999}', "out of range"),
    (b'{"\\ud800": 1}', "not a known field"),
]


@pytest.mark.parametrize(("data", "part"), BAD_TEXTS)
def test_every_broken_text_is_explained(data: bytes, part: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        explain(data, tmp_path=tmp_path)
    assert part in str(caught.value)
    str(caught.value).encode()
    assert caught.value.returncode == 2


@pytest.mark.parametrize("name", ["absent.json", ".", "nul\0.json"])
def test_files_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("explain_clearing", str(tmp_path / name))
    assert caught.value.returncode == 2


def test_the_document_of_a_clearing_survives_json() -> None:
    from mungchi.campaigns.domain.clearing import clear

    written = write_clearing(clear(read_market(json.dumps(GOOD))))
    assert json.loads(json.dumps(written)) == written


def test_read_market_raises_only_its_own_error() -> None:
    for path, value, _ in BAD_VALUES:
        with pytest.raises(MarketError):
            read_market(json.dumps(changed(path, value)))


def test_the_example_in_the_documentation_gives_what_it_says(tmp_path: Path) -> None:
    page = (MANAGE.parents[1] / "docs" / "clearing.md").read_text()
    example = page.split("```json\n")[1].split("```")[0]
    result = json.loads(explain(example, tmp_path=tmp_path))
    assert (result["unit_price"], result["quantity"]) == ("80", 205)
    assert [row["demand"] for row in result["tiers"]] == [30, 30, 95, 205]
