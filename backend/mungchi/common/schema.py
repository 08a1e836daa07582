"""How views describe themselves to OpenAPI."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

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


class SessionScheme(OpenApiAuthenticationExtension):
    """Our session authentication is Django's cookie."""

    target_class = "mungchi.accounts.access.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        """The cookie that carries the session."""
        return {"type": "apiKey", "in": "cookie", "name": "session"}


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
