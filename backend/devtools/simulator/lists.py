"""Lists: filters, pages, and the search by metadata."""

import re
from typing import Any, Final

from devtools.simulator.world import Thing, World, public, refused

FILTERS: Final = ("customer", "payment_intent", "charge", "type", "destination", "source", "status")
COMPARE: Final = {
    "gt": lambda made, wanted: made > wanted,
    "gte": lambda made, wanted: made >= wanted,
    "lt": lambda made, wanted: made < wanted,
    "lte": lambda made, wanted: made <= wanted,
}


def page(world: World, url: str, kind: str, asked: dict[str, Any]) -> Thing:
    """One page of a kind of object, the newest first."""
    if kind == "balance_transaction" and "payout" in asked:
        held = world.get(asked["payout"], "payout", "payout")
        if not held["automatic"]:
            raise refused(
                "Balance transaction history can only be filtered on automatic payouts.",
                param="payout",
            )
    found = [thing for thing in world.all(kind) if _fits(thing, asked) and not thing.get("_hidden")]
    limit = asked.get("limit", 10)
    if not 1 <= limit <= 100:
        raise refused("Invalid limit: between 1 and 100.", "parameter_invalid_integer", "limit")
    names = [thing["id"] for thing in found]
    begin = 0
    for param in ("starting_after", "ending_before"):
        if param in asked and asked[param] not in names:
            raise refused(f"No such {kind}: '{asked[param]}'", "resource_missing", param)
    if "starting_after" in asked:
        begin = names.index(asked["starting_after"]) + 1
    elif "ending_before" in asked:
        end = names.index(asked["ending_before"])
        shown = found[max(0, end - limit) : end]
        return _list(url, shown, more=end > limit)
    return _list(url, found[begin : begin + limit], more=len(found) > begin + limit)


def _list(url: str, shown: list[Thing], *, more: bool) -> Thing:
    return {
        "object": "list",
        "url": url,
        "has_more": more,
        "data": [public(thing) for thing in shown],
    }


def _fits(thing: Thing, asked: dict[str, Any]) -> bool:
    created = asked.get("created")
    if isinstance(created, int) and thing["created"] != created:
        return False
    if isinstance(created, dict) and not all(
        COMPARE[how](thing["created"], wanted) for how, wanted in created.items()
    ):
        return False
    if asked.get("types") and thing.get("type") not in asked["types"]:
        return False
    if "payout" in asked and thing.get("_payout") != asked["payout"]:
        return False
    return all(thing.get(key) == asked[key] for key in FILTERS if key in asked)


def search(world: World, url: str, kind: str, query: str) -> Thing:
    """What carries all the metadata of a query such as metadata['payment']:'12'."""
    wanted = re.findall(r"metadata\['([^']+)'\]:'([^']*)'", query)
    rest = re.sub(r"metadata\['[^']+'\]:'[^']*'|\s+AND\s+", "", query).strip()
    if not wanted or rest:
        raise refused("This query is not understood here.", "parameter_invalid", "query")
    found = [
        public(thing)
        for thing in world.all(kind)
        if all(thing["metadata"].get(key) == value for key, value in wanted)
    ]
    return {
        "object": "search_result",
        "url": url,
        "has_more": False,
        "next_page": None,
        "data": found[:100],
    }
