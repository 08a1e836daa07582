"""What would these firms have paid, had they bought together?

The replay makes a campaign of every item and month in which at least two firms bought, and takes
each through the product's own operations: import, draft, sourcing, offer, award, commitments,
closing, clearing. Nothing about prices or allocation is computed here.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from multiprocessing import get_context
from typing import BinaryIO
from uuid import UUID

import django
from django.db import connection, connections

from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.models import Cooperative, Firm, Seat, User
from mungchi.accounts.operations import found_cooperative
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.domain.terms import MOST_TIERS
from mungchi.common import clock
from mungchi.common.errors import Conflict, Refused
from mungchi.common.money import supply_value
from mungchi.common.sheets.problems import PROBLEMS
from mungchi.common.text import Text
from mungchi.demand import operations as demand
from mungchi.demand.domain.history_ladder import Tiers, ladder
from mungchi.demand.models import PurchaseImport
from mungchi.reports import queries
from mungchi.reports.domain.replay import (
    FEWEST_FIRMS,
    FirmsMonth,
    Month,
    Outcome,
    Replay,
    by_month,
    tiers_that_matter,
)

OFFER_VALID = timedelta(days=60)
CAMPAIGNS_AT_ONCE = 20


class HistoryNotTaken(Conflict):
    """The file broke while it was being imported."""

    code = "history_not_taken"
    message = Text(ko="{problem}", en="{problem}")


@dataclass(frozen=True, slots=True)
class Stage:
    """Those who act in the replay: one office, one supplier, and the firms of the history."""

    cooperative: Cooperative
    office: Actor
    supplier: Actor


@dataclass(frozen=True, slots=True)
class Planned:
    """One campaign to be made: what firms bought of an item in a month, and the item's ladder."""

    item: UUID
    name: str
    month: Month
    tiers: Tiers
    firms: Mapping[UUID, FirmsMonth]


def replay_history(
    *,
    stream: BinaryIO,
    filename: str,
    currency: str,
    mapping: Mapping[str, str],
    report: Callable[[str, int, int], None],
    processes: int = 1,
) -> Replay:
    """Import a purchase history and buy it together again; return what came of it.

    mapping: field -> column name (or its number from 1) where the file does not say it itself.
    report: called with (what is being done, how many done, of how many). Needs a database of its
    own and, with several `processes`, no open transaction. Raises the errors of the import, and
    HistoryNotTaken.
    """
    stage = set_up(currency)
    report("import", 0, 1)
    history = bring_in(stage, stream, filename, mapping)
    report("import", 1, 1)
    replay = Replay(currency, history.kept, queries.rejected_counts(history))
    plans: list[Planned] = []
    names = queries.item_names()
    for item, lines in queries.purchases_by_item(history, currency):
        tiers = ladder((line.quantity, line.unit_price) for line in lines)
        months = by_month(lines, currency)
        replay.groups += len(months)
        plans += [
            Planned(item, names[item], month, tiers, firms)
            for month, firms in months.items()
            if len(firms) >= FEWEST_FIRMS
        ]
    plans.sort(key=lambda plan: plan.month)
    for outcome in _outcomes(stage, plans, processes):
        replay.outcomes.append(outcome)
        report("campaigns", len(replay.outcomes), len(plans))
    return replay


def _outcomes(stage: Stage, plans: list[Planned], processes: int) -> Iterator[Outcome]:
    """The outcome of each plan, in order. Campaigns do not wait for each other."""
    if processes == 1:
        yield from (_buy_together(stage, plan) for plan in plans)
        return
    # Each process makes connections of its own; none may be shared across a start.
    connections.close_all()
    spawn = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=django.setup) as pool:
        yield from pool.map(partial(_in_process, stage), plans, chunksize=CAMPAIGNS_AT_ONCE)


