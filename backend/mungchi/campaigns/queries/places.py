"""Where a firm lets its goods go, to choose from."""

from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm
from mungchi.campaigns.models import Commitment
from mungchi.common.errors import NotFound

# More is no choice any more, but a list to search in.
MOST_PLACES: Final = 10


def own_places(actor: Actor) -> Firm:
    """The actor's firm, with the other places that it named before in `used`, the last first: one
    query. Raises NotFound."""
    named = (
        Commitment.objects.filter(firm_id=OuterRef("pk"))
        .exclude(deliver_to="")
        .values("deliver_to")
        .annotate(last=Max("accepted_at"))
        .order_by("-last")
        .values("deliver_to")[:MOST_PLACES]
    )
    firm = Firm.objects.annotate(used=ArraySubquery(named)).filter(pk=actor.firm_id).first()
    if firm is None:
        raise NotFound
    return firm
