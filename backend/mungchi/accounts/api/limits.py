"""How often somebody may ask; counted in the database, so that all processes count together."""

from allauth.account.adapter import get_adapter
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class KeyLimit(SimpleRateThrottle):
    """Showing keys of invitations: by the client's address, as the sign-in limits see it."""

    scope = "invitation_key"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One count for each address."""
        ident = get_adapter().get_client_ip(request._request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class InvitingLimit(SimpleRateThrottle):
    """Sending invitations: by the person who sends."""

    scope = "inviting"
    rate = "60/hour"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One count for each person."""
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}
