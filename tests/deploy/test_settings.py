"""Production settings: nothing to complain of, nothing missing, nothing undocumented."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).parents[2]
GIVEN = {
    "MUNGCHI_ENV": "production",
    "SECRET_KEY": "a-long-random-text-of-one-test-" + "qwertyuiopasdfghjklzxcvbnm" * 2,
    "PUBLIC_URL": "https://mungchi.example",
    "DATABASE_URL": "postgresql://mungchi@db.invalid/mungchi",
}
# Of a checkout, not of an installation; or decided by the image.
NOT_IN_COMPOSE = {
    "DJANGO_DEBUG", "EMAIL_FILE_PATH", "MUNGCHI_ENV", "STATIC_ROOT", "STRIPE_API_BASE",
}  # fmt: skip


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the image has: neither devtools nor tests."""
    folder = tmp_path_factory.mktemp("image")
    for name in ("config", "mungchi"):
        shutil.copytree(
            ROOT / "backend" / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "backend" / "manage.py", folder)
    return folder


def run(folder: Path, *arguments: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python there, in an environment with nothing but what is given."""
    named = {**GIVEN, **variables}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            **{name: value for name, value in named.items() if value is not None},
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_check_deploy_has_nothing_to_say(image: Path) -> None:
    ended = run(image, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout + ended.stderr == "System check identified no issues (0 silenced).\n"


def test_check_deploy_speaks_up_when_a_defence_is_gone(image: Path) -> None:
    """The control: the check above can fail."""
    ended = run(image, "manage.py", "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="x")
    assert ended.returncode == 1
    assert "security.W009" in ended.stderr


def test_the_product_starts_without_the_development_tools(image: Path) -> None:
    code = "import config.wsgi, sys; print([m for m in sys.modules if m.startswith('devtools')])"
    ended = run(image, "-c", code)
    assert (ended.returncode, ended.stdout) == (0, "[]\n"), ended.stderr


def test_without_development_tools_it_is_production_by_itself(image: Path) -> None:
    ended = run(image, "-c", "from config.settings import ENVIRONMENT, DEBUG; "
                "print(ENVIRONMENT, DEBUG)", MUNGCHI_ENV=None, DJANGO_DEBUG="1")  # fmt: skip
    assert ended.stdout == "production False\n", ended.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "PUBLIC_URL", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_it_does_not_start_without_what_has_no_default(
    image: Path, name: str, value: str | None
) -> None:
    ended = run(image, "-c", "import config.settings", **{name: value})
    assert ended.returncode == 1
    assert f"{name} is not set" in ended.stderr


@pytest.mark.parametrize("address", ["mungchi.example", "ftp://mungchi.example", "https://"])
def test_an_address_that_is_none_stops_the_start(image: Path, address: str) -> None:
    ended = run(image, "-c", "import config.settings", PUBLIC_URL=address)
    assert "PUBLIC_URL must be" in ended.stderr


def test_the_public_address_decides_host_origin_and_cookies(image: Path) -> None:
    code = (
        "from config.settings import *; print(ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, "
        "SESSION_COOKIE_NAME, SESSION_COOKIE_SECURE, ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    plain = run(image, "-c", code, PUBLIC_URL="http://10.0.0.5:8080/", TRUSTED_PROXY_COUNT="2")
    assert plain.stdout == "['10.0.0.5'] ['http://10.0.0.5:8080'] session False 2\n", plain.stderr
    secure = run(image, "-c", code, ALLOWED_HOSTS="")
    assert secure.stdout == (
        "['mungchi.example'] ['https://mungchi.example'] __Host-session True 1\n"
    ), secure.stderr


@pytest.mark.parametrize(
    ("environment", "given", "required"),
    [("production", None, True), ("production", "no", False), ("development", None, False),
     ("development", "yes", True)],
)  # fmt: skip
def test_second_factors_are_asked_for_in_production(
    image: Path, environment: str, given: str | None, required: bool
) -> None:
    code = "from config.settings import SECOND_FACTOR_REQUIRED; print(SECOND_FACTOR_REQUIRED)"
    variables = {"MUNGCHI_ENV": environment, "SECOND_FACTOR_REQUIRED": given}
    assert run(image, "-c", code, **variables).stdout == f"{required}\n"


def test_a_wrong_word_for_it_stops_the_start(image: Path) -> None:
    ended = run(image, "-c", "import config.settings", SECOND_FACTOR_REQUIRED="maybe")
    assert "SECOND_FACTOR_REQUIRED must be one of" in ended.stderr


@pytest.mark.parametrize(
    ("environment", "variables", "complaint"),
    [
        ("production", {"STRIPE_API_BASE": "https://127.0.0.1:1"}, "unset it in production"),
        ("development", {"STRIPE_API_BASE": "127.0.0.1:1"}, "must be an address"),
        ("development", {"STRIPE_TIMEOUT": "0"}, "at least 1 second"),
        ("production", {"STRIPE_TIMEOUT": "soon"}, "STRIPE_TIMEOUT must be a whole number"),
    ],
)
def test_payments_are_not_simulated_in_production(
    image: Path, environment: str, variables: dict[str, str], complaint: str
) -> None:
    ended = run(image, "-c", "import config.settings", MUNGCHI_ENV=environment, **variables)
    assert ended.returncode == 1
    assert complaint in ended.stderr


def test_a_variable_set_to_nothing_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUNGCHI_TRIAL", "")
    assert env.text("MUNGCHI_TRIAL", "else") == "else"
    assert env.number("MUNGCHI_TRIAL", 7) == 7
    assert env.flag("MUNGCHI_TRIAL", True) is True
    with pytest.raises(ImproperlyConfigured, match="MUNGCHI_TRIAL"):
        env.text("MUNGCHI_TRIAL")


def variables_read() -> set[str]:
    """The environment variables that config/settings.py reads."""
    tree = ast.parse((ROOT / "backend" / "config" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def variables_of_compose() -> set[str]:
    """The variables an operator can set for docker-compose.yml."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    return set(re.findall(r"\$\{(\w+)", text))


def variables_in_the_table() -> set[str]:
    """The variables in the tables of docs/operating.md."""
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.M))


def test_the_table_of_variables_is_complete_and_has_no_others() -> None:
    read = variables_read()
    assert "SECRET_KEY" in read
    assert variables_in_the_table() == read | variables_of_compose()


def test_compose_hands_on_every_variable_that_the_settings_read() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    for service in ("migrate", "api", "worker"):
        handed = set(compose["services"][service]["environment"])
        assert variables_read() - handed == NOT_IN_COMPOSE, service


def test_what_caddy_reads_it_is_given_or_has_a_default_for() -> None:
    text = (ROOT / "frontend" / "Caddyfile").read_text(encoding="utf-8")
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    given = set(compose["services"]["frontend"]["environment"])
    without_default = set(re.findall(r"\{\$(\w+)\}", text))
    assert without_default
    assert without_default <= given
