"""Versions of offers, and files with offers and campaigns."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.permissions.test_wall import behind

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations
from mungchi.campaigns.domain.revisions import changes
from mungchi.campaigns.models import Attachment, OfferRevision
from mungchi.campaigns.operations import drafting, files, offers
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.common.papers import DocumentTypeUnknown

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 drawing"


def revise(story: Story, *tiers: tuple[int, str], **terms: object) -> None:
    given = {"pack_size": 1, "capacity": None, "lead_time_days": 5, "delivery_cost": 0,
             "valid_until": story.offer.valid_until, "note": "", **terms}  # fmt: skip
    operations.revise_offer(
        actor=story.supplier, offer_id=story.offer.pk,
        tiers=[(least, Decimal(price)) for least, price in tiers], **given,
    )  # fmt: skip


def upload(who: Actor, path: str, content: bytes = PDF, name: str = "도면.pdf") -> object:
    body = {"file": SimpleUploadedFile(name, content)}
    return client_for(who).post(f"/api/v1/{path}", body, format="multipart")


def test_every_version_is_kept_with_what_changed() -> None:
    story = Story(tiers=[(1, "120"), (50, "100")]).offered()
    revise(story, (1, "120"), (50, "95.5"), lead_time_days=3)
    revise(story, (1, "120"), (50, "95.5"), lead_time_days=3)
    revise(story, (1, "118"), note="운송 포함", capacity=900)
    path = f"/api/v1/offers/{story.offer.pk}/revisions"
    for who in (story.supplier, story.office):
        body = client_for(who).get(f"{path}?ordering=number").json()["results"]
        assert [one["number"] for one in body] == [1, 2, 3]
        assert (body[0]["before"], body[0]["after"]) == ({}, {})
        assert body[1]["before"] == {
            "tiers": [{"min_quantity": 50, "unit_price": "100"}], "lead_time_days": 5,
        }  # fmt: skip
        assert body[1]["after"]["tiers"] == [{"min_quantity": 50, "unit_price": "95.5"}]
        assert body[2]["before"]["capacity"] is None
        assert body[2]["after"]["capacity"] == 900
        assert body[2]["terms"]["note"] == "운송 포함"
    assert client_for(supplier()).get(path).status_code == 404
    # The first of a page is beside the version before it, which is on the next.
    (last,) = client_for(story.office).get(f"{path}?page_size=1").json()["results"]
    assert last == body[2]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        OfferRevision.objects.filter(number=1).update(note="다르게")


def test_versions_of_a_sealed_offer_open_when_it_is_due_and_stay_after_withdrawal() -> None:
    story = Story(given={"sealed": True}).offered()
    revise(story, (1, "80"))
    operations.withdraw_offer(actor=story.supplier, offer_id=story.offer.pk)
    path = f"/api/v1/offers/{story.offer.pk}/revisions"
    assert client_for(story.office).get(path).status_code == 404
    assert len(client_for(story.supplier).get(path).json()["results"]) == 2
    with behind(story.office):
        assert not OfferRevision.objects.exists()
    with clock.shifted(timedelta(days=3)):
        assert len(client_for(story.office).get(path).json()["results"]) == 2


def test_what_changed_is_told_tier_by_tier() -> None:
    terms = {"tiers": [[1, "9"]], "differences": [], "pack_size": 1, "capacity": None,
             "lead_time_days": 1, "delivery_cost": 0, "valid_until": 1, "note": ""}  # fmt: skip
    assert changes(terms, dict(terms)) == []
    found = changes(terms, {**terms, "tiers": [[1, "9"], [5, "8"]], "note": "x"})
    assert [(one.term, one.before, one.after) for one in found] == [
        ("tiers", [], [[5, "8"]]), ("note", "", "x"),
    ]  # fmt: skip


def test_files_of_a_campaign_are_read_by_all_who_see_it_and_end_with_its_opening() -> None:
    story = Story()
    at = f"campaigns/{story.campaign.pk}/files"
    row = upload(story.office, at).json()
    assert upload(story.office, at).json()["id"] == row["id"]
    firm = member(story.host)
    content = f"/api/v1/files/{row['id']}/content"
    assert client_for(firm).get(content).status_code == 404
    story.offered()
    for who in (firm, story.supplier, story.office):
        answer = client_for(who).get(content)
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert len(client_for(who).get(f"/api/v1/{at}").json()["results"]) == 1
    assert upload(story.supplier, at).status_code == 403
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="하나"
    )
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert upload(story.office, at).json()["code"] == "campaign_not_editable"
    with pytest.raises(drafting.CampaignNotEditable):
        operations.remove_file(actor=story.office, file_id=row["id"])


def test_files_of_an_offer_are_sealed_with_it() -> None:
    story = Story(given={"sealed": True}).offered()
    row = upload(story.supplier, f"offers/{story.offer.pk}/files").json()
    content = f"/api/v1/files/{row['id']}/content"
    absent = "/api/v1/files/0197b2c0-0000-7000-8000-00000000dead/content"
    office, rival = client_for(story.office), client_for(supplier())

    def body(client: object, path: str) -> dict[str, object]:
        found = client.get(path).json()
        found.pop("request_id")
        return found

    assert body(office, content) == body(office, absent)
    assert body(rival, content) == body(rival, absent)
    with behind(story.office):
        assert not Attachment.objects.exists()
    with clock.shifted(timedelta(days=3)):
        assert office.get(content).content == PDF
        with pytest.raises(offers.OffersNotTaken):
            operations.remove_file(actor=story.supplier, file_id=row["id"])
    operations.remove_file(actor=story.supplier, file_id=row["id"])
    assert not Attachment.objects.exists()
    kinds = History.objects.filter(subject_id=story.offer.pk).values_list("kind", flat=True)
    assert set(kinds) == {"offer_posted", "offer_file_added", "offer_file_removed"}


def test_size_type_and_number_are_limited_by_what_a_file_is() -> None:
    story = Story().offered()
    at = f"offers/{story.offer.pk}/files"
    assert upload(story.supplier, at, b"MZ not a drawing", "a.pdf").json()["code"] == (
        "document_type_unknown"
    )
    assert upload(story.supplier, at, PDF + bytes(5 * 1024 * 1024)).status_code == 413
    for number in range(files.MOST_FILES):
        assert upload(story.supplier, at, PDF + bytes([number])).status_code == 201
    assert upload(story.supplier, at, PDF + b"more").json()["code"] == "too_many_files"
    with pytest.raises(DocumentTypeUnknown):
        operations.attach_to_campaign(
            actor=story.office, campaign_id=story.campaign.pk, filename="x.svg",
            stream=io.BytesIO(b"<svg onload=alert(1)>"),
        )  # fmt: skip


def test_a_list_of_files_reads_no_content_and_asks_as_often_for_three() -> None:
    story = Story().offered()
    at = f"offers/{story.offer.pk}/files"
    upload(story.supplier, at)
    client = client_for(story.office)
    with CaptureQueriesContext(connection) as one:
        client.get(f"/api/v1/{at}")
    upload(story.supplier, at, PDF + b"2")
    upload(story.supplier, at, PDF + b"3")
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(f"/api/v1/{at}").json()["results"]) == 3
    assert len(one) == len(three)
    assert not any('"campaigns_attachment"."content",' in query["sql"] for query in three)
