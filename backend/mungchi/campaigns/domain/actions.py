"""What a seat may do with a campaign now: shown by the screen, decided by operations. Pure."""

from dataclasses import dataclass
from datetime import datetime

from mungchi.campaigns.domain.states import TAKING


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who looks at the campaign, as far as actions depend on it."""

    hosts: bool
    inspects: bool
    deals: bool
    may_offer: bool
    # Has an offer here that it may take back; see operations.withdrawing.
    may_withdraw: bool
    reached: bool
    # May tell others of it; `shareable`: so the host's office lets it be.
    shares: bool = False
    shareable: bool = True


def possible(
    *,
    state: str,
    at: datetime,
    ends_at: datetime | None,
    offers_due_at: datetime | None,
    awarded: bool,
    who: Standpoint,
    leads: bool = True,
) -> dict[str, bool]:
    """Return every action with whether it is possible; see api.serializers.ACTIONS.

    leads: it is no second part of a split award, which follows its first until it opens.
    """
    before = leads and state in {"draft", "sourcing"}
    in_time = ends_at is not None and at < ends_at
    # An award ends the round, also where offers are not due yet.
    in_round = offers_due_at is None or at < offers_due_at
    offers_open = state == "sourcing" and not awarded and in_round
    return {
        "inspect": who.inspects,
        "edit": who.hosts and before,
        "start_sourcing": who.hosts and state == "draft",
        "invite": who.hosts and before,
        "award": who.hosts and before and state == "sourcing",
        "open": who.hosts and before and state == "sourcing" and awarded,
        "extend": who.hosts and state == "open" and in_time,
        "close": who.hosts and state in TAKING,
        "cancel": who.hosts and (before or state in TAKING),
        "fail": who.hosts and state in {"settling", "ordered"},
        "offer": who.deals and who.may_offer and offers_open,
        "withdraw_offer": who.deals and who.may_withdraw,
        "share": who.shares and state == "open" and in_time and (who.shareable or who.hosts),
        "commit": who.deals and who.reached and state in TAKING and in_time,
    }
