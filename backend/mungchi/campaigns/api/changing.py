"""Changing the offer of an open campaign: parse, one call, serialize."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api import change_shapes as shapes
from mungchi.campaigns.api.presenting import seen_by
from mungchi.campaigns.api.terms_shapes import between, difference
from mungchi.campaigns.api.variant_shapes import by_id
from mungchi.campaigns.domain.clearing import Clearing
from mungchi.campaigns.domain.reoffering import ENOUGH_TIME
from mungchi.campaigns.models import Campaign, OfferChange
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.listing import ListView
from mungchi.common.shapes import ReasonSerializer


def _told(rows: Iterable[OfferChange], actor: Actor) -> list[OfferChange]:
    """Each with what differs; with who asked, and why, for the two sides alone."""
    found = list(rows)
    for row in found:
        row.was, row.now = between(row.before, row.terms)
        party = queries.is_party(actor, row.campaign)
        row.told_why = row.why if party else ""
        row.told_asker = row.asked_by.called if party else ""
    return found


def _answer(row: OfferChange, request: Request, code: int = status.HTTP_200_OK) -> Response:
    (told,) = _told([row], actor_of(request))
    return Response(shapes.ChangeSerializer(told).data, status=code)


class ChangesView(ListView):
    """How the offer of a campaign has changed since it opened, and what waits."""

    capability = "campaigns.read"
    serializer_class = shapes.ChangeSerializer
    orders = {"-asked_at": "-id", "asked_at": "id"}

    def rows(self):
        """All to the supplier and the host's office; to others what is in force."""
        actor = actor_of(self.request)
        return queries.changes_visible_to(actor, seen_by(actor, self.kwargs["pk"]))

    def prepared(self, page):
        """Each with what it changes."""
        return _told(page, actor_of(self.request))


class ChangeOfferView(APIView):
    """Changing an offer that a campaign stands on."""

    capability = "offers.write"

    @extend_schema(
        operation_id="change_offer",
        request=shapes.ChangeTermsSerializer,
        responses={201: shapes.ChangeSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """In force at once where it is worse for nobody; else it waits for the office."""
        row = operations.change_offer(actor=actor_of(request), offer_id=pk, **_terms(request))
        return _answer(row, request, status.HTTP_201_CREATED)


class TryChangeView(APIView):
    """Changing an offer, on trial."""

    capability = "offers.write"

    @extend_schema(
        operation_id="try_change",
        request=shapes.ChangeTermsSerializer,
        responses=shapes.ChangeTrialSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """What the change would be; nothing is stored."""
        terms = _terms(request)
        terms.pop("why")
        trial = operations.try_change(actor=actor_of(request), offer_id=pk, **terms)
        before, after = difference(trial.old, trial.new)
        body = {
            "before": before,
            "after": after,
            "worse": trial.found.worse,
            "at_once": not trial.found.worse,
            "in_time": _in_time(trial.campaign),
        }
        return Response(shapes.ChangeTrialSerializer(body).data)


class EffectView(APIView):
    """What a change that waits would do, for the office that answers it."""

    capability = "campaigns.inspect"

    @extend_schema(operation_id="offer_change_effect", responses=shapes.EffectSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Whom it asks again, and what closing now gives before and after."""
        actor = actor_of(request)
        row = queries.changes_waiting(actor).filter(pk=pk).first()
        if row is None:
            raise NotFound
        campaign = seen_by(actor, row.campaign_id)
        effect = queries.effect_of(campaign, row)
        body = {
            "count": effect.count,
            "named": [
                {"firm": one.firm, "quantity": one.quantity, "price_limit": one.price_limit,
                 "touched": touched}
                for one, touched in effect.named
            ],
            "now": _closing(effect.now),
            "silent": _closing(effect.silent),
            "stay": _closing(effect.stay),
            "in_time": _in_time(campaign),
        }  # fmt: skip
        return Response(shapes.EffectSerializer(body).data)


class AcceptChangeView(APIView):
    """The office's yes."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="accept_offer_change", request=None, responses=shapes.ChangeSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Put it in force, and ask the firms for which it may be worse."""
        return _answer(operations.accept_change(actor=actor_of(request), change_id=pk), request)


class RefuseChangeView(APIView):
    """The office's no."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="refuse_offer_change",
        request=ReasonSerializer,
        responses=shapes.ChangeSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse, with a reason that the supplier is told: the terms stay."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.refuse_change(
            actor=actor_of(request), change_id=pk, why=form.validated_data["why"]
        )
        return _answer(row, request)


class WithdrawChangeView(APIView):
    """The supplier thinks better of it."""

    capability = "offers.write"

    @extend_schema(
        operation_id="withdraw_offer_change", request=None, responses=shapes.ChangeSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back before it is answered."""
        return _answer(operations.withdraw_change(actor=actor_of(request), change_id=pk), request)


def _terms(request: Request) -> dict[str, Any]:
    form = shapes.ChangeTermsSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    values = dict(form.validated_data)
    values["tiers"] = [(tier["min_quantity"], tier["unit_price"]) for tier in values["tiers"]]
    said = by_id(values["differences"], "difference", "differences")
    # What is not said stays as it is.
    values["differences"] = said if "differences" in request.data else None
    return values


def _in_time(campaign: Campaign) -> bool:
    return bool(campaign.closes_at and campaign.closes_at - clock.now() >= ENOUGH_TIME)


def _closing(clearing: Clearing) -> dict[str, Any]:
    return {
        "unit_price": clearing.unit_price,
        "quantity": clearing.quantity,
        "firms": clearing.firms(),
    }
