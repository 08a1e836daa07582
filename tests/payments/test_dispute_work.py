"""What the office does about a dispute: reminded, answered, given up, all of it kept."""

import io
import zipfile
from datetime import datetime, timedelta

import openpyxl
import pytest
from tests.factories.disputing import Disputed
from tests.factories.orders import today
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations, stage
from mungchi.payments.operations import dispute_work
from mungchi.payments.queries import disputes as queries
from mungchi.reports.operations.dispute_file import dispute_file, harmless
from mungchi.reports.queries import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(simulator: Simulated) -> Disputed:
    return Disputed().charged(simulator)


def told(kind: str) -> list[str]:
    """What people read of a kind of event."""
    notifications.tell_people()
    return list(Notification.objects.filter(kind=kind).values_list("sentence_ko", flat=True))


def reminders(moment: datetime) -> int:
    with clock.shifted(moment - clock.now()):
        return stage.remind_of_disputes()


def test_the_office_is_reminded_twice_unless_it_has_seen_to_it(deal: Disputed) -> None:
    dispute = deal.begin()
    assert dispute.due_by is not None
    due = dispute.due_by
    assert reminders(due - timedelta(days=4)) == 0
    assert [reminders(due - timedelta(days=2)), reminders(due - timedelta(days=2))] == [1, 0]
    assert len(told("dispute_due_soon")) == 1
    assert reminders(due - timedelta(hours=20)) == 1
    assert reminders(due - timedelta(hours=19)) == 0


@pytest.mark.parametrize("seen_to", ["submitted", "accepted"])
def test_whoever_has_seen_to_it_is_left_alone(deal: Disputed, seen_to: str) -> None:
    dispute = deal.begin()
    if seen_to == "submitted":
        operations.mark_submitted(
            actor=deal.office, dispute_id=dispute.pk, submitted_on=today(), note="대시보드"
        )
    else:
        operations.accept_dispute(
            actor=deal.office, dispute_id=dispute.pk, confirmed=True, why="맞는 말"
        )
    assert dispute.due_by is not None
    assert reminders(dispute.due_by - timedelta(hours=5)) == 0


def test_what_the_office_did_stays_with_who(deal: Disputed) -> None:
    dispute, office = deal.begin(), deal.office
    for day, error in (
        (today() + timedelta(days=1), dispute_work.SubmittedAhead),
        (today() - timedelta(days=2), dispute_work.SubmittedTooEarly),
    ):
        with pytest.raises(error):
            operations.mark_submitted(
                actor=office, dispute_id=dispute.pk, submitted_on=day, note=""
            )
    row = operations.mark_submitted(
        actor=office, dispute_id=dispute.pk, submitted_on=today(), note="수령증"
    )
    assert row.submitted_by_id == office.user_id
    with pytest.raises(dispute_work.NotConfirmed):
        operations.accept_dispute(actor=office, dispute_id=dispute.pk, confirmed=False, why="x")
    accepted = operations.accept_dispute(
        actor=office, dispute_id=dispute.pk, confirmed=True, why="맞는 말"
    )
    assert accepted.accepted_by_id == office.user_id
    assert accepted.state == "needs_response"  # the provider says by itself how it ends
    deal.bank("close_dispute", won=False)
    with pytest.raises(dispute_work.DisputeOver):
        operations.mark_submitted(
            actor=office, dispute_id=dispute.pk, submitted_on=today(), note="늦음"
        )


PDF = b"%PDF-1.4 delivery note"


def test_what_the_office_keeps_is_no_part_of_what_the_firm_reads(deal: Disputed) -> None:
    """Neither its notes nor its files stand in the trail of the firm, whose bank it is against."""
    dispute, office = deal.begin(), deal.office
    operations.note_dispute(actor=office, dispute_id=dispute.pk, text="기업이 옳을 수도 있음")
    operations.add_dispute_file(
        actor=office, dispute_id=dispute.pk, filename="내부 검토.pdf", stream=io.BytesIO(PDF)
    )
    operations.mark_submitted(
        actor=office, dispute_id=dispute.pk, submitted_on=today(), note="내부 판단"
    )
    operations.accept_dispute(
        actor=office, dispute_id=dispute.pk, confirmed=True, why="이길 수 없음"
    )
    kinds = {
        "dispute_noted", "dispute_file_added", "dispute_submitted", "dispute_accepted",
    }  # fmt: skip
    campaign, at = deal.campaign, clock.now()
    firm = deal.buyer(deal.orders()[0])
    seen = {row.kind for row in trail.of_campaign(office, campaign, at)}
    assert kinds <= seen
    read = list(trail.of_campaign(firm, campaign, at)) + list(trail.of_firm(firm))
    assert "dispute_opened" in {row.kind for row in read}
    assert not kinds & {row.kind for row in read}


def test_the_evidence_is_one_file(deal: Disputed) -> None:
    deal.sold()
    dispute, office = deal.begin(), deal.office
    operations.note_dispute(actor=office, dispute_id=dispute.pk, text="전화로 확인")
    for _ in range(2):
        operations.add_dispute_file(
            actor=office, dispute_id=dispute.pk, filename="../인수증.pdf", stream=io.BytesIO(PDF)
        )
    seen = queries.dispute_seen_by(office, dispute.pk)
    with dispute_file(actor=office, dispute=seen) as file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["evidence.xlsx", "consent-1.txt", "files/01-인수증.pdf"]
        assert archive.read("consent-1.txt").decode() == "동의합니다"
        assert archive.read("files/01-인수증.pdf") == PDF
        book = openpyxl.load_workbook(io.BytesIO(archive.read("evidence.xlsx")))
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    order = deal.orders()[0]
    for wanted in (order.number, order.firm.name, "전화로 확인", "잘 받았습니다", "동의합니다",
                   dispute.external_id, f"T{order.number}"):  # fmt: skip
        assert wanted in said, wanted
    assert deal.orders()[1].firm.name not in said


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a/b\\c.pdf", "a_b_c.pdf"), ("..", "document"), ("x" * 200, "x" * 100), ("a:b?", "a_b_")],
)
def test_names_in_the_archive_are_no_paths(name: str, kept: str) -> None:
    assert harmless(name) == kept


def test_files_are_few_and_can_be_thrown_away(deal: Disputed) -> None:
    dispute, office = deal.begin(), deal.office
    for number in range(10):
        row = operations.add_dispute_file(
            actor=office, dispute_id=dispute.pk, filename=f"{number}.pdf",
            stream=io.BytesIO(PDF + bytes([number])),
        )  # fmt: skip
    with pytest.raises(dispute_work.TooManyDisputeFiles):
        operations.add_dispute_file(
            actor=office, dispute_id=dispute.pk, filename="11.pdf", stream=io.BytesIO(PDF)
        )
    operations.remove_dispute_file(actor=office, file_id=row.pk)
    assert dispute.files.count() == 9
