"""The National Tax Service's public look-up of business registration status (국세청 상태조회).

Asked by POST {url}/status?serviceKey=...: {"b_no": ["1234567890", ...]}, at most 100 numbers. The
answer is {"status_code": "OK", "data": [{"b_no", "b_stt_cd", "tax_type", "end_dt", ...}]}; b_stt_cd
is 01 (계속사업자), 02 (휴업자), 03 (폐업자), or empty for a number that is not registered.
Described on the government's open data portal: 국세청_사업자등록정보 진위확인 및 상태조회 서비스.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from email.message import Message
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from mungchi.accounts.providers.interface import Answer, LookUpFailed

STATUSES = {"01": "registered", "02": "suspended", "03": "closed", "": "unknown"}
SECONDS = 10
# A hundred answers are some 30 kB.
LARGEST_ANSWER = 1_000_000


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: the key is for the address that the installation named."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


class NationalTaxService:
    """Asks at `url`, with the key that the portal gave."""

    most = 100

    def __init__(self, url: str, key: str, seconds: float = SECONDS) -> None:
        self.address = f"{url.rstrip('/')}/status?{urlencode({'serviceKey': key})}"
        self.seconds = seconds

    def look_up(self, numbers: Sequence[str]) -> Mapping[str, Answer]:
        """Ask about at most 100 numbers; raise LookUpFailed."""
        body = self._ask(json.dumps({"b_no": list(numbers)}).encode())
        try:
            read = json.loads(body)
            if read["status_code"] != "OK":
                raise LookUpFailed("refused")
            asked = set(numbers)
            return {row["b_no"]: _answer(row) for row in read["data"] if row["b_no"] in asked}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise LookUpFailed("unreadable") from None

    def _ask(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = Request(self.address, body, headers)  # noqa: S310 - checked in the settings
        try:
            with build_opener(_Stay).open(request, timeout=self.seconds) as answer:
                text: bytes = answer.read(LARGEST_ANSWER + 1)
        except HTTPError as error:
            error.close()
            raise LookUpFailed("unreachable" if error.code >= 500 else "refused") from None
        except (OSError, HTTPException):
            raise LookUpFailed("unreachable") from None
        if len(text) > LARGEST_ANSWER:
            raise LookUpFailed("unreadable")
        return text


def _answer(row: Mapping[str, Any]) -> Answer:
    ended = str(row.get("end_dt") or "")
    return Answer(
        status=STATUSES[str(row["b_stt_cd"])],
        taxation=str(row.get("tax_type") or "")[:100],
        ended_date=date(int(ended[:4]), int(ended[4:6]), int(ended[6:8])) if ended else None,
    )
