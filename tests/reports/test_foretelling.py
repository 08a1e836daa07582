"""The replay, demand first: the real file through the product's import, and what it prints."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.factories import retail

from mungchi.demand.domain.measuring import walk
from mungchi.demand.models import Purchase
from mungchi.demand.queries import lines_of_import
from mungchi.reports.domain.foretold import figures_of, table_of
from mungchi.reports.operations import foretell_history

# Foretelling exactly what two or more firms bought the month before, on the real file.
BASELINE = {"months": 5, "precision": 0.48, "recall": 0.4841, "f1": 0.482, "wape": 1.3252}


@pytest.mark.django_db
def test_the_real_file_is_foretold_better_than_the_same_as_last_month() -> None:
    out = io.StringIO()
    call_command("replay_purchases", retail.real_file(), foretell=True, stdout=out)
    lines = out.getvalue().splitlines()
    figures = json.loads(lines[-1])
    assert list(figures) == ["months", "precision", "recall", "f1", "wape", "baseline"]
    assert figures["baseline"] == BASELINE
    assert figures["months"] == 5
    assert figures["f1"] > 0.51
    assert figures["wape"] < 0.95
    # In every single month as well, and a line for each.
    assert [line[:7] for line in lines[1:6]] == [f"2011-{n:02d}" for n in range(4, 9)]
    assert "Sain" in lines[-2]
    purchase = Purchase.objects.select_related("purchase_import").first()
    assert purchase is not None
    for month in walk(lines_of_import(purchase.purchase_import)):
        told = figures_of([month])
        assert told["f1"] > told["baseline"]["f1"], month.month
        assert told["wape"] < told["baseline"]["wape"], month.month


@pytest.mark.django_db
def test_a_history_too_short_is_measured_over_no_months(tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    file.write_text(head + "536365,22914,X,6,2010-12-01,1.85,13047.0,UK\n", encoding="utf-8")
    with file.open("rb") as stream:
        walked = foretell_history(stream=stream, filename=file.name, currency="GBP", mapping={},
                                  report=lambda what, done, of: None)  # fmt: skip
    assert walked == []
    assert len(list(table_of(walked))) == 1
    assert figures_of(walked) == {
        **dict.fromkeys(BASELINE, 0),
        "baseline": dict.fromkeys(BASELINE, 0),
    }
