"""What another cooperative's office sees of a campaign: its members' lines, and no single other."""

import io
import json
import random
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from tests.factories.accounts import (
    CooperativeFactory,
    coordinator_of,
    member,
    partners,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.domain.ladder import withheld
from mungchi.campaigns.operations.reaching import NotPartners, PartnersMissing, PartnersUnknown
from mungchi.common import clock
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db


class Joint(Deal):
    """A campaign of one cooperative that a partner's members may join as well."""

    def __init__(self, **given: object) -> None:
        self.partner = CooperativeFactory(name="파트너협동조합")
        host = CooperativeFactory(name="주관협동조합")
        self.partnership = partners(host, self.partner)
        self.outside = coordinator_of(self.partner)
        super().__init__(
            host=host, given={"reach": "partners", "partners": [self.partner.pk], **given}
        )

    def ours(self, quantity: int, limit: str | None = None) -> Actor:
        """Let a member of the partner join."""
        self.join(quantity, limit, firm=member(self.partner))
        return self.people[-1]


GIVEN = re.compile(
    r'\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"(?:id|act)": \d+'
)


def test_only_active_partners_can_be_chosen_and_at_least_one() -> None:
    story = Story()
    stranger = CooperativeFactory(name="모르는조합", name_en="Strangers")
    client = client_for(story.office)
    for chosen, code in (
        ([], "partners_missing"), ([stranger.pk], "not_partners"),
        ([story.host.pk], "not_partners"),
        (["0197b2c0-0000-7000-8000-00000000dead"], "partners_unknown"),
    ):  # fmt: skip
        answer = client.patch(
            f"/api/v1/campaigns/{story.campaign.pk}",
            {"reach": "partners", "partners": [str(pk) for pk in chosen]},
        )
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert "partners" in answer.json()["fields"]
    answer = client.patch(f"/api/v1/campaigns/{story.campaign.pk}", {"reach": "partners"})
    assert answer.json()["code"] == "partners_missing"
    partners(story.host, stranger)
    answer = client.patch(
        f"/api/v1/campaigns/{story.campaign.pk}",
        {"reach": "partners", "partners": [str(stranger.pk)]},
    )
    assert answer.status_code == 200
    with pytest.raises((PartnersUnknown, PartnersMissing)):
        Story(given={"reach": "partners"})


def test_a_former_partner_is_named_when_it_is_too_late_for_it() -> None:
    joint = Joint()
    joint.offered()
    campaigns.award_offer(actor=joint.office, campaign_id=joint.campaign.pk,
                          offer_id=joint.offer.pk, reason="최저가")  # fmt: skip
    accounts.end_partnership(actor=joint.outside, partnership_id=joint.partnership.pk,
                             last_day=today(), why="정리")  # fmt: skip
    with clock.shifted(timedelta(days=2)):
        with pytest.raises(NotPartners) as refused:
            campaigns.open_campaign(actor=joint.office, campaign_id=joint.campaign.pk)
        assert "파트너협동조합" in refused.value.text.ko
        campaigns.change_campaign(
            actor=joint.office, campaign_id=joint.campaign.pk, reach="own", partners=[]
        )
        campaigns.open_campaign(actor=joint.office, campaign_id=joint.campaign.pk)


def test_a_partnership_that_ends_leaves_what_is_open_as_it_is() -> None:
    joint = Joint()
    joint.opened()
    accounts.end_partnership(actor=joint.office, partnership_id=joint.partnership.pk,
                             last_day=today(), why="정리")  # fmt: skip
    with clock.shifted(timedelta(days=2)):
        firm = joint.ours(12)
        joint.join(30)
        assert joint.cleared().outcome == "succeeded"
        assert queries.visible_to(firm).filter(pk=joint.campaign.pk).exists()
        assert queries.visible_to(joint.outside).filter(pk=joint.campaign.pk).exists()


def test_members_and_offices_of_those_it_reaches_are_told_that_it_opened() -> None:
    joint = Joint()
    theirs, mine = member(joint.partner), member(joint.host)
    elsewhere = CooperativeFactory()
    strangers = [member(elsewhere), coordinator_of(elsewhere)]
    joint.opened()
    notifications.tell_people()
    rows = Notification.objects.filter(kind="campaign_opened")
    seats = set(rows.values_list("seat_id", flat=True))
    assert {theirs.seat_id, mine.seat_id, joint.outside.seat_id} <= seats
    assert not {actor.seat_id for actor in strangers} & seats
    to_office = rows.get(seat_id=joint.outside.seat_id)
    assert "주관협동조합" in to_office.sentence_ko
    assert to_office.link == f"/desk/campaigns/{joint.campaign.pk}"

    Story(given={"reach": "all"}).opened()
    notifications.tell_people()
    reached = Notification.objects.filter(kind="campaign_opened", seat__in=[
        actor.seat_id for actor in strangers])  # fmt: skip
    assert reached.count() == 2


def ladder(joint: Joint, actor: Actor) -> dict[str, Any]:
    rows = list(queries.with_parts(queries.visible_to(actor)).filter(pk=joint.campaign.pk))
    return queries.attach_standing(rows, actor)[0].ladder


def test_a_total_over_ones_own_members_and_one_other_firm_is_withheld() -> None:
    joint = Joint()
    joint.opened()
    joint.ours(10)
    joint.ours(20)
    joint.join(37)
    seen = ladder(joint, joint.outside)
    assert (seen["quantity"], seen["firms"]) == (None, 3)
    assert all(tier["demand"] is None for tier in seen["tiers"])
    assert seen["next"] is None
    joint.join(5)
    assert ladder(joint, joint.outside)["quantity"] == 72
    assert ladder(joint, joint.office)["quantity"] == 72


def test_neither_is_one_tier_told_from_another_by_a_single_firm() -> None:
    joint = Joint()
    joint.opened()
    joint.join(30)
    joint.join(40)
    joint.join(37, "95")  # in from the third tier on
    seen = ladder(joint, joint.outside)
    shown = [tier["demand"] for tier in seen["tiers"]]
    assert (shown, seen["quantity"]) == ([70, 70, None, None], None)


@pytest.mark.parametrize("seed", range(60))
def test_no_difference_of_shown_totals_is_over_one_other_firm(seed: int) -> None:
    """Whatever is subtracted: own lines, one total from another."""
    dice = random.Random(seed)
    firms = sorted(dice.randint(0, 9) for _ in range(6))
    steps = [b - a for a, b in zip([0, *firms[:-1]], firms, strict=True)]
    mine, known = [], 0
    for step in steps:
        known += dice.randint(0, step)
        mine.append(known)
    hidden = withheld(firms, mine)
    others = [0] + [f - m for f, m, away in zip(firms, mine, hidden, strict=True) if not away]
    assert 1 not in {b - a for i, a in enumerate(others) for b in others[i + 1 :]}
    assert not any(away and f == m for f, m, away in zip(firms, mine, hidden, strict=True))


SECRETS = {"나홀로상사": 1237, "비밀물산": 2341}


def everything(client: Any, campaign: Any) -> dict[str, str]:
    """All that can be read of a campaign, pages and spreadsheets, as text."""
    base = f"/api/v1/campaigns/{campaign.pk}"
    paths = [
        base, f"{base}/commitments", f"{base}/clearing", f"{base}/clearing/lines",
        f"{base}/history", f"{base}/offers", f"{base}/dry-run", "/api/v1/campaigns",
        f"/api/v1/orders?campaign={campaign.pk}", f"/api/v1/shipments?campaign={campaign.pk}",
        "/api/v1/payments", "/api/v1/purchase-orders", "/api/v1/offers", "/api/v1/notifications",
        "/api/v1/desk", "/api/v1/members", "/api/v1/needs", "/api/v1/purchases",
    ]  # fmt: skip
    found = {}
    for path in paths:
        read = json.dumps(client.get(path).json(), ensure_ascii=False)
        # Figures are looked for: not within times, and numbers that the database gave.
        found[path] = GIVEN.sub("", read)
        query = "&" if "?" in path else "?"
        sheet = client.get(f"{path}{query}export=xlsx")
        if sheet.headers["Content-Type"].startswith("application/vnd.openxml"):
            rows = openpyxl.load_workbook(io.BytesIO(sheet.content)).active.iter_rows(
                values_only=True
            )
            found[f"{path} (file)"] = "\n".join(str(row) for row in rows)
    return found


def shows(text: str, secret: str) -> bool:
    """Whether it stands there as a figure or a name, not by chance within a key, a hash, a time."""
    return bool(re.search(rf"(?<![0-9a-f.-]){re.escape(secret)}(?![0-9a-f-])", text))


def test_no_single_foreign_firm_is_in_anything_that_an_outside_office_reads() -> None:
    """One foreign firm beside a member of ours: neither its name nor its figures, nor the sum."""
    joint = Joint(threshold_firms=2)
    joint.opened()
    quantity = SECRETS["나홀로상사"]
    joint.join(quantity, "117.13", firm=member(joint.host, name="나홀로상사"))
    ours = joint.ours(40)
    client = client_for(joint.outside)
    open_now = everything(client, joint.campaign)
    run = joint.cleared()
    assert (run.outcome, run.quantity) == ("succeeded", quantity + 40)
    notifications.tell_people()
    for when in (open_now, everything(client, joint.campaign)):
        for path, text in when.items():
            for secret in ("나홀로상사", "1237", "1,237", "1277", "1,277", "117.13"):
                assert not shows(text, secret), (path, secret)
    # The control: the host reads all of them.
    hosts = "\n".join(everything(client_for(joint.office), joint.campaign).values())
    assert all(shows(hosts, secret) for secret in ("나홀로상사", "1237", "1277", "117.13"))
    cleared = client.get(f"/api/v1/campaigns/{joint.campaign.pk}/clearing").json()
    assert (cleared["quantity"], cleared["firms"]) == (None, 2)
    assert cleared["reason"].startswith("공동구매가 성립되었습니다. 단가는")
    lines = client.get(f"/api/v1/campaigns/{joint.campaign.pk}/clearing/lines").json()["results"]
    assert [line["firm"]["id"] for line in lines] == [str(ours.firm_id)]
    mine = client.get(f"/api/v1/campaigns/{joint.campaign.pk}/commitments").json()["results"]
    assert [row["quantity"] for row in mine] == [40]
    # The host reads all of it.
    whole = client_for(joint.office).get(f"/api/v1/campaigns/{joint.campaign.pk}/clearing").json()
    assert (whole["quantity"], whole["reason"]) == (quantity + 40, run.sentence_ko)


def test_the_same_holds_of_a_campaign_that_failed() -> None:
    joint = Joint(threshold_quantity=5000)
    joint.opened()
    joint.join(SECRETS["비밀물산"], firm=member(joint.host, name="비밀물산"))
    joint.ours(40)
    run = joint.cleared()
    assert run.outcome == "failed"
    assert "2,381" in run.sentence_ko
    client = client_for(joint.outside)
    for path, text in everything(client, joint.campaign).items():
        for secret in ("비밀물산", "2341", "2,341", "2381", "2,381", "2619", "2,619"):
            assert not shows(text, secret), (path, secret)


def test_with_two_other_firms_the_totals_are_told() -> None:
    joint = Joint()
    joint.opened()
    joint.join(100)
    joint.join(200)
    joint.ours(40)
    run = joint.cleared()
    client = client_for(joint.outside, "en")
    cleared = client.get(f"/api/v1/campaigns/{joint.campaign.pk}/clearing").json()
    assert (cleared["quantity"], cleared["reason"]) == (340, run.sentence_en)


def test_control_the_totals_of_a_clearing_are_what_gave_it_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queries, "may_know_totals", lambda *_: True)
    with pytest.raises(AssertionError):
        test_no_single_foreign_firm_is_in_anything_that_an_outside_office_reads()


