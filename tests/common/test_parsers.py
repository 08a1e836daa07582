"""JSON as strict as the database."""

import io
import time

import pytest
from rest_framework.exceptions import ParseError

from mungchi.common.parsers import StrictJSONParser


def parse(content: bytes, encoding: str = "utf-8") -> object:
    return StrictJSONParser().parse(io.BytesIO(content), parser_context={"encoding": encoding})


@pytest.mark.parametrize(
    "content",
    [
        b"", b" ", b"{", b"{'a': 1}", b"{} {}", b'{"a": 1,}', b"\xff", b'{"a": "\xc3\x28"}',
        b'{"a": "\xed\xa0\x80"}', b'{"a": "x\x00y"}', b'{"a": "\\u0000"}', b'{"\\u0000": 1}',
        b'{"a": "\\ud800"}', b'{"a": "\\udc00\\ud800"}', b'["\\uDBFF"]', b'{"a": NaN}',
        b"[Infinity]", b"-Infinity", b'{"a": 1, "a": 1}', b'[{"b": {"a": 1, "a": 2}}]',
        b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"9" * 10_000, '{"a": 1}'.encode("utf-16"), b"\xef\xbb\xbf{}", b'{"a": "\n"}',
        b"// c\n{}", b"01", b"+1", b".5", b"1.", b"0x1",
    ],
)  # fmt: skip
def test_what_is_malformed(content: bytes) -> None:
    with pytest.raises(ParseError):
        parse(content)


@pytest.mark.parametrize("encoding", ["hex", "klingon", "rot13", "zlib", "base64"])
def test_what_is_no_encoding_of_text(encoding: str) -> None:
    with pytest.raises(ParseError):
        parse(b"{}", encoding)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b'{"a": [1, 2.5, null, true, "\\ud55c\\uae00"]}', {"a": [1, 2.5, None, True, "한글"]}),
        ('{"기업": "한빛 😀"}'.encode(), {"기업": "한빛 😀"}),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'"\\\\ud800"', "\\ud800"),
        (b" [ ] \n", []),
        (b"9223372036854775808", 2**63),
    ],
)
def test_what_is_right_is_read_as_it_stands(content: bytes, read: object) -> None:
    assert parse(content) == read


def test_ten_megabytes_are_read_in_no_time() -> None:
    content = b'{"a": "' + b"\\u00e9" * 1_700_000 + b'"}'
    assert len(content) > 10_000_000
    began = time.process_time()
    parse(content)
    assert time.process_time() - began < 5
