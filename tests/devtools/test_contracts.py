"""The import contracts: each is broken by what it forbids, planted in a copy of the product."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from devtools.places import BACKEND, ROOT

START = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
APPS = "Between apps"
LAYERS = "Inside an app"
PURE = "The domain is pure"
DOORS = "Views and stages belong to their app"
DEVTOOLS = "The product does not know"


def broken_contracts(project: Path) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", START, "--no-cache"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "backend"), "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = [line for line in ended.stdout.splitlines() if line.rstrip().endswith("BROKEN")]
    if ended.returncode and not broken:
        return [ended.stdout + ended.stderr]
    return broken


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages that the contracts speak of."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("mungchi", "config", "devtools"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(BACKEND / package, copy / "backend" / package, ignore=leave)
    return copy


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("catalog/models.py", "import mungchi.campaigns.models", APPS),
        ("common/money.py", "import mungchi.accounts.models", APPS),
        ("payments/models.py", "import mungchi.deliveries.models", APPS),
        ("orders/models.py", "import mungchi.pipeline", APPS),
        ("strangers/__init__.py", "", APPS),
        ("accounts/models.py", "import mungchi.accounts.operations", LAYERS),
        ("accounts/access.py", "import mungchi.accounts.queries", LAYERS),
        ("accounts/domain/states.py", "import mungchi.accounts.models", LAYERS),
        ("accounts/operations.py", "import mungchi.accounts.api.views", LAYERS),
        ("catalog/utils.py", "", LAYERS),
        ("catalog/helpers.py", "", LAYERS),
        ("campaigns/domain/market.py", "import django.utils.timezone", PURE),
        ("campaigns/domain/market.py", "import time", PURE),
        ("campaigns/domain/market.py", "import mungchi.common.clock", PURE),
        ("common/money.py", "import rest_framework", PURE),
        ("orders/models.py", "import mungchi.campaigns.stage", DOORS),
        ("orders/models.py", "import mungchi.accounts.api.views", DOORS),
        ("common/clock.py", "import devtools.places", DEVTOOLS),
    ],
)
def test_a_planted_violation_breaks_its_contract(
    project: Path, file: str, line: str, contract: str
) -> None:
    path = project / "backend" / "mungchi" / file
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text((before or "") + f"\n{line}\n")
    try:
        assert any(contract in name for name in broken_contracts(project))
    finally:
        if before is None:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.write_text(before)


def test_the_product_as_it_is_breaks_none(project: Path) -> None:
    assert broken_contracts(project) == []


def test_every_app_is_held_to_the_layers() -> None:
    """Import-linter looks only into the apps it is told of; a new one must be among them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (layers,) = [each for each in contracts["contracts"] if each["id"] == "layers"]
    apps = {path.parent.name for path in (BACKEND / "mungchi").glob("*/apps.py")} - {"common"}
    assert {f"mungchi.{app}" for app in apps} == set(layers["containers"])
