"""How often shared addresses are read; counted in the database, for all processes together."""

from typing import Any

from allauth.account.adapter import get_adapter
from rest_framework.throttling import SimpleRateThrottle


class SharedLimit(SimpleRateThrottle):
    """Reading shared campaigns and their pictures: by the client's address."""

    scope = "shared"
    rate = "120/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One count for each address, as the sign-in limits see it."""
        ident = get_adapter().get_client_ip(getattr(request, "_request", request))
        return self.cache_format % {"scope": self.scope, "ident": ident}
