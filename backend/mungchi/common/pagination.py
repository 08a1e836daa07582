"""Pages by cursor: stable while rows come in, and as fast at the end as at the start."""

from rest_framework.pagination import CursorPagination


class CursorPages(CursorPagination):
    """25 rows a page, at most 100; a view sets `ordering` (the key is always its last term)."""

    page_size = 25
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "-id"

    def get_ordering(self, request, queryset, view):
        """Return the view's present ordering with the key behind it, so that no row is skipped."""
        chosen = getattr(view, "page_ordering", None)
        ordering = chosen(request) if chosen else getattr(view, "ordering", self.ordering)
        ordering = (ordering,) if isinstance(ordering, str) else tuple(ordering)
        last = ordering[-1]
        if last.lstrip("-") != "id":
            ordering = (*ordering, "-id" if last.startswith("-") else "id")
        return ordering
