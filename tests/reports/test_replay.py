"""The replay: the rule to the letter, through the real operations, and its report."""

import io
import json
import os
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import retail
from tests.factories.demand import KOREAN, RETAIL, csv_bytes

from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.market import Commitment, Market, Threshold, Tier
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.common.models import History
from mungchi.demand.domain.fields import FIELDS
from mungchi.demand.domain.history_ladder import ladder
from mungchi.reports.domain.charts import bars, columns
from mungchi.reports.domain.replay import FirmsMonth, Outcome, Replay, tiers_that_matter
from mungchi.reports.operations import replay_history, replaying

SEED = 20_101_201


def history(lines: int, seed: int = SEED) -> str:
    """Return a made-up history in the retail layout with every kind of line in it."""
    chance = random.Random(seed)
    rows = [",".join(RETAIL)]
    for number in range(lines):
        invoice = chance.choice(["", "", "", "", "", "", "", "C"]) + str(536_000 + number // 3)
        code = chance.choice(["22914", "84970s", "21733", "22914", "84970S", "22633", "POST", "M"])
        quantity = chance.choice([1, 2, 6, 10, 12, 24, 48, 100, -3, 0])
        price = chance.choice(["2.10", "1.95", "1.85", "1.65", "4.95", "0.0", "2.1"])
        day = f"2011-{chance.randint(1, 3):02d}-{chance.randint(1, 28):02d} 10:{number % 60:02d}:00"
        firm = chance.choice(["13047.0", "15291.0", "17850.0", "12680.0", "14911.0", ""])
        rows.append(f"{invoice},{code},ITEM {code},{quantity},{day},{price},{firm},United Kingdom")
    return "\n".join(rows) + "\n"


def run(text: str, currency: str = "GBP", **mapping: str) -> Replay:
    """Replay a history without progress."""
    return replay_history(
        stream=io.BytesIO(text.encode()),
        filename="history.csv",
        currency=currency,
        mapping=mapping,
        report=lambda what, done, of: None,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_the_real_operations_give_what_the_rule_says(seed: int) -> None:
    text = history(300, seed)
    wanted = retail.expected(text)
    assert wanted["campaigns"] >= 8, seed
    assert set(wanted["rejected"]) == {"cancelled", "not_goods", "quantity", "price", "no_firm"}
    assert run(text).as_json() == wanted, seed
    # Every campaign went the whole way, each step with its history.
    runs = ClearingRun.objects.count()
    assert runs == Campaign.objects.count() == wanted["campaigns"]
    for kind in ("campaign_drafted", "offer_awarded", "campaign_opened", "campaign_cleared"):
        assert History.objects.filter(kind=kind).count() == runs
    assert set(Campaign.objects.values_list("opened_at__year", flat=True)) == {2011}


@pytest.mark.django_db
def test_the_members_of_the_json_stand_in_the_agreed_order() -> None:
    assert list(run(history(60)).as_json()) == list(retail.RESULT)


@pytest.mark.django_db
def test_a_history_with_nothing_to_pool_gives_zeros() -> None:
    figures = run(history(0) + "536365,22914,X,6,2010-12-01,1.85,13047.0,UK\n").as_json()
    assert figures == {"lines": 1, "rejected": {}, "groups": 1, "campaigns": 0, "succeeded": 0,
                       "awarded_firms": 0, "awarded_quantity": 0, "paid_minor": 0,
                       "pooled_minor": 0, "saved_percent": 0.0}  # fmt: skip


@pytest.mark.django_db
def test_another_layout_is_replayed_with_a_mapping() -> None:
    rows = [["J1", "", "볼트", "10", "2024-03-05", "100", "M1", ""],
            ["J2", "", "볼트", "90", "2024-03-06", "80", "M2", ""]]  # fmt: skip
    text = csv_bytes(rows, header=["a", "b", "c", "d", "e", "f", "g", "h"]).decode()
    figures = run(text, "KRW", item_name="c", quantity="4", date="e", unit_price="f", firm_code="g")
    assert figures.as_json() == {
        "lines": 2, "rejected": {}, "groups": 1, "campaigns": 1, "succeeded": 1,
        "awarded_firms": 2, "awarded_quantity": 100, "paid_minor": 8200, "pooled_minor": 8000,
        "saved_percent": 2.44,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_ladder_longer_than_an_offer_may_be_is_cut_to_what_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = history(200)
    monkeypatch.setattr(replaying, "MOST_TIERS", 1)
    assert run(text).as_json() == retail.expected(text)


PRICES = st.integers(1, 30).map(lambda n: Decimal(n) / 4)
MONTHS = st.lists(st.tuples(st.integers(1, 40), PRICES), min_size=2, max_size=6)


@given(st.lists(st.tuples(st.integers(1, 60), PRICES), min_size=1, max_size=30), MONTHS)
def test_the_tiers_that_matter_give_the_same_clearing(
    lines: list[tuple[int, Decimal]], firms: list[tuple[int, Decimal]]
) -> None:
    tiers = ladder(lines)
    fewer = tiers_that_matter(tiers, [FirmsMonth(q, limit, 0) for q, limit in firms])
    assert 1 <= len(fewer) <= max(1, len({limit for _, limit in firms}))
    commitments = tuple(
        Commitment(str(n), n, quantity, limit=limit) for n, (quantity, limit) in enumerate(firms)
    )
    whole, cut = (
        clear(Market(tuple(Tier(*tier) for tier in some), commitments, threshold=Threshold(1, 2)))
        for some in (tiers, fewer)
    )
    assert (whole.outcome, whole.unit_price) == (cut.outcome, cut.unit_price)


def test_the_real_file_gives_the_agreed_figures_by_the_rule_alone() -> None:
    assert retail.expected(retail.real_file().read_text(encoding="utf-8")) == retail.RESULT


@pytest.mark.django_db
def test_a_part_of_the_real_file_through_the_real_operations() -> None:
    lines = retail.real_file().read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(lines[:1] + lines[9_000:9_400])
    wanted = retail.expected(text)
    assert wanted["campaigns"] > 20
    assert run(text).as_json() == wanted


def output_of(path: Path, *arguments: str) -> list[str]:
    """Run `make replay`'s program in processes of its own; return its lines of output."""
    made = subprocess.run(
        [sys.executable, "-m", "devtools.replay", str(path), *arguments],
        cwd=retail.PROJECT,
        env={**os.environ, "PYTHONPATH": str(retail.PROJECT / "backend")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()


@pytest.mark.processes
def test_the_program_prints_one_json_object_last_and_writes_its_report(tmp_path: Path) -> None:
    text = history(120)
    file = tmp_path / "거래 내역.csv"
    file.write_text(text, encoding="utf-8")
    last = output_of(file, "--output", str(tmp_path / "out"), "--source", "우리 장부")[-1]
    assert json.loads(last) == retail.expected(text)
    page = (tmp_path / "out" / "replay.html").read_text(encoding="utf-8")
    assert "Savings by month" in page
    assert "우리 장부" in page
    assert "http" not in page
    book = openpyxl.load_workbook(tmp_path / "out" / "replay.xlsx")
    assert len(book.sheetnames) == 5
    assert all(len(book[name]._charts) == 1 for name in book.sheetnames[1:4])


@pytest.mark.night
@pytest.mark.processes
def test_the_whole_real_file_through_the_real_operations(tmp_path: Path) -> None:
    last = output_of(retail.real_file(), "--output", str(tmp_path))[-1]
    assert json.loads(last) == retail.RESULT


@pytest.mark.django_db
def test_the_command_refuses_a_database_in_use_and_says_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="No such file"):
        call_command("replay_purchases", tmp_path / "absent.csv", processes=1)
    with pytest.raises(CommandError, match="not a table"):
        call_command("replay_purchases", file, processes=1)
    with pytest.raises(CommandError, match="FIELD=COLUMN"):
        call_command("replay_purchases", file, map=["colour=3"])
    with pytest.raises(CommandError, match="in use"):
        call_command("replay_purchases", file, processes=1)


@pytest.mark.django_db
def test_a_mapping_to_no_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(csv_bytes([["J1", "A", "볼트", "1", "2024-03-05", "10", "M1", ""]]))
    with pytest.raises(CommandError, match="Quantity"):
        call_command("replay_purchases", file, map=["quantity=Menge"], processes=1)
    assert set(KOREAN).isdisjoint(FIELDS)


def test_sums_by_month_item_and_firm_add_up() -> None:
    items, firms = [uuid4(), uuid4()], [uuid4(), uuid4()]
    replay = Replay("GBP", 10, {}, outcomes=[
        Outcome(items[0], (2011, 1), 2, 2, Decimal(1), {
            firms[0]: (5, 600, 500), firms[1]: (1, 100, 100)}),
        Outcome(items[0], (2011, 2), 2, 1, Decimal(2), {firms[1]: (2, 400, 400)}),
        Outcome(items[1], (2011, 1), 1, 0, None, {}),
    ])  # fmt: skip
    total = replay.total()
    assert (total.campaigns, total.awards, total.quantity) == (3, 3, 8)
    assert (total.saved_minor, str(total.saved_percent)) == (100, "9.09")
    for parts in (replay.months(), replay.items(), replay.firms()):
        assert sum(part.paid_minor for part in parts.values()) == total.paid_minor
        assert sum(part.pooled_minor for part in parts.values()) == total.pooled_minor
    assert list(replay.firms()) == firms
    assert replay.depths() == {(1, 0): 1, (2, 1): 1, (2, 2): 1}


def test_charts_draw_every_value_and_run_nothing() -> None:
    drawn = columns([("2011-01", 5.0), ("2011-02", -3.0)], unit="GBP", title="<b>")
    assert drawn.count('class="bar"') == 2
    assert "&lt;b&gt;" in drawn
    assert columns([], unit="GBP", title="x").startswith("<svg")
    ranked = bars([("<script>", 3.0), ("a" * 60, 0.0)], labels=["3", "0"], title="x")
    assert "<script>" not in ranked
    assert "a" * 37 + "…" in ranked
