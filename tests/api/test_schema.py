"""The description of the API: it is the code's, complete, and one shape for what repeats."""

from difflib import unified_diff
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation
from tests.permissions.matrix import LINES
from tests.permissions.walk import api

from devtools.openapi import SPECTACULAR
from devtools.places import ROOT
from mungchi.common.listing import ListView

DESCRIPTION = ROOT / "docs" / "api" / "openapi.yml"
SHORT_LISTS = {"units", "desk", "like", "totals", "offer-origins", "refused-events",
               "evidence"}  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    from drf_spectacular.generators import SchemaGenerator

    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-any-return]


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of everything described."""
    return [
        (path, method.upper(), operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict) and "responses" in operation
    ]


def test_the_file_is_what_the_code_says_in_whatever_language(tmp_path: Any) -> None:
    made = tmp_path / "openapi.yml"
    # As whoever asked last may have left it.
    with translation.override("ko"):
        call_command(*SPECTACULAR, str(made))
    different = "\n".join(
        unified_diff(DESCRIPTION.read_text().split("\n"), made.read_text().split("\n"), n=1)
    )
    assert not different, f"run `make openapi` and commit the result:\n{different}"


def test_every_address_and_method_is_described(schema: dict[str, Any]) -> None:
    described = {
        (method, path.replace("{id}", "<uuid:pk>").removeprefix("/api/v1/"))
        for path, method, _ in operations(schema)
    }
    assert described == {(line.method, line.path.partition("?")[0]) for line in LINES}


def test_every_operation_has_a_name_a_tag_and_says_how_it_refuses(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(names) == len(set(names)) >= 60
    for path, method, operation in operations(schema):
        assert operation["operationId"], (path, method)
        assert operation["tags"], (path, method)
        problem = operation["responses"]["4XX"]["content"]["application/problem+json"]["schema"]
        assert problem == {"$ref": "#/components/schemas/Problem"}
        assert any(code.startswith("2") for code in operation["responses"]), (path, method)


def test_every_list_is_paged(schema: dict[str, Any]) -> None:
    described = {path: operation for path, method, operation in operations(schema)
                 if method == "GET"}  # fmt: skip
    lists = [a for a in api() if a.view is not None and issubclass(a.view, ListView)]
    assert len(lists) >= 20
    for address in lists:
        operation = described["/api/v1/" + address.route.replace("<uuid:pk>", "{id}")]
        assert {"cursor", "page_size"} <= {p["name"] for p in operation["parameters"]}, address
        reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        shape = schema["components"]["schemas"][reference.rpartition("/")[2]]
        assert {"next", "previous", "results"} == set(shape["properties"]), address


def test_what_is_not_paged_is_one_row_or_short(schema: dict[str, Any]) -> None:
    """Everything else that answers with an array is a fixed, short list."""
    for path, method, operation in operations(schema):
        content = operation["responses"].get("200", {}).get("content", {})
        if content.get("application/json", {}).get("schema", {}).get("type") == "array":
            assert method == "GET"
            assert path.rpartition("/")[2] in SHORT_LISTS


def test_members_of_the_body_are_described(schema: dict[str, Any]) -> None:
    """A body that the code reads is in the description, and none that it does not."""
    described = {
        (method, path.replace("{id}", "<uuid:pk>").removeprefix("/api/v1/")): operation
        for path, method, operation in operations(schema)
    }
    for line in LINES:
        operation = described[line.method, line.path.partition("?")[0]]
        assert ("requestBody" in operation) == (line.body is not None), line.name