def test_an_outside_office_reads_what_its_members_did_but_not_as_suppliers() -> None:
    joint = Joint()
    joint.sourcing()
    rival = member(joint.partner, name="겸업상사", supplies=True)
    tiers = [(1, Decimal(130))]
    for actor in (rival, joint.supplier):
        offer = campaigns.post_offer(
            actor=actor, campaign_id=joint.campaign.pk, tiers=tiers, pack_size=1, capacity=None,
            lead_time_days=5, delivery_cost=0, valid_until=clock.now() + timedelta(days=60),
        )  # fmt: skip
    campaigns.award_offer(actor=joint.office, campaign_id=joint.campaign.pk, offer_id=offer.pk,
                          reason="최저가")  # fmt: skip
    campaigns.open_campaign(actor=joint.office, campaign_id=joint.campaign.pk)
    joint.join(12, firm=rival)
    joint.join(30)
    rows = client_for(joint.outside).get(
        f"/api/v1/campaigns/{joint.campaign.pk}/history?page_size=100"
    ).json()["results"]  # fmt: skip
    kinds = [row["what"] for row in rows]
    assert kinds.count("commitment_made") == 1
    assert "offer_posted" not in kinds
    assert "offer_declined" not in kinds


def test_only_the_host_changes_states_and_dates() -> None:
    joint = Joint()
    joint.opened()
    client = client_for(joint.outside)
    base = f"/api/v1/campaigns/{joint.campaign.pk}"
    for deed, body in (
        ("extend", {"closes_at": (clock.now() + timedelta(days=20)).isoformat(), "why": "x"}),
        ("cancel", {"why": "x"}), ("close", None), ("fail", {"why": "x"}), ("open", None),
    ):  # fmt: skip
        assert client.post(f"{base}/{deed}", body).status_code == 404, deed
    page = client.get(base).json()
    # It may tell others of it, which changes nothing.
    assert [deed for deed, may in page["can"].items() if may] == ["share"]
