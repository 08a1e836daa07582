"""API keys: made for a seat, shown once, revoked."""

import secrets
import string
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.domain import api_key
from mungchi.accounts.domain.permissions import for_keys
from mungchi.accounts.models import ApiKey, User
from mungchi.accounts.operations.account_letters import write_to
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import record
from mungchi.common.text import Text

LONGEST_DAYS: Final = 365
MOST_KEYS: Final = 20
_ALPHABET = string.ascii_lowercase + string.digits


class ScopeNotYours(Invalid):
    """A key cannot do what its seat cannot, nor what is kept for people."""

    code = "scope_not_yours"
    field = "scopes"
    message = Text(
        ko="이 자격의 API 키에 줄 수 없는 권한이 있습니다: {names}",
        en="A key of this seat cannot be given: {names}",
    )


class KeyNameTaken(Invalid):
    """Another key of the seat that is not revoked has this name."""

    code = "key_name_taken"
    field = "name"
    message = Text(
        ko="같은 이름의 API 키가 있습니다. 다른 이름을 쓰거나 그 키를 먼저 폐기해 주십시오.",
        en="There is a key with this name. Choose another name, or revoke that key first.",
    )


class TooManyKeys(Conflict):
    """A seat has as many keys as it may have."""

    code = "too_many_keys"
    message = Text(
        ko="API 키는 자격마다 {most}개까지 만들 수 있습니다. 쓰지 않는 키를 먼저 폐기해 주십시오.",
        en="A seat has at most {most} keys. Please revoke one that is no longer used.",
    )


def make_key(*, actor: Actor, name: str, scopes: Sequence[str], days: int) -> tuple[ApiKey, str]:
    """A person makes a key for its seat; returns the row and the key, which is nowhere kept.

    `scopes` are capabilities of the seat's role; the key runs out after `days` (1 to 365). Raises
    ScopeNotYours, KeyNameTaken, TooManyKeys.
    """
    if foreign := sorted(set(scopes) - set(for_keys(actor.role))):
        raise ScopeNotYours(names=", ".join(foreign))
    with transaction.atomic():
        seat = queries.locked_seat(actor)
        keys = ApiKey.objects.filter(seat=seat, revoked_at__isnull=True)
        if keys.filter(name=name).exists():
            raise KeyNameTaken
        if keys.count() >= MOST_KEYS:
            raise TooManyKeys(most=MOST_KEYS)
        at = clock.now()
        prefix = "".join(secrets.choice(_ALPHABET) for _ in range(api_key.PREFIX_LENGTH))
        shown = api_key.written(prefix, secrets.token_urlsafe(32))
        key = ApiKey.objects.create(
            seat=seat,
            name=name,
            prefix=prefix,
            digest=api_key.digest(shown),
            scopes=sorted(set(scopes)),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        _record(key, actor, "api_key_made", data={"name": name, "scopes": key.scopes})
        write_to(
            User.objects.get(pk=actor.user_id),
            Text(ko="API 키를 만들었습니다", en="An API key was made"),
            Text(
                ko="API 키 ‘{name}’ 하나를 만들었습니다. 이 키를 가진 프로그램은 {days}일 동안 "
                   "주어진 권한으로 일할 수 있습니다.",
                en="The API key {name} was made. A program that has it can act for your seat, "
                   "within what it was given, for {days} days.",
            ).format(name=name, days=days),
            page="/settings/keys",
        )  # fmt: skip
        return key, shown


def revoke_key(*, actor: Actor, key_id: UUID) -> ApiKey:
    """A person ends a key of its seat; programs that have it are refused from the next request on.

    Revoking twice changes nothing. Raises NotFound.
    """
    with transaction.atomic():
        key = queries.locked_key(actor, key_id)
        if key.revoked_at is None:
            key.revoked_at = clock.now()
            key.save(update_fields=["revoked_at"])
            _record(key, actor, "api_key_revoked", data={"name": key.name})
        return key


def _record(key: ApiKey, actor: Actor, kind: str, data: dict[str, object]) -> None:
    record(
        key, kind=kind, actor=actor, at=clock.now(), cooperative_id=actor.cooperative_id,
        firm_id=actor.firm_id, data=data,
    )  # fmt: skip
