"""Work pulled by the pipeline: closing, clearing, settling needs, noting progress, bundles."""

from uuid import UUID

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations, queries
from mungchi.common import clock
from mungchi.common.jobs import work_through


def close_due() -> int:
    """Close what is due, or begin to fill it; each in a transaction of its own."""

    def close(campaign_id: UUID) -> int:
        row = operations.close_campaign(actor=SYSTEM, campaign_id=campaign_id)
        return int(row.state != "open")

    return work_through(queries.due_for_closing(clock.now()), close)


def clear_closed() -> int:
    """Clear every closed campaign."""

    def clear(campaign_id: UUID) -> int:
        return int(operations.clear_campaign(campaign_id=campaign_id) is not None)

    return work_through(queries.waiting_for_clearing(), clear)


def lapse_approvals() -> int:
    """End what waited for approval in campaigns that have closed."""
    return work_through(
        queries.approvals_to_lapse(), lambda pk: operations.lapse_approval(request_id=pk)
    )


def remind_of_approvals() -> int:
    """Write down what still waits for approval near its deadline."""
    return work_through(
        queries.approvals_to_remind_of(clock.now()),
        lambda pk: operations.remind_of_approval(request_id=pk),
    )


def carry_out_plans() -> int:
    """Do what firms chose to become of what they did not get."""
    return work_through(
        queries.plans_to_carry_out(), lambda pk: operations.carry_out_plan(plan_id=pk)
    )


def settle_needs() -> int:
    """Tell the needs of pooled campaigns what became of them."""

    def settle(campaign_id: UUID) -> int:
        operations.settle_needs(campaign_id=campaign_id)
        return 1

    return work_through(queries.with_unsettled_needs(), settle)


def note_progress() -> int:
    """Write down the tiers that open campaigns have reached or lost."""
    return work_through(queries.with_news(), lambda pk: operations.note_progress(campaign_id=pk))


def remind_of_closing() -> int:
    """Write down which campaigns close within a day."""
    return work_through(
        queries.closing_soon(clock.now()), lambda pk: operations.remind_of_closing(campaign_id=pk)
    )


def remind_of_answers() -> int:
    """Write down where firms have not answered a changed offer within a day of the deadline."""
    return work_through(
        queries.answers_to_remind_of(clock.now()),
        lambda pk: operations.remind_of_answers(change_id=pk),
    )


def propose_bundles() -> int:
    """Make the bundles of offices anew for which something changed, and every night."""
    at = clock.now()
    return operations.take_up_changes(at=at) + operations.make_bundles(at=at)
