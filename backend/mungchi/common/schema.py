"""How views describe themselves to OpenAPI."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). `code` is for programs, `detail` for people.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "fields": {
            "type": "object",
            "description": "By field; nested ones as `tiers.1.unit_price`.",
            "additionalProperties": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                    "required": ["code", "message"],
                },
            },
        },
        "request_id": {"type": "string"},
    },
    "required": ["type", "title", "status", "code", "detail", "fields", "request_id"],
}


class Schema(AutoSchema):
    """Groups operations by app: mungchi.campaigns.api.views -> campaigns."""

    def get_tags(self) -> list[str]:
        """The app's name."""
        return [self.view.__class__.__module__.split(".")[1]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        """By session or by key; by session alone where programs are refused."""
        both: list[dict[str, list[str]]] = super().get_auth()
        asked = [permission.takes_keys(self.view, self.method) for permission
                 in self.view.get_permissions() if hasattr(permission, "takes_keys")]  # fmt: skip
        return both if all(asked) else [each for each in both if "key" not in each]

    def _is_list_view(self, serializer: Any = None) -> bool:
        """A ListView's GET is a page of rows: the framework tells lists by a mixin it lacks."""
        return self._is_our_list() or bool(super()._is_list_view(serializer))

    def get_override_parameters(self) -> list[Any]:
        """The orders in which a list can be had, and that it can be had as a file."""
        if not self._is_our_list():
            return []
        view: Any = self.view
        asked = [
            OpenApiParameter(
                "ordering",
                enum=list(view.orders),
                description="By what to sort; the first is the default.",
            )
        ]
        if view.columns:
            text = "`xlsx`: all rows as a spreadsheet, instead of a page."
            asked.append(OpenApiParameter("export", enum=["xlsx"], description=text))
        return asked

    def _is_our_list(self) -> bool:
        # Not isinstance: listing is loaded by the framework's views, which load this module.
        return self.method == "GET" and hasattr(self.view, "page_ordering")


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Our session authentication is Django's cookie."""

    target_class = "mungchi.accounts.access.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """The cookie that carries the session."""
        return {"type": "apiKey", "in": "cookie", "name": "session"}


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Programs send their key in a header."""

    target_class = "mungchi.accounts.access.KeyAuthentication"
    name = "key"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """`Authorization: Bearer mungchi_...`"""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key of a seat (/settings/keys); no CSRF token is needed.",
        }


def add_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Postprocessing hook: every operation may answer with a problem document."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    answer = {
        "description": "Refused; see `code`.",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"]["4XX"] = answer
    return result
