"""Which parameters a call takes: from the typed parameters that the official library ships.

The library types enumerations as "these, or any text", so what we send of them stands in ENUMS.
"""

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from stripe._request_options import RequestOptions
from typing_extensions import TypedDict

from mungchi.common.money import EXPONENTS

CURRENCIES: Final = frozenset(currency.lower() for currency in EXPONENTS)
KINDS: Final = frozenset({"card", "kr_card", "kakao_pay", "naver_pay", "payco", "samsung_pay"})
# Values that Stripe takes where the types would let any text through, by name of the parameter.
ENUMS: Final[Mapping[str, frozenset[str]]] = {
    "mode": frozenset({"setup", "payment"}),
    "locale": frozenset({"auto", "ko", "en"}),
    "currency": CURRENCIES,
    "cancellation_reason": frozenset(
        {"abandoned", "duplicate", "fraudulent", "requested_by_customer"}
    ),
    "reason": frozenset({"duplicate", "fraudulent", "requested_by_customer"}),
    "excluded_payment_method_types": KINDS,
    "allowed_payment_method_types": KINDS,
    "usage": frozenset({"off_session", "on_session"}),
    "setup_future_usage": frozenset({"off_session", "on_session"}),
    "capture_method": frozenset({"automatic", "automatic_async", "manual"}),
    "status": frozenset({"pending", "paid", "failed", "canceled"}),
    "requirement_collection": frozenset({"stripe", "application"}),
    "payer": frozenset({"account", "application"}),
    "source_type": frozenset({"bank_account", "card", "fpx"}),
}


class Wrong(Exception):
    """A parameter that Stripe would not take: its code, its name, and a sentence."""

    def __init__(self, code: str, parameter: str, message: str) -> None:
        super().__init__(message)
        self.code, self.parameter, self.message = code, parameter, message


class _Words:
    """Stands in for the library's UntypedStripeObject[str]: text by text."""

    def __class_getitem__(cls, item: Any) -> Any:
        return dict[str, item]


@cache
def adapter(operation: str) -> TypeAdapter[Any]:
    """Return what checks the parameters of an operation such as "checkout.session_create"."""
    *folders, name = operation.split(".")
    place = ".".join(["stripe", "params", *folders, f"_{name}_params"])
    module: Any = importlib.import_module(place)
    # Only read while annotations are resolved; pydantic cannot know the library's own class.
    module.UntypedStripeObject = _Words
    known = getattr(module, "".join(word.capitalize() for word in name.split("_")) + "Params")
    # The library hands options over in the same dict; on the wire they are headers.
    options = set(RequestOptions.__annotations__)
    fields = {key: kind for key, kind in known.__annotations__.items() if key not in options}
    typed: Any = TypedDict("Sent", fields)  # type: ignore[misc]
    typed.__module__ = place
    return TypeAdapter(typed)


def checked(operation: str, parameters: Mapping[str, Any], *, strict: bool = False) -> Any:
    """Return the parameters in their types; raises Wrong for what Stripe would refuse.

    `strict`: as the library is called; otherwise as they arrive, where everything is text.
    """
    try:
        typed = adapter(operation).validate_python(parameters, strict=strict, extra="forbid")
    except ValidationError as error:
        raise _wrong(error) from error
    _enumerated(typed)
    return typed


def _wrong(error: ValidationError) -> Wrong:
    # Of a parameter that may be several things, what is unknown in one of them says most.
    told = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")[0]
    path = [str(part) for part in told["loc"] if not _is_type_name(part)]
    name = path[0] + "".join(f"[{part}]" for part in path[1:]) if path else ""
    match told["type"]:
        case "missing":
            return Wrong("parameter_missing", name, f"Missing required param: {name}.")
        case "extra_forbidden":
            return Wrong("parameter_unknown", name, f"Received unknown parameter: {name}")
        case "int_parsing" | "int_type" | "int_from_float":
            return Wrong("parameter_invalid_integer", name, f"Invalid integer: {told['input']}")
    return Wrong("parameter_invalid", name, f"Invalid {name}: {told['msg']}")


def _is_type_name(part: object) -> bool:
    """Pydantic names the member of a union on the way to a value."""
    if not isinstance(part, str):
        return False
    return part[:1].isupper() or not part.replace("_", "").isalnum()


def _enumerated(value: Any, name: str = "") -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "metadata":
                _enumerated(inner, key)
    elif isinstance(value, list):
        for each in value:
            _enumerated(each, name)
    elif name in ENUMS and isinstance(value, str) and value not in ENUMS[name]:
        raise Wrong("parameter_invalid", name, f"Invalid {name}: {value}")
