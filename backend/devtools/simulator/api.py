"""The addresses of the API: which operation each is, and what is done."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from devtools.simulator import cards, checkout, intents, lists, money, payees
from devtools.simulator.typed import KINDS
from devtools.simulator.world import Refused, Thing, World, new_id, refused, told


@dataclass(frozen=True)
class Call:
    """One request to the API, checked: whose, what, and with which parameters."""

    world: World
    base: str
    url: str
    asked: dict[str, Any]
    name: str = ""


Handler = Callable[[Call], Thing]


def _get(kind: str) -> Handler:
    return lambda call: call.world.get(call.name, kind)


def _list(kind: str) -> Handler:
    return lambda call: lists.page(call.world, call.url, kind, call.asked)


def _customer(call: Call) -> Thing:
    known = ("name", "email", "description", "phone", "preferred_locales")
    about = {key: call.asked.get(key) for key in known}
    made = call.world.make("cus_", "customer", **about)
    made["metadata"] = call.asked.get("metadata") or {}
    call.world.emit("customer.created", made)
    return made


def _attach(call: Call) -> Thing:
    method = cards.named(call.world, call.name)
    customer = call.world.get(call.asked.get("customer"), "customer", "customer")
    cards.attach(call.world, method, customer)
    return method


def _detach(call: Call) -> Thing:
    method = call.world.get(call.name, "payment_method")
    if method["customer"] is None:
        raise refused("The payment method you provided is not attached to a customer.")
    method["customer"], method["_detached"] = None, True
    call.world.emit("payment_method.detached", method)
    return method


def _setup(call: Call) -> Thing:
    asked = call.asked
    intent = intents.setup(call.world, asked.get("customer"), asked.get("metadata") or {})
    if asked.get("confirm") and asked.get("payment_method"):
        intents.saved(call.world, intent, cards.named(call.world, asked["payment_method"]))
    return intent


def _balance(call: Call) -> Thing:
    sums: dict[str, int] = {}
    for each in call.world.all("balance_transaction"):
        sums[each["currency"]] = sums.get(each["currency"], 0) + each["net"]
    available = [{"amount": amount, "currency": currency} for currency, amount in sums.items()]
    return {"object": "balance", "livemode": False, "available": available, "pending": []}


def _configurations(call: Call) -> Thing:
    on = call.world.things[call.world.ours]["_methods"]
    about = {
        kind: {"available": kind in on, "display_preference": {"value": "on"}}
        for kind in sorted(KINDS)
    }
    default = {
        "id": f"pmc_{call.world.ours[5:]}",
        "object": "payment_method_configuration",
        "active": True,
        "is_default": True,
        "livemode": False,
        "name": "Default",
        **about,
    }
    return {"object": "list", "url": call.url, "has_more": False, "data": [default]}


def listen(world: World, url: str, enabled_events: list[str], *, connect: bool = False) -> Thing:
    """Send the events of the account that asks, or (`connect`) of those connected to it, to an
    address, with a secret of its own."""
    return world.make(
        "we_",
        "webhook_endpoint",
        url=url,
        _connect=connect,
        enabled_events=enabled_events,
        status="enabled",
        secret=new_id("whsec_"),
    )


def _endpoint(call: Call) -> Thing:
    asked = call.asked
    connect = bool(asked.get("connect"))
    made = listen(call.world, asked["url"], asked["enabled_events"], connect=connect)
    made["description"] = call.asked.get("description")
    made["metadata"] = call.asked.get("metadata") or {}
    return made


def _no_endpoint(call: Call) -> Thing:
    endpoint = call.world.get(call.name, "webhook_endpoint")
    del call.world.things[endpoint["id"]]
    call.world.by_kind["webhook_endpoint"].remove(endpoint["id"])
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}


def _intent(call: Call) -> Thing:
    return call.world.get(call.name, "payment_intent")


def _back(call: Call) -> Thing:
    return money.take_back(call.world, call.world.get(call.name, "transfer"), call.asked)


# Method, address, the operation whose parameters it takes, what is done.
ROUTES: Final[list[tuple[str, str, str, Handler]]] = [
    ("GET", "/v1/account", "account_retrieve_current",
     lambda call: call.world.things[call.world.ours]),
    ("POST", "/v1/accounts", "account_create",
     lambda call: payees.create(call.world, call.asked)),
    ("GET", "/v1/accounts/{}", "account_retrieve",
     lambda call: call.world.get(call.name, "account")),
    ("POST", "/v1/account_links", "account_link_create",
     lambda call: payees.told(payees.link(call.world, call.base, call.asked))),
    ("GET", "/v1/balance", "balance_retrieve", _balance),
    ("GET", "/v1/balance_transactions", "balance_transaction_list", _list("balance_transaction")),
    ("GET", "/v1/balance_transactions/{}", "balance_transaction_retrieve",
     _get("balance_transaction")),
    ("POST", "/v1/customers", "customer_create", _customer),
    ("GET", "/v1/customers", "customer_list", _list("customer")),
    ("GET", "/v1/customers/{}", "customer_retrieve", _get("customer")),
    ("GET", "/v1/payment_methods", "payment_method_list", _list("payment_method")),
    ("GET", "/v1/payment_methods/{}", "payment_method_retrieve", _get("payment_method")),
    ("POST", "/v1/payment_methods/{}/attach", "payment_method_attach", _attach),
    ("POST", "/v1/payment_methods/{}/detach", "payment_method_detach", _detach),
    ("GET", "/v1/payment_method_configurations", "payment_method_configuration_list",
     _configurations),
    ("POST", "/v1/setup_intents", "setup_intent_create", _setup),
    ("GET", "/v1/setup_intents", "setup_intent_list", _list("setup_intent")),
    ("GET", "/v1/setup_intents/{}", "setup_intent_retrieve", _get("setup_intent")),
    ("POST", "/v1/checkout/sessions", "checkout.session_create",
     lambda call: checkout.create(call.world, call.base, call.asked)),
    ("GET", "/v1/checkout/sessions", "checkout.session_list", _list("checkout.session")),
    ("GET", "/v1/checkout/sessions/{}", "checkout.session_retrieve", _get("checkout.session")),
    ("POST", "/v1/checkout/sessions/{}/expire", "checkout.session_expire",
     lambda call: checkout.expire(call.world, call.world.get(call.name, "checkout.session"))),
    ("POST", "/v1/payment_intents", "payment_intent_create",
     lambda call: intents.create(call.world, call.base, call.asked)),
    ("GET", "/v1/payment_intents", "payment_intent_list", _list("payment_intent")),
    ("GET", "/v1/payment_intents/search", "payment_intent_search",
     lambda call: lists.search(call.world, call.url, "payment_intent", call.asked["query"])),
    ("GET", "/v1/payment_intents/{}", "payment_intent_retrieve", _intent),
    ("POST", "/v1/payment_intents/{}/confirm", "payment_intent_confirm",
     lambda call: intents.confirm(call.world, call.base, _intent(call), call.asked)),
    ("POST", "/v1/payment_intents/{}/cancel", "payment_intent_cancel",
     lambda call: intents.cancel(call.world, _intent(call), call.asked)),
    ("GET", "/v1/charges", "charge_list", _list("charge")),
    ("GET", "/v1/charges/{}", "charge_retrieve", _get("charge")),
    ("POST", "/v1/refunds", "refund_create", lambda call: money.refund(call.world, call.asked)),
    ("GET", "/v1/refunds", "refund_list", _list("refund")),
    ("GET", "/v1/refunds/{}", "refund_retrieve", _get("refund")),
    ("POST", "/v1/transfers", "transfer_create",
     lambda call: money.transfer(call.world, call.asked)),
    ("GET", "/v1/transfers", "transfer_list", _list("transfer")),
    ("GET", "/v1/transfers/{}", "transfer_retrieve", _get("transfer")),
    ("POST", "/v1/transfers/{}/reversals", "transfer_reversal_create", _back),
    ("GET", "/v1/payouts", "payout_list", _list("payout")),
    ("GET", "/v1/payouts/{}", "payout_retrieve", _get("payout")),
    ("GET", "/v1/disputes", "dispute_list", _list("dispute")),
    ("GET", "/v1/disputes/{}", "dispute_retrieve", _get("dispute")),
    ("GET", "/v1/events", "event_list", _list("event")),
    ("GET", "/v1/events/{}", "event_retrieve", _get("event")),
    ("POST", "/v1/webhook_endpoints", "webhook_endpoint_create", _endpoint),
    ("GET", "/v1/webhook_endpoints", "webhook_endpoint_list", _list("webhook_endpoint")),
    ("DELETE", "/v1/webhook_endpoints/{}", "webhook_endpoint_delete", _no_endpoint),
]  # fmt: skip
_COMPILED: Final = [
    (method, re.compile(path.replace("{}", "([A-Za-z0-9_]+)")), operation, handler)
    for method, path, operation, handler in ROUTES
]


def route(method: str, path: str) -> tuple[str, Handler, str]:
    """Operation, what is done, and the id in the address; a 404 for what is not covered."""
    for wanted, pattern, operation, handler in _COMPILED:
        match = pattern.fullmatch(path)
        if wanted == method and match:
            return operation, handler, match[1] if match.groups() else ""
    raise Refused(404, "invalid_request_error", f"Unrecognized request URL ({method}: {path}).")


def act(call: Call, handler: Handler) -> tuple[int, Thing]:
    """Do it; return the status and the body of the answer."""
    expand = call.asked.pop("expand", None) or []
    try:
        return 200, told(call.world, handler(call), expand)
    except Refused as error:
        return error.status, error.body
