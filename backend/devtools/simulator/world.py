"""The objects of the simulated Stripe, by account. One thread changes them."""

import copy
import json
import secrets
import string
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

VERSION: Final = "2026-10-28.endive"
ALPHABET: Final = string.ascii_letters + string.digits
Thing = dict[str, Any]


class Refused(Exception):
    """An error answer: its status and what stands in `error`."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


def refused(message: str, code: str | None = None, param: str | None = None) -> Refused:
    """A 400 as Stripe words it."""
    more = {key: value for key, value in {"code": code, "param": param}.items() if value}
    return Refused(400, "invalid_request_error", message, **more)


def new_id(prefix: str) -> str:
    """A fresh id such as pi_3fA…."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(24))


@dataclass
class World:
    """Everything there is. Names that begin with an underscore are never told.

    `ours` is filled with the account on whose behalf a call is made.
    """

    things: dict[str, Thing] = field(default_factory=dict)
    by_kind: dict[str, list[str]] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    replays: int = 0
    shift: float = 0.0
    changed: bool = False
    ours: str = ""
    on_event: Callable[[Thing], None] = lambda event: None

    def now(self) -> int:
        """The time here, in seconds."""
        return int(time.time() + self.shift)

    def make(self, prefix: str, kind: str, **about: Any) -> Thing:
        """A new object of the account that asks."""
        thing: Thing = {
            "id": new_id(prefix),
            "object": kind,
            "created": self.now(),
            "livemode": False,
            "metadata": {},
            **about,
            "_account": self.ours,
        }
        self.things[thing["id"]] = thing
        self.by_kind.setdefault(kind, []).append(thing["id"])
        self.changed = True
        return thing

    def get(self, name: object, kind: str, param: str = "id") -> Thing:
        """An object of the account that asks; a 404 (or 400 for a parameter) when it has none."""
        thing = self.things.get(str(name))
        if thing is None or thing["object"] != kind or thing["_account"] != self.ours:
            status = 404 if param == "id" else 400
            what = f"No such {kind}: '{name}'"
            raise Refused(
                status, "invalid_request_error", what, code="resource_missing", param=param
            )
        return thing

    def all(self, kind: str) -> Iterator[Thing]:
        """All objects of a kind, the newest first."""
        for name in reversed(self.by_kind.get(kind, [])):
            if self.things[name]["_account"] == self.ours:
                yield self.things[name]

    def account_of(self, key: str) -> Thing:
        """The account that a secret key opens; the first use of a key opens a new one."""
        if key not in self.accounts:
            self.ours = ""
            account = self.make(
                "acct_",
                "account",
                country="US",
                default_currency="krw",
                email="office@simulated.example",
                charges_enabled=True,
                payouts_enabled=True,
                details_submitted=True,
                settings={"dashboard": {"display_name": "Simulated account"}},
                _fee_bp=300,
                _dispute_fee=1500,
                _settles_in=None,
                _rate="1",
                _methods=["card", "kr_card", "kakao_pay", "naver_pay"],
            )
            account["_account"] = account["id"]
            self.accounts[key] = account["id"]
        self.ours = self.accounts[key]
        return self.things[self.ours]

    def emit(self, kind: str, thing: Thing, *, account: str | None = None) -> Thing:
        """Something happened: an event with the object as it is now. `account`: it happened at a
        connected account, of which only endpoints for those are told, and no list."""
        about = {"account": account, "_hidden": True} if account else {}
        event = self.make(
            "evt_",
            "event",
            type=kind,
            api_version=VERSION,
            pending_webhooks=1,
            request={"id": new_id("req_"), "idempotency_key": None},
            data={"object": public(copy.deepcopy(thing))},
            **about,
        )
        self.on_event(event)
        return event

    def save(self, path: Path) -> None:
        """Write everything to a file, whole or not at all."""
        kept = {
            "things": self.things,
            "by_kind": self.by_kind,
            "remembered": self.remembered,
            "accounts": self.accounts,
            "shift": self.shift,
        }
        trial = path.with_suffix(".new")
        trial.write_text(json.dumps(kept), encoding="utf-8")
        trial.replace(path)
        self.changed = False

    def load(self, path: Path) -> None:
        """Take up what `save` wrote."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        self.things, self.by_kind = kept["things"], kept["by_kind"]
        self.remembered, self.accounts = kept["remembered"], kept["accounts"]
        self.shift = kept["shift"]

    def forget(self) -> None:
        """Begin anew."""
        for each in (self.things, self.by_kind, self.remembered, self.accounts, self.calls):
            each.clear()
        self.replays, self.shift, self.ours, self.changed = 0, 0.0, "", True


def public(thing: Thing) -> Thing:
    """What is told of an object."""
    return {key: value for key, value in thing.items() if not key.startswith("_")}


def told(world: World, thing: Any, expand: list[str]) -> Any:
    """An object as it is told, with what is to come along instead of its id."""
    out = copy.deepcopy(public(thing))
    for path in expand:
        _expand(world, out, path.split("."))
    return out


def _expand(world: World, place: Any, path: list[str]) -> None:
    if isinstance(place, list):
        for each in place:
            _expand(world, each, path)
        return
    if not isinstance(place, dict) or path[0] not in place:
        return
    value = place[path[0]]
    if isinstance(value, str) and value in world.things:
        place[path[0]] = value = copy.deepcopy(public(world.things[value]))
    if path[1:]:
        _expand(world, value, path[1:])
