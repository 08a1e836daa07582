"""Filters that several lists have."""

import django_filters


class WordsFilter(django_filters.BaseInFilter, django_filters.CharFilter):  # type: ignore[misc]
    """Several words separated by commas; each is checked as text is, so that none holds a NUL."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"lookup_expr": "in", **kwargs})
