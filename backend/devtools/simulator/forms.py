"""How parameters travel: a[b][0]=c in a body or a query."""

import re
from typing import Any
from urllib.parse import parse_qsl


def nested(encoded: str) -> dict[str, Any]:
    """Return what an encoded form says; all values are text, numbered keys become lists."""
    out: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        path = re.findall(r"[^\[\]]+", name)
        place = out
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return {key: _lists(value) for key, value in out.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(each) for key, each in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
