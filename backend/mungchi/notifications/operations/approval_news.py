"""What is told within a firm about commitments that wait for approval: event in, notices out."""

from mungchi.accounts.models import Seat
from mungchi.campaigns.models import ApprovalRequest, Commitment
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common.models import History
from mungchi.common.money import amount_label
from mungchi.common.text import Text
from mungchi.notifications.domain import wording_approvals as wording
from mungchi.notifications.domain.wording import moment
from mungchi.notifications.operations.notice import Notice, tell_all
from mungchi.notifications.queries import audience
from mungchi.notifications.queries.audience import Told

PAGE = "/approvals"


def approval_waits(event: History) -> list[Notice]:
    """The firm's owners hear what waits for them."""
    return _to_owners(event, wording.WAITS)


def approval_still_waits(event: History) -> list[Notice]:
    """They hear again when the deadline is near."""
    return _to_owners(event, wording.STILL_WAITS)


def approval_given(event: History) -> list[Notice]:
    """Whoever asked hears the yes."""
    row = _row(event)
    return tell_all(_asker(row), _said(row, event, wording.GIVEN), _campaign_page(row))


def approval_declined(event: History) -> list[Notice]:
    """Whoever asked hears the no, why, and what stays."""
    row = _row(event)
    return tell_all(_asker(row), _with_held(row, event, wording.DECLINED), _campaign_page(row))


def approval_lapsed(event: History) -> list[Notice]:
    """Whoever asked, and the owners, hear that it came too late."""
    row = _row(event)
    told = _with_held(row, event, wording.LAPSED)
    return tell_all([*_asker(row), *_owners(row)], told, _campaign_page(row))


def _row(event: History) -> ApprovalRequest:
    rows = ApprovalRequest.objects.select_related("campaign__host", "campaign__item", "asked_by")
    return rows.get(pk=event.subject_id)


def _to_owners(event: History, sentence: Text) -> list[Notice]:
    row = _row(event)
    if row.state != "waiting":
        return []
    return tell_all(_owners(row), _with_held(row, event, sentence), PAGE)


def _owners(row: ApprovalRequest) -> list[Told]:
    return audience.sitting(Seat.objects.filter(firm_id=row.firm_id, role="owner"))


def _asker(row: ApprovalRequest) -> list[Told]:
    return audience.sitting(Seat.objects.filter(firm_id=row.firm_id, user_id=row.asked_by_id))


def _campaign_page(row: ApprovalRequest) -> str:
    return f"/campaigns/{row.campaign_id}"


def _said(row: ApprovalRequest, event: History, sentence: Text) -> Text:
    campaign = row.campaign
    assert campaign.closes_at is not None  # noqa: S101 - it was open when it was asked
    asked = event.kind in {"approval_waits", "approval_still_waits"}
    return sentence.format(
        person=row.asked_by.called if asked else event.user_name,
        title=campaign.title,
        quantity=counted(row.quantity, UNITS[campaign.item.unit]),
        value=amount_label(row.value, campaign.currency),
        until=moment(campaign.closes_at, campaign.host.zone),
        why=row.why,
    )


def _with_held(row: ApprovalRequest, event: History, sentence: Text) -> Text:
    """The sentence, and that what binds the firm already stays, or is out without an answer."""
    told = _said(row, event, sentence)
    held = Commitment.objects.filter(
        campaign_id=row.campaign_id, firm_id=row.firm_id, state="active"
    ).first()
    if held is None:
        return told
    sentence = wording.ASKED_AGAIN if held.must_answer else wording.STAYS
    stays = sentence.format(held=counted(held.quantity, UNITS[row.campaign.item.unit]))
    return Text(ko=f"{told.ko} {stays.ko}", en=f"{told.en} {stays.en}")
