"""JSON as strict as the database: what could not be stored is malformed, not a server error."""

import codecs
import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH_MESSAGE = "nested too deeply"


class StrictJSONParser(JSONParser):
    """Refuses (400) invalid UTF-8, NUL characters, lone surrogates, NaN, a key given twice (which
    of the two counts differs from reader to reader), and absurd nesting."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body; anything malformed raises ParseError."""
        encoding = (parser_context or {}).get("encoding", "utf-8")
        try:
            codecs.lookup(encoding)
            text = stream.read().decode(encoding)
            data = json.loads(
                text, parse_constant=_refuse_constant, object_pairs_hook=_refuse_key_twice
            )
        except RecursionError:
            raise ParseError(MAX_DEPTH_MESSAGE) from None
        except (ValueError, LookupError) as error:
            raise ParseError(f"JSON: {error}") from None
        if "\\u0000" in text or "\x00" in text or _has_lone_surrogate(text):
            raise ParseError("characters that no text can hold")
        return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _refuse_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key is given twice")
    return read


def _has_lone_surrogate(text: str) -> bool:
    if "\\ud" not in text.lower():
        return False
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
