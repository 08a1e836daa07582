"""`manage.py explain_clearing`: clear a market from a file and say what came out and why."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mungchi.campaigns.domain.clearing import Clearing, Outcome, clear
from mungchi.campaigns.domain.document import read_market, write_clearing
from mungchi.campaigns.domain.market import MarketError
from mungchi.campaigns.domain.sentences import THE_RULE, for_everybody, for_member, how_shared
from mungchi.common.text import Text

_TIERS = Text(
    ko="수량 구간 (각 구간의 단가를 기준으로 집계)",
    en="Tiers, each counted at its own price",
)
_TIER = Text(
    ko="{mark} {least}부터 단가 {price}: 수요 {demand}, 주문 가능 {orderable}, {carries}",
    en="{mark} from {least} at {price}: demand {demand}, orderable {orderable}, {carries}",
)
_CARRIES = Text(ko="채워짐", en="carries itself")
_FALLS_SHORT = Text(ko="모자람", en="falls short")


class Command(BaseCommand):
    """Support staff and tests see the same function that closes a campaign. No database."""

    help = "Clear a market described in JSON and print the result."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the forms of output."""
        parser.add_argument("file", help="a JSON file, or - for standard input")
        parser.add_argument("--text", action="store_true", help="print sentences for people")
        parser.add_argument("--language", choices=["ko", "en"], default="ko")
        parser.add_argument("--lines", action="store_true", help="one market, one result a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, clear, print. Bad input ends with exit status 2 and a message naming the field."""
        data = _read(options["file"])
        language = options["language"] if options["text"] else None
        if options["lines"]:
            self._lines(data, language)
            return
        try:
            self.stdout.write(_answer(data, language))
        except MarketError as error:
            raise CommandError(_message(error), returncode=2) from None

    def _lines(self, data: bytes, language: str | None) -> None:
        bad = 0
        for number, line in enumerate(data.split(b"\n"), start=1):
            if not line.strip():
                continue
            try:
                self.stdout.write(_answer(line, language))
            except MarketError as error:
                bad += 1
                message = f"line {number}: {_message(error)}"
                self.stdout.write(message if language else json.dumps({"error": message}))
                self.stderr.write(message)
        if bad:
            sys.exit(2)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CommandError(f"cannot read {name}: {reason}", returncode=2) from None
    except ValueError:
        raise CommandError("file: the name holds a NUL byte", returncode=2) from None


def _answer(data: bytes, language: str | None) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MarketError("", f"is not UTF-8 text (byte {error.start})") from None
    result = clear(read_market(text))
    if language is None:
        return json.dumps(write_clearing(result))
    return "\n".join(_explained(result, language))


def _message(error: MarketError) -> str:
    return str(error) if error.field else f"input {error.reason}"


def _explained(clearing: Clearing, language: str) -> Iterable[str]:
    yield for_everybody(clearing).say(language)
    yield THE_RULE.say(language)
    if clearing.outcome is Outcome.SUCCEEDED:
        yield how_shared(clearing).say(language)
    yield ""
    yield _TIERS.say(language)
    for index, row in enumerate(clearing.tiers):
        yield _TIER.format(
            mark="*" if index == clearing.tier else "-",
            least=f"{row.min_quantity:,}",
            price=f"{row.unit_price:,f}",
            demand=f"{row.demand:,}",
            orderable=f"{row.orderable:,}",
            carries=_CARRIES if row.carries else _FALLS_SHORT,
        ).say(language)
    yield ""
    for verdict in clearing.verdicts:
        yield f"{verdict.commitment.key}: {for_member(verdict, clearing).say(language)}"
