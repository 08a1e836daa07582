"""What the views of one deed have in common: parse, one call."""

from collections.abc import Callable
from typing import TypeVar

from rest_framework import serializers
from rest_framework.request import Request

from mungchi.accounts.access import actor_of

Done = TypeVar("Done")


def do(
    request: Request,
    form: type[serializers.Serializer],
    operation: Callable[..., Done],
    **about: object,
) -> Done:
    """Call an operation with who asks, what it is about, and what its form says.

    Raises the form's ValidationError, and what the operation raises.
    """
    asked = form(data=request.data)
    asked.is_valid(raise_exception=True)
    return operation(actor=actor_of(request), **about, **asked.validated_data)
