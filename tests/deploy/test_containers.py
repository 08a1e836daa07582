"""The compose file, the Dockerfiles and the Caddyfile hold their promises."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
CADDYFILE = (ROOT / "frontend" / "Caddyfile").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
ONE_SHOT = {"migrate"}
DOCKERFILES = {
    name: (ROOT / name / "Dockerfile").read_text(encoding="utf-8")
    for name in ("backend", "frontend")
}
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "PGPASSWORD", "EMAIL_HOST_PASSWORD")


def test_these_are_the_services() -> None:
    assert set(SERVICES) == {"db", "migrate", "api", "live", "worker", "frontend"}


def test_one_port_is_published_and_it_is_the_frontends() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(ports) == ["frontend"]
    (port,) = ports["frontend"]
    # Nobody from outside until an operator says so.
    assert port.startswith("${PUBLISH_ADDRESS:-127.0.0.1}:")


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_locked_down(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"]["max-size"]
    assert not service.get("privileged")
    assert not any("docker.sock" in volume for volume in service.get("volumes", []))
    assert service["restart"] == ("no" if name in ONE_SHOT else "unless-stopped")


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOT))
def test_what_runs_for_long_has_a_health_check_and_time_to_stop(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert re.fullmatch(r"\d+s", SERVICES[name]["stop_grace_period"])


def test_the_worker_is_given_more_time_than_it_gives_its_jobs() -> None:
    command = SERVICES["worker"]["command"]
    graceful = int(command[command.index("--shutdown-graceful-timeout") + 1])
    assert graceful < int(SERVICES["worker"]["stop_grace_period"].removesuffix("s"))


def test_nothing_serves_before_the_database_is_migrated() -> None:
    assert SERVICES["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    for name in ("api", "worker"):
        condition = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_the_database_is_reached_from_inside_only_and_not_by_the_frontend() -> None:
    networks = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["networks"]
    assert networks["inside"]["internal"] is True
    assert SERVICES["db"]["networks"] == ["inside"]
    assert "inside" not in SERVICES["frontend"]["networks"]


def test_secrets_come_from_the_environment_and_only_to_those_who_need_them() -> None:
    for service in SERVICES.values():
        for name in SECRETS:
            value = service.get("environment", {}).get(name, "${")
            assert value.startswith("${"), name
    for name in ("SECRET_KEY", "PGPASSWORD", "PUBLIC_URL"):
        assert ":?" in SERVICES["api"]["environment"][name], f"{name} has a default"
    assert ":?" in SERVICES["db"]["environment"]["POSTGRES_PASSWORD"]
    assert not set(SECRETS) & set(SERVICES["frontend"]["environment"])
    assert "SECRET_KEY" not in SERVICES["db"]["environment"]


def test_the_data_directory_is_inside_the_volume() -> None:
    (volume,) = SERVICES["db"]["volumes"]
    mounted = volume.partition(":")[2]
    assert SERVICES["db"]["environment"]["PGDATA"].startswith(f"{mounted}/18/")
    assert SERVICES["db"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", DOCKERFILES)
def test_images_are_built_in_stages_and_run_as_a_numbered_nobody(name: str) -> None:
    text = DOCKERFILES[name]
    bases = re.findall(r"^FROM (\S+)", text, re.M)
    users = re.findall(r"^USER (\d+)", text, re.M)
    assert len(bases) == 2
    assert all(re.fullmatch(r"[a-z]+:[\w.-]*\d[\w.-]*", base) for base in bases), bases
    assert len(users) == 1
    assert int(users[0]) > 0
    # Nothing but metadata comes after it.
    after = text[text.index(f"USER {users[0]}") :]
    assert not re.search(r"^(RUN|COPY|ADD) ", after, re.M)


def test_only_wheels_whose_digest_is_known_come_into_the_image() -> None:
    text = DOCKERFILES["backend"]
    for option in ("--require-hashes", "--no-deps", "--only-binary :all:", "-r run.lock"):
        assert option in text
    assert "dev.lock" not in text


def test_no_development_tools_in_the_backends_image() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILES["backend"], re.M)
    wanted = ["requirements/run.lock", "backend/manage.py", "backend/config", "backend/mungchi"]
    assert copied == wanted
    ignore = (ROOT / "backend" / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    rules = [line for line in ignore.splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert [rule[1:] for rule in rules if rule.startswith("!")] == wanted


def test_the_scripts_of_packages_do_not_run_in_the_frontends_build() -> None:
    assert "npm ci --ignore-scripts" in DOCKERFILES["frontend"]


def test_caddy_sends_the_same_headers_as_the_server_of_make_up() -> None:
    served = (ROOT / "frontend" / "serve.mjs").read_text(encoding="utf-8")
    table = served[served.index("SECURITY_HEADERS = {") : served.index("/** Makes the server")]
    policy = "; ".join(re.findall(r"^    \"(.+)\",$", table, re.M))
    assert policy.startswith("default-src 'none'; script-src 'self'")
    pages = CADDYFILE[CADDYFILE.index("(page_headers)") : CADDYFILE.index("(hsts)")]
    assert f'Content-Security-Policy "{policy}"' in pages
    for name, value in re.findall(r"^  '([\w-]+)': '(.+)',$", table, re.M):
        assert re.search(rf'^\t+{name} "?{re.escape(value)}"?$', CADDYFILE, re.M), name


def test_no_page_of_the_product_is_allowed_anything_unsafe() -> None:
    policies = re.findall(r'Content-Security-Policy "(.+)"', CADDYFILE)
    assert len(policies) == 5
    # Only Django's admin, and only attributes.
    assert [policy.count("unsafe-") for policy in policies] == [0, 1, 0, 0, 0]
    assert "style-src-attr 'unsafe-inline'" in policies[1]
    assert all("frame-ancestors 'none'" in policy for policy in policies)


def test_caddy_passes_on_what_the_server_of_make_up_passes_on() -> None:
    for path in ("/admin /admin/*", "/api /api/* /static/* /healthz /readyz"):
        assert re.search(rf"path {re.escape(path)}$", CADDYFILE, re.M)


def test_caddy_says_of_shared_pages_what_the_api_says() -> None:
    from mungchi.campaigns.api.shared import POLICY

    (block,) = re.findall(r"handle /s/\* \{(.*?)\n\t\t\}", CADDYFILE, re.S)
    assert f'Content-Security-Policy "{POLICY}"' in block
    # A later value replaces the common one; only here may others show what is ours.
    assert block.index("import common") < block.index("Cross-Origin-Resource-Policy cross-origin")
    assert CADDYFILE.count(" cross-origin\n") == 1
    assert "import api" in block


def test_whatever_takes_files_of_five_megabytes_may_be_sent_them() -> None:
    from tests.permissions.matrix import LINES

    taking = {line.path.replace("<uuid:pk>", "*") for line in LINES
              if line.multipart and line.method == "POST" and line.path != "imports"}  # fmt: skip
    named = re.findall(r"^\t*(?:@\w+ )?(?:not )?path (.*/firm/documents.*)$", CADDYFILE, re.M)
    assert len(named) == 4
    for path in taking & {
        "firm/documents",
        *(one for one in taking if one.endswith(("/files", "/photos"))),
    }:
        assert all(f"/api/v1/{path}" in paths.split() for paths in named), path


def test_the_event_stream_is_passed_on_line_by_line_and_not_compressed() -> None:
    (stream,) = re.findall(r"handle /api/v1/live \{(.*?)\n\t\t\}", CADDYFILE, re.S)
    assert "flush_interval -1" in stream
    assert "encode" not in stream
    assert "import api" not in stream
    assert CADDYFILE.index("handle /api/v1/live") < CADDYFILE.index("handle @api")


@pytest.mark.parametrize(
    ("matcher", "length", "refused"),
    [
        ("too_large", 1_999_999, False),
        ("too_large", 2_000_000, True),
        ("too_large", 10_000_000, True),
        ("document_too_large", 5 * 1024 * 1024 + 64 * 1024, False),
        ("document_too_large", 6_000_000, True),
        ("upload_too_large", 40 * 1024 * 1024 + 64 * 1024, False),
        ("upload_too_large", 42_999_999, False),
        ("upload_too_large", 43_000_000, True),
        ("upload_too_large", 100_000_000, True),
    ],
)
def test_bodies_are_limited_by_what_they_say_of_themselves(
    matcher: str, length: int, refused: bool
) -> None:
    block = CADDYFILE[CADDYFILE.index(f"@{matcher} {{") :]
    pattern = re.search(r"header_regexp Content-Length (\S+)", block)
    assert pattern
    assert bool(re.search(pattern[1], str(length))) is refused
