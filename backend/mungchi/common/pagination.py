"""Pages by cursor: stable while rows come in, and as fast at the end as at the start.

A cursor holds the sorting value and the key of the row at the edge of a page, so that a page is
what stands behind (or before) that row, whatever has come or gone meanwhile. The framework's own
cursor holds one value and counts rows that share it, which loses its way where a value is absent,
belongs to another table, or is shared by a thousand rows.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Q, QuerySet
from django.utils.timezone import is_naive
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from mungchi.common.errors import Invalid
from mungchi.common.text import Text


class CursorUnknown(Invalid):
    """The cursor is not one that this list has given."""

    code = "cursor_unknown"
    field = "cursor"
    message = Text(
        ko="목록의 위치를 찾을 수 없습니다. 처음부터 다시 보아 주십시오.",
        en="This place in the list is not known. Please start from its beginning.",
    )


@dataclass(frozen=True, slots=True)
class Edge:
    """The row next to a page: its sorting value (None is one too), its key, and the direction."""

    value: Any
    key: Any
    backwards: bool


class CursorPages(CursorPagination):
    """25 rows a page, at most 100; a view says by which field (see listing.ListView)."""

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "-id"
    template = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that the request's cursor names. Raises CursorUnknown."""
        self.request = request
        size = self.get_page_size(request) or self.page_size
        self.base_url = request.build_absolute_uri()
        self.field, self.descending = _term(request, view, self.ordering)
        edge = self._edge(queryset)
        backwards = edge is not None and edge.backwards
        down = self.descending != backwards
        rows = queryset.order_by(*_terms(self.field, down=down))
        if edge is not None:
            rows = rows.filter(_behind(self.field, edge, down=down))
        found = _found(rows, size + 1, view)
        more, page = len(found) > size, found[:size]
        self.has_next = more or backwards
        self.has_previous = more if backwards else edge is not None
        self.rows = page[::-1] if backwards else page
        self.edge = edge
        return self.rows

    def get_next_link(self) -> str | None:
        """The address of the page behind this one."""
        return self._link(self.rows[-1:], backwards=False) if self.has_next else None

    def get_previous_link(self) -> str | None:
        """The address of the page before this one."""
        return self._link(self.rows[:1], backwards=True) if self.has_previous else None

    def _link(self, row: Sequence[Any], *, backwards: bool) -> str:
        """A page without rows (they have gone meanwhile) leads on from where it began."""
        if row:
            value, key = _value(row[0], self.field), row[0].pk
        else:
            assert self.edge is not None  # noqa: S101 - a page without an edge has no neighbours
            value, key = self.edge.value, self.edge.key
        spoken = None if value is None else str(value)
        packed = json.dumps([int(backwards), spoken, str(key)], ensure_ascii=False)
        cursor = base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")
        return str(replace_query_param(self.base_url or "", self.cursor_query_param, cursor))

    def _edge(self, queryset: QuerySet[Any]) -> Edge | None:
        given = self.request.query_params.get(self.cursor_query_param)
        if not given:
            return None
        try:
            packed = base64.b64decode(given + "=" * (-len(given) % 4), altchars="-_", validate=True)
            backwards, value, key = json.loads(packed)
            field: Field[Any, Any] = queryset.all().query.resolve_ref(self.field).output_field
            return Edge(
                value=None if value is None else _read(field, value),
                key=_read(queryset.model._meta.pk, key),
                backwards=bool(int(backwards)),
            )
        except (ValueError, TypeError, OverflowError, ValidationError):
            raise CursorUnknown from None


def _found(rows: QuerySet[Any], size: int, view: Any) -> list[Any]:
    """The first `size` rows; in two statements where the view says `keys_first`."""
    if not getattr(view, "keys_first", False):
        return list(rows[:size])
    keys = list(rows.values_list("pk", flat=True)[:size])
    by_key = view.rows().in_bulk(keys)
    # One that has gone between the two is not there, as if it had gone before.
    return [by_key[key] for key in keys if key in by_key]


def _term(request: Request, view: Any, fallback: str) -> tuple[str, bool]:
    """The field to sort by, and whether downwards."""
    chosen = getattr(view, "page_ordering", None)
    named = chosen(request) if chosen else fallback
    return named.removeprefix("-"), named.startswith("-")


def _terms(field: str, *, down: bool) -> list[str]:
    """The key stands behind the field, in the same direction, so that no two rows are equal."""
    names = [field] if field in {"id", "pk"} else [field, "id"]
    return [f"-{name}" if down else name for name in names]


def _behind(field: str, edge: Edge, *, down: bool) -> Q:
    """Rows that come after the edge. The database puts absent values last, downwards first."""
    further = "lt" if down else "gt"
    later = Q(**{f"id__{further}": edge.key})
    if field in {"id", "pk"}:
        return later
    absent = Q(**{f"{field}__isnull": True})
    if edge.value is None:
        among = absent & later
        return among | ~absent if down else among
    # The first comparison says nothing new; it is what lets an index find the place.
    beyond = Q(**{f"{field}__{further}e": edge.value}) & (
        Q(**{f"{field}__{further}": edge.value}) | later
    )
    return beyond if down else beyond | absent


def _value(row: Any, field: str) -> Any:
    for name in field.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def _read(field: Any, text: Any) -> Any:
    """Turn what stood in a cursor into a value of the field; ValueError and the like if it is no
    such value, also where only the database would notice."""
    if not isinstance(text, str) or "\0" in text:
        raise ValueError
    text.encode()
    value = field.to_python(text)
    if isinstance(value, datetime) and is_naive(value):
        raise ValueError
    return value
