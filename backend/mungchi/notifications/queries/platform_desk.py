"""What waits for the operators of the platform. One query."""

from mungchi.accounts.models import Cooperative
from mungchi.common.text import Text
from mungchi.notifications.queries.waiting import Waiting

APPLIED = Text(
    ko="협동조합 등록 신청 {count}건", en="{count} {count:cooperative applies|cooperatives apply}"
)


def rows() -> list[Waiting]:
    """Cooperatives that have applied."""
    count = Cooperative.objects.filter(state="applied").count()
    link = "/platform/cooperatives?state=applied"
    return [Waiting("applied", APPLIED.format(count=count), link, count=count)] if count else []
