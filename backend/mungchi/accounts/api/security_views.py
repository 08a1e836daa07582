"""Sessions, keys, resetting a second factor, the table of permissions."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import security_serializers as serializers
from mungchi.accounts.domain import permissions
from mungchi.accounts.domain.permissions import SIGNED_IN
from mungchi.common.listing import ListView
from mungchi.common.problems import language


class SessionsView(ListView):
    """Where the person is signed in."""

    capability = SIGNED_IN
    serializer_class = serializers.SessionSerializer
    orders = {"-seen": "-last_seen_at", "-signed_in": "-signed_in_at"}

    def rows(self):
        """The person's sessions that have not run out."""
        return queries.sessions_of(self.request.user)


class SessionView(APIView):
    """One session of the person."""

    capability = SIGNED_IN

    @extend_schema(operation_id="end_session", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """End it: whoever uses it is signed out."""
        operations.end_session(actor=actor_of(request), user=request.user, session_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OtherSessionsView(APIView):
    """All sessions of the person but the one that asks."""

    capability = SIGNED_IN

    @extend_schema(
        operation_id="end_other_sessions",
        request=None,
        responses=serializers.EndedSessionsSerializer,
    )
    def post(self, request: Request) -> Response:
        """Sign out everywhere else."""
        ended = operations.end_other_sessions(
            actor=actor_of(request), user=request.user, kept=request.session.session_key
        )
        return Response({"ended": ended})


class KeysView(ListView):
    """The API keys of the seat."""

    capability = "keys.write"
    proved_again = ("POST",)
    serializer_class = serializers.ApiKeySerializer
    orders = {"-created": "-id", "name": "name"}

    def rows(self):
        """The keys of the seat, also those that have ended."""
        return queries.keys_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="make_key",
        request=serializers.NewApiKeySerializer,
        responses={201: serializers.MadeApiKeySerializer},
    )
    def post(self, request: Request) -> Response:
        """Make a key; this answer is the only one that shows it."""
        form = serializers.NewApiKeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key, key.shown = operations.make_key(actor=actor_of(request), **form.validated_data)
        body = serializers.MadeApiKeySerializer(key, context={}).data
        return Response(body, status=status.HTTP_201_CREATED)


class RevokeKeyView(APIView):
    """Ending a key."""

    capability = "keys.write"

    @extend_schema(operation_id="revoke_key", request=None, responses=serializers.ApiKeySerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Revoke it; again, nothing more happens."""
        key = operations.revoke_key(actor=actor_of(request), key_id=pk)
        return Response(serializers.ApiKeySerializer(key, context={}).data)


class ResetFactorView(APIView):
    """Helping somebody who lost the telephone."""

    capability = "people.recover"
    proved_again = ("POST",)

    @extend_schema(
        operation_id="reset_second_factor",
        request=serializers.FactorResetSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Take all second factors off a person and end its sessions; the person is told."""
        form = serializers.FactorResetSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.reset_second_factor(actor=actor_of(request), **form.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PermissionsView(APIView):
    """Who may do what."""

    capability = SIGNED_IN
    open_to_keys = ("GET",)

    @extend_schema(operation_id="permissions", responses=serializers.PermissionsSerializer)
    def get(self, request: Request) -> Response:
        """The table of roles and capabilities, in words."""
        return Response(serializers.PermissionsSerializer(_table()).data)


def _table() -> dict[str, Any]:
    said = language()
    guarded = permissions.SECOND_FACTOR_ROLES if settings.SECOND_FACTOR_REQUIRED else frozenset()
    subjects: dict[str, list[dict[str, Any]]] = {}
    for name, roles in permissions.CAPABILITIES.items():
        subjects.setdefault(permissions.subject_of(name), []).append(
            {
                "capability": name,
                "words": permissions.CAPABILITY_WORDS[name].say(said),
                "roles": [role for role in permissions.ROLE_WORDS if role in roles],
                "for_keys": name not in permissions.NOT_FOR_KEYS,
            }
        )
    return {
        "roles": [
            {"role": role, "name": words.say(said), "needs_second_factor": role in guarded}
            for role, words in permissions.ROLE_WORDS.items()
        ],
        "subjects": [
            {
                "subject": subject,
                "name": permissions.SUBJECT_WORDS[subject].say(said),
                "capabilities": rows,
            }
            for subject, rows in subjects.items()
        ],
    }
