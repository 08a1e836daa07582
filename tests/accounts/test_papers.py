"""What a firm says of itself, its documents, and who sees them; a firm in two cooperatives."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.accounts import operations
from mungchi.accounts.access import Actor
from mungchi.accounts.models import FirmDocument, Membership
from mungchi.common.models import History
from mungchi.common.papers import LARGEST_DOCUMENT, DocumentTooLarge
from mungchi.demand import operations as demand

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n% a certificate"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def added(actor: Actor, content: bytes = PDF, name: str = "사업자등록증.pdf") -> FirmDocument:
    return operations.add_document(
        actor=actor, kind="registration", filename=name, stream=io.BytesIO(content)
    )


def upload(actor: Actor, content: bytes, name: str = "a.pdf", kind: str = "registration") -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/html")
    return client_for(actor).post(
        "/api/v1/firm/documents", {"file": file, "kind": kind}, format="multipart"
    )


def test_a_firm_changes_what_it_says_of_itself() -> None:
    owner = member(CooperativeFactory())
    client = client_for(owner)
    body = {"trade": "금속 가공", "phone": "02-555-0100"}
    for _ in range(2):
        answer = client.patch("/api/v1/firm", body)
        assert (answer.json()["trade"], answer.json()["phone"]) == ("금속 가공", "02-555-0100")
    event = History.objects.get(kind="firm_changed")
    assert (event.data["before"], event.data["after"]) == ({"trade": "", "phone": ""}, body)
    assert client.patch("/api/v1/firm", {"business_number": "1"}).json()["business_number"] != "1"
    viewer = buyer_of(Membership.objects.get(firm_id=owner.firm_id).firm, "viewer")
    assert client_for(viewer).get("/api/v1/firm").status_code == 200
    assert client_for(viewer).patch("/api/v1/firm", body).status_code == 403


def test_categories_are_replaced_and_the_same_again_is_no_change() -> None:
    owner = member(CooperativeFactory())
    one, two = CategoryFactory(name="사무"), CategoryFactory(name="포장")
    client = client_for(owner)
    for chosen in ([one.pk], [one.pk], [two.pk, two.pk], []):
        body = {"categories": [str(pk) for pk in chosen]}
        answer = client.put("/api/v1/firm/categories", body)
        assert {row["id"] for row in answer.json()["categories"]} == set(body["categories"])
    assert History.objects.filter(kind="firm_changed").count() == 3
    absent = {"categories": ["0197b2c0-0000-7000-8000-00000000dead"]}
    assert client.put("/api/v1/firm/categories", absent).json()["code"] == "category_unknown"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
)
def test_a_document_is_known_by_its_content_and_comes_back_as_a_file(
    content: bytes, kind: str
) -> None:
    owner = member(CooperativeFactory())
    answer = upload(owner, content, "../../사업자 등록증\u202e.html")
    assert answer.status_code == 201
    assert (answer.json()["content_type"], answer.json()["size"]) == (kind, len(content))
    assert answer.json()["filename"] == "사업자 등록증.html"
    assert upload(owner, content).json()["id"] == answer.json()["id"]
    got = client_for(owner).get(f"/api/v1/documents/{answer.json()['id']}/content")
    assert got.content == content
    assert got["Content-Type"] == kind
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Disposition"].startswith("attachment; filename*=UTF-8''%EC%82%AC")
    assert got["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"<html><script>alert(1)</script>", b"GIF89a", b"x%PDF-"]
)
def test_what_is_no_document(content: bytes) -> None:
    answer = upload(member(CooperativeFactory()), content)
    assert answer.status_code == 422
    assert not FirmDocument.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmDocument.objects.create(
            firm=FirmFactory(), kind="other", filename="x", content_type="text/html", size=1,
            digest="x", content=b"x", uploaded_at="2026-01-01T00:00:00Z",
        )  # fmt: skip


def test_a_document_that_is_too_large_and_one_too_many() -> None:
    owner = member(CooperativeFactory())
    large = PDF + bytes(LARGEST_DOCUMENT)
    answer = upload(owner, large)
    assert (answer.status_code, answer.json()["code"]) == (413, "document_too_large")
    with pytest.raises(DocumentTooLarge):
        added(owner, large)
    assert upload(owner, PDF + bytes(LARGEST_DOCUMENT - len(PDF))).status_code == 201
    for index in range(9):
        added(owner, PDF + str(index).encode())
    with pytest.raises(operations.TooManyDocuments):
        added(owner, PDF + b"x")
    operations.delete_document(actor=owner, document_id=FirmDocument.objects.latest("id").pk)
    added(owner, PDF + b"x")


def test_offices_of_its_cooperatives_see_documents_and_others_do_not() -> None:
    ours, applied_to, left, never = (CooperativeFactory() for _ in range(4))
    owner = member(ours)
    MembershipFactory(cooperative=applied_to, firm_id=owner.firm_id, firm=None, state="applied",
                      joined_at=None)  # fmt: skip
    gone = MembershipFactory(cooperative=left, firm_id=owner.firm_id, firm=None)
    Membership.objects.filter(pk=gone.pk).update(state="left")
    row = added(owner)
    path = f"/api/v1/documents/{row.pk}/content"
    for cooperative, code in ((ours, 200), (applied_to, 200), (left, 404), (never, 404)):
        assert client_for(coordinator_of(cooperative)).get(path).status_code == code
    assert client_for(member(ours)).get(path).status_code == 404
    office = client_for(coordinator_of(ours))
    assert office.delete(f"/api/v1/firm/documents/{row.pk}").status_code == 403
    stranger = client_for(member(never))
    assert stranger.delete(f"/api/v1/firm/documents/{row.pk}").status_code == 404


def everything_about(office: Actor, membership: Membership) -> str:
    client = client_for(office)
    base = f"/api/v1/members/{membership.pk}"
    bodies = []
    own = (base, f"{base}/profile", f"{base}/activity")
    for path in (*own, "/api/v1/members", "/api/v1/orders", "/api/v1/needs"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        bodies.append(json.dumps(answer.json(), ensure_ascii=False))
    return "\n".join(bodies)


def test_a_firm_in_two_cooperatives_is_seen_by_each_in_its_own_alone() -> None:
    first = Deal(given={"title": "첫째 조합 공동구매"})
    second = Deal(given={"title": "둘째 조합 공동구매"})
    first.host.name, second.host.name = "첫째협동조합", "둘째협동조합"
    first.host.save()
    second.host.save()
    owner = member(first.host)
    other = MembershipFactory(
        cooperative=second.host, firm_id=owner.firm_id, firm=None, member_code="둘째-007"
    )
    mine = Membership.objects.get(cooperative=first.host, firm_id=owner.firm_id)
    for deal, quantity in ((first, 31), (second, 47)):
        deal.opened()
        deal.people = [owner]
        deal.join(quantity, firm=owner)
        deal.join(60)
        deal.cleared()
        demand.state_need(
            actor=owner, cooperative_id=deal.host.pk,
            item_id=ItemFactory(cooperative=deal.host, name=f"{deal.host.name} 품목").pk,
            quantity=3, needed_by=today().replace(year=today().year + 1),
        )  # fmt: skip
    from mungchi.orders import stage as orders

    orders.place_orders()
    seen_by_first = everything_about(first.office, mine)
    seen_by_second = everything_about(second.office, other)
    assert "첫째 조합 공동구매" in seen_by_first
    assert "둘째 조합 공동구매" in seen_by_second
    for secret in ("둘째", "둘째-007", str(second.campaign.pk), str(second.host.pk)):
        assert secret not in seen_by_first, secret
    for secret in ("첫째", str(first.campaign.pk), str(first.host.pk)):
        assert secret not in seen_by_second, secret
    assert client_for(first.office).get(f"/api/v1/members/{other.pk}/profile").status_code == 404
    assert client_for(first.office).get(f"/api/v1/members/{other.pk}/activity").status_code == 404


def test_what_a_firm_does_through_another_of_its_cooperatives_is_not_on_its_page() -> None:
    """Not even in a campaign that this cooperative hosts."""
    story = Story(given={"reach": "all"}).opened()
    owner = member(story.host)
    other = CooperativeFactory()
    MembershipFactory(cooperative=other, firm_id=owner.firm_id, firm=None)
    from mungchi.campaigns import operations as campaigns

    campaigns.commit(actor=owner, campaign_id=story.campaign.pk, quantity=5,
                     cooperative_id=other.pk)  # fmt: skip
    mine = Membership.objects.get(cooperative=story.host, firm_id=owner.firm_id)
    body = client_for(story.office).get(f"/api/v1/members/{mine.pk}/activity").json()
    assert (body["commitments"], body["campaigns_count"], body["last_at"]) == ([], 0, None)


def test_the_members_page_has_all_of_it_in_a_constant_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    deal = Deal().ordered(30, 40)
    owner = deal.people[0]
    added(owner)
    demand.choose_categories(actor=owner, categories=[CategoryFactory(name="사무").pk])
    mine = Membership.objects.get(cooperative=deal.host, firm_id=owner.firm_id)
    client = client_for(deal.office)
    body = client.get(f"/api/v1/members/{mine.pk}/profile").json()
    assert body["firm"]["representative"] == "김대표"
    assert [row["filename"] for row in body["documents"]] == ["사업자등록증.pdf"]
    done = client.get(f"/api/v1/members/{mine.pk}/activity").json()
    assert [row["name"] for row in done["categories"]] == ["사무"]
    assert [row["quantity"] for row in done["commitments"]] == [30]
    assert [row["state"] for row in done["orders"]] == ["paid"]
    assert done["last_at"]
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(40) as asked:
            client.get(f"/api/v1/members/{mine.pk}/profile")
            client.get(f"/api/v1/members/{mine.pk}/activity")
        counts.append(len(asked))
        for index in range(2):
            added(owner, PDF + str((len(counts), index)).encode())
            Story(host=deal.host).opened().join(7, firm=owner)
    assert counts[0] == counts[1]
