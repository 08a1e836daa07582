"""Strict readers of environment variables: a wrong value stops the start with its name.

A variable that is set to nothing counts as absent: docker-compose.yml hands on all of them.
"""

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable; raise ImproperlyConfigured when absent and there is no default."""
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"the environment variable {name} is not set")
    return value


def flag(name: str, default: bool) -> bool:
    """Return a boolean; anything but a known spelling raises ImproperlyConfigured."""
    value = os.environ.get(name)
    if not value:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be one of {sorted(TRUE | FALSE)}, not {value!r}")


def number(name: str, default: int) -> int:
    """Return a whole number; anything else raises ImproperlyConfigured."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?host=/socket/dir into Django's settings.

    Only PostgreSQL is supported, because the rules about locks and triggers are PostgreSQL's.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or unquote(parts.hostname or "")
    port = query.pop("port", None) or str(parts.port or "")
    options: dict[str, Any] = {**query, "application_name": "mungchi"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": query.pop("user", None) or unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
