"""The benchmark runs from end to end; with few rows, so its figures mean nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import pytest_plugin
from devtools.places import ROOT

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not pytest_plugin.OWN_CLUSTER, reason="it makes databases in our cluster"),
]


def test_the_quick_benchmark_takes_every_figure(tmp_path: Path) -> None:
    output = tmp_path / "bench.json"
    ended = subprocess.run(
        [sys.executable, "tests/bench", "--quick", "--cluster", "test", "--output", str(output)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr

    figures = {one["name"]: one for one in json.loads(output.read_text())["figures"]}
    assert len(figures) >= 14
    assert all(one["value"] >= 0 for one in figures.values())
    # What does not depend on how fast the machine is holds with few rows as well.
    assert figures["outlook of 1,000 commitments"]["queries"] == 1
    assert figures["queries more for the large one"]["value"] == 0
    assert figures["rows that break an invariant"]["value"] == 0
    assert figures["joins into one campaign"]["value"] > 0
