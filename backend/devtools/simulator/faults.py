"""What goes wrong on purpose: the next calls of a kind, or all.

A fault either acts first and then spoils the answer, or spoils it without having acted. The client
tries three times at most under one key, so `times` is usually 3 to be felt by its caller.
"""

import json
from dataclasses import dataclass, field
from typing import Any, Final

KINDS: Final = {
    "timeout": "never answers",
    "drop": "closes the connection without an answer",
    "cut": "closes the connection in the middle of the answer",
    "error_500": "answers 500, which is remembered with the key when it acted",
    "error_503": "answers 503, which is not remembered",
    "busy_429": "answers 429; never acts",
    "conflict_409": "answers that the key is in use; never acts",
    "unauthorized": "answers 401; never acts",
    "forbidden": "answers 403; never acts",
    "html": "answers with a page instead of data",
    "half": "answers with half of the data, as if it were whole",
    "no_id": "answers without the id",
    "wrong_amount": "answers with another amount",
    "wrong_currency": "answers with another currency",
    "wrong_object": "answers with another object",
}
NEVER_ACT: Final = {"busy_429", "conflict_409", "unauthorized", "forbidden"}
STATUS: Final = {
    "error_500": (500, "api_error", None),
    "error_503": (503, "api_error", None),
    "busy_429": (429, "invalid_request_error", "rate_limit"),
    "conflict_409": (409, "idempotency_error", "idempotency_key_in_use"),
    "unauthorized": (401, "invalid_request_error", None),
    "forbidden": (403, "invalid_request_error", None),
}


@dataclass
class Fault:
    """`fault` for the next `times` calls of `operation` ("*": any), after `skip` good ones."""

    fault: str
    operation: str = "*"
    times: int = 1
    skip: int = 0
    acts: bool = True

    def __post_init__(self) -> None:
        if self.fault not in KINDS:
            raise ValueError(f"fault must be one of {sorted(KINDS)}")
        self.acts = self.acts and self.fault not in NEVER_ACT


@dataclass
class Faults:
    """What is to go wrong, and how long everything takes, in seconds."""

    latency: float = 0.0
    waiting: list[Fault] = field(default_factory=list)

    def take(self, operation: str) -> Fault | None:
        """The fault of this call, if it is to have one."""
        for fault in self.waiting:
            if fault.operation not in {"*", operation}:
                continue
            if fault.skip:
                fault.skip -= 1
                return None
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None


def spoiled(fault: str, status: int, body: Any) -> tuple[int, bytes, dict[str, str]]:
    """The answer instead of this one: status, bytes, further headers."""
    if fault in STATUS:
        status, kind, code = STATUS[fault]
        error = {"type": kind, "message": f"Simulated {fault}.", "code": code}
        return status, json.dumps({"error": error}).encode(), {}
    if fault == "html":
        page = b"<html><body>502 Bad Gateway</body></html>"
        return 200, page, {"Content-Type": "text/html"}
    if fault == "half":
        whole = json.dumps(body).encode()
        return status, whole[: len(whole) // 2], {}
    changed = dict(body) if isinstance(body, dict) else {}
    match fault:
        case "no_id":
            changed.pop("id", None)
        case "wrong_amount" if "amount" in changed:
            changed["amount"] += 1
            changed["amount_received"] = changed["amount"]
        case "wrong_currency":
            changed["currency"] = "usd" if changed.get("currency") != "usd" else "krw"
        case "wrong_object":
            changed = {"id": "xx_1", "object": "something.else"}
    return status, json.dumps(changed).encode(), {}
