"""A member leaves its cooperative: only once nothing of it is running there.

Leaving is refused, with figures, while the firm is bound by commitments to campaigns that have not
been cleared or by orders on their way. Until then the office can suspend it, which keeps it from
joining anything new. Needs it has stated bind nobody, and are withdrawn with it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from mungchi.accounts import operations as accounts
from mungchi.accounts import queries as places
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import MEMBERSHIP
from mungchi.accounts.models import Membership
from mungchi.common.errors import Conflict
from mungchi.common.history import MoveNotDeclared
from mungchi.common.text import Text
from mungchi.demand import operations as demand
from mungchi.orders import queries
from mungchi.orders.queries import Running


class StillRunning(Conflict):
    """The firm is bound by commitments or orders in this cooperative."""

    code = "still_running"
    message = Text(
        ko="아직 진행 중인 참여 약정 {commitments}건과 주문 {orders}건이 있어 탈퇴를 기록할 수 "
        "없습니다. 끝날 때까지 활동을 정지해 둘 수 있습니다.",
        en="{commitments} {commitments:commitment|commitments} and {orders} {orders:order|orders} "
        "are still running, so leaving cannot be "
        "recorded. Until they end, the firm can be suspended.",
    )

    @property
    def extra(self) -> Mapping[str, Any]:
        """The two figures, for the screen."""
        return {"running": dict(self.values)}


class CannotLeaveYet(StillRunning):
    """The same, to the firm that would leave."""

    code = "cannot_leave_yet"
    message = Text(
        ko="아직 진행 중인 참여 약정 {commitments}건과 주문 {orders}건이 있어 지금은 탈퇴할 수 "
        "없습니다. 모두 끝난 뒤에 다시 해 주십시오.",
        en="{commitments} {commitments:commitment|commitments} and {orders} {orders:order|orders} "
        "are still running, so your firm cannot "
        "leave now. Please try again when they have ended.",
    )


def record_leaving(*, actor: Actor, membership_id: UUID, why: str) -> Membership:
    """The office writes down that a member has left, and why; again changes nothing.

    The membership's lock keeps new commitments out while it is looked for old ones (joining takes
    it too). Raises NotFound, MoveNotDeclared, StillRunning.
    """
    with transaction.atomic():
        row = places.locked_membership(actor, membership_id)
        return _leave(row, actor, why, kind="member_left", refusal=StillRunning)


def leave_cooperative(*, actor: Actor, membership_id: UUID, why: str = "") -> Membership:
    """A firm's owner takes it out of a cooperative; the office is told. Again changes nothing.

    Needs that are stated are withdrawn. Raises NotFound, MoveNotDeclared, CannotLeaveYet.
    """
    with transaction.atomic():
        row = places.locked_membership(actor, membership_id)
        return _leave(row, actor, why, kind="membership_left", refusal=CannotLeaveYet)


def _leave(
    row: Membership, actor: Actor, why: str, *, kind: str, refusal: type[StillRunning]
) -> Membership:
    if row.state == "left":
        return row
    if row.state not in {"active", "suspended"}:
        raise MoveNotDeclared(MEMBERSHIP, row.state)
    running: Running = queries.running_of(row)
    if running.commitments or running.orders:
        raise refusal(commitments=running.commitments, orders=running.orders)
    for need in queries.open_needs_of(row):
        demand.withdraw_need(actor=actor, need_id=need)
    return accounts.record_left(actor=actor, membership=row, why=why, kind=kind)
