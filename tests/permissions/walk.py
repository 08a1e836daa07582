"""Every address of the URL configuration, and every method its view implements."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

API = "api/v1/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Address:
    """One route with its view class (None for a plain function)."""

    route: str
    view: type[APIView] | None

    @property
    def methods(self) -> set[str]:
        """What the view implements, without HEAD and OPTIONS, which repeat GET."""
        return {name for name in METHODS if hasattr(self.view, name.lower())}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Yield every address the server answers to, depth first."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            view = getattr(entry.callback, "cls", None) or getattr(
                entry.callback, "view_class", None
            )
            yield Address(route, view)
        else:
            yield from addresses(entry, route)


def api() -> list[Address]:
    """The addresses of our own API, without its prefix."""
    return [Address(a.route[len(API) :], a.view) for a in addresses() if a.route.startswith(API)]