@cache
def _throw_away_database() -> None:
    """Tell this process's connection, once, that nobody needs the data after a power cut."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _in_process(stage: Stage, plan: Planned) -> Outcome:
    _throw_away_database()
    try:
        return _buy_together(stage, plan)
    except Refused as error:
        # A refusal with its values does not travel between processes; its sentence does.
        raise RuntimeError(f"{plan.name} {plan.month}: {error.text.en}") from None


def set_up(currency: str) -> Stage:
    """Found the one cooperative of a replay, with whoever acts in it."""
    cooperative = found_cooperative(
        actor=SYSTEM, name="재현 협동조합", name_en="Replay", slug="replay", currency=currency,
        zone="UTC",
    )  # fmt: skip
    # Two people: nobody awards to the own firm alone.
    buying, offering = (
        User.objects.create_user(f"{name}@mungchi.example", name=name)
        for name in ("replay", "supplier")
    )
    office = Seat.objects.create(user=buying, role="coordinator", cooperative=cooperative)
    firm = Firm.objects.create(name="재현 공급사", supplies=True)
    selling = Seat.objects.create(user=offering, role="owner", firm=firm)
    return Stage(cooperative, actor_for(office), actor_for(selling))


def bring_in(
    stage: Stage, stream: BinaryIO, filename: str, mapping: Mapping[str, str]
) -> PurchaseImport:
    """Import a purchase history; raise the errors of the import, and HistoryNotTaken."""
    history = demand.upload_purchases(actor=stage.office, filename=filename, stream=stream)
    if mapping:
        history = demand.map_columns(
            actor=stage.office,
            import_id=history.pk,
            mapping={field: _column(history, named) for field, named in mapping.items()},
            rules={},
        )
    demand.start_import(actor=stage.office, import_id=history.pk)
    demand.run_import(import_id=history.pk)
    history.refresh_from_db()
    if history.state != "done":
        raise HistoryNotTaken(problem=PROBLEMS[history.problem or "interrupted"])
    return history


def _column(history: PurchaseImport, named: str) -> int:
    """The index of a column by its name or its number from 1; -1 for none, which is refused."""
    for column in history.columns:
        if column["header"].strip().lower() == named.strip().lower():
            return int(column["index"])
    return int(named) - 1 if named.isdigit() else -1


def _start_of(month: Month) -> datetime:
    return datetime(*month, 1, tzinfo=UTC)


def _end_of(month: Month) -> datetime:
    year, number = month
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)


def _buy_together(stage: Stage, plan: Planned) -> Outcome:
    """Take one campaign from draft to clearing, at the beginning of its month."""
    with clock.shifted(_start_of(plan.month) - clock.now()):
        return _campaign(stage, plan)


def _campaign(stage: Stage, plan: Planned) -> Outcome:
    year, number = plan.month
    closes_at = _end_of(plan.month)
    office = stage.office
    campaign = campaigns.create_campaign(
        actor=office,
        title=f"{year}-{number:02d} {plan.name}"[:120],
        item_id=plan.item,
        threshold_quantity=1,
        threshold_firms=FEWEST_FIRMS,
        closes_at=closes_at,
    )
    campaigns.start_sourcing(actor=office, campaign_id=campaign.pk)
    offer = campaigns.post_offer(
        actor=stage.supplier,
        campaign_id=campaign.pk,
        tiers=_offered(plan),
        pack_size=1,
        capacity=None,
        lead_time_days=0,
        delivery_cost=0,
        valid_until=closes_at + OFFER_VALID,
    )
    campaigns.award_offer(
        actor=office,
        campaign_id=campaign.pk,
        offer_id=offer.pk,
        reason="The ladder that the history shows.",
    )
    campaigns.open_campaign(actor=office, campaign_id=campaign.pk)
    for firm, bought in plan.firms.items():
        campaigns.commit(
            actor=Actor(role="buyer", firm_id=firm, user_name="replay"),
            campaign_id=campaign.pk,
            quantity=bought.quantity,
            price_limit=bought.highest_price,
        )
    campaigns.close_campaign(actor=office, campaign_id=campaign.pk)
    run = campaigns.clear_campaign(campaign_id=campaign.pk)
    if run is None or run.unit_price is None:
        return Outcome(plan.item, plan.month, len(plan.tiers), 0, None, {})
    return Outcome(
        plan.item,
        plan.month,
        len(plan.tiers),
        1 + [least for least, _ in plan.tiers].index(run.tier_min_quantity),
        run.unit_price,
        _figures(stage, plan, queries.awarded(run), run.unit_price),
    )


def _offered(plan: Planned) -> Tiers:
    """The item's ladder; of a longer one than an offer may have, what can decide this campaign."""
    if len(plan.tiers) <= MOST_TIERS:
        return plan.tiers
    return tiers_that_matter(plan.tiers, plan.firms.values())


def _figures(
    stage: Stage, plan: Planned, awarded: Mapping[UUID, int], unit_price: Decimal
) -> dict[UUID, tuple[int, int, int]]:
    currency = stage.cooperative.currency
    return {
        firm: (quantity, plan.firms[firm].paid_minor, supply_value(quantity, unit_price, currency))
        for firm, quantity in awarded.items()
    }
