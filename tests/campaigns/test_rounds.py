"""A round of offers is fair: it ends when suppliers were told, and nobody's prices help a rival."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.campaigns.test_split_award import Shared
from tests.factories.accounts import (
    CooperativeFactory,
    coordinator_of,
    member,
    partners,
    supplier,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.operations.offers import OffersNotTaken
from mungchi.campaigns.operations.rounds import OffersDueFixed, OffersDueOnlyLater
from mungchi.campaigns.operations.withdrawing import WithdrawalOver
from mungchi.campaigns.queries.live import standing_to_many
from mungchi.common import clock, wall
from mungchi.common.models import History
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db
DUE = timedelta(days=2)


def offer(who: Actor, campaign: Campaign, price: str = "900", **terms: Any) -> Offer:
    """A rival's offer."""
    given = {
        "pack_size": 1,
        "capacity": None,
        "lead_time_days": 3,
        "delivery_cost": 0,
        "valid_until": clock.now() + timedelta(days=60),
        "tiers": [(1, Decimal(price))],
    }
    return operations.post_offer(actor=who, campaign_id=campaign.pk, **{**given, **terms})


def revised(who: Actor, row: Offer, price: str) -> Offer:
    """The same with another price."""
    return operations.revise_offer(
        actor=who, offer_id=row.pk, tiers=[(1, Decimal(price))], pack_size=1, capacity=None,
        lead_time_days=3, delivery_cost=0, valid_until=row.valid_until,
    )  # fmt: skip


def moved(story: Story, by: timedelta | None) -> Campaign:
    """The due time, moved from where it stands."""
    due = Campaign.objects.get(pk=story.campaign.pk).offers_due_at
    after = None if by is None or due is None else due + by
    return operations.change_campaign(
        actor=story.office, campaign_id=story.campaign.pk, offers_due_at=after
    )


def award(story: Story, row: Offer) -> None:
    """The office chooses."""
    operations.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=row.pk, reason="가장 싸서"
    )


def told(who: Actor, kind: str) -> list[str]:
    """The sentences of a kind that somebody was told."""
    for _ in range(2):
        pipeline.run_stages()
    rows = Notification.objects.filter(user_id=who.user_id, kind=kind)
    return list(rows.values_list("sentence_ko", flat=True))


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("by", [timedelta(seconds=-1), -DUE + timedelta(seconds=8), None])
def test_offers_are_never_due_earlier_than_suppliers_were_told(
    sealed: bool, by: timedelta | None
) -> None:
    story = Story(given={"sealed": sealed}).sourcing()
    if sealed and by is None:
        return
    with pytest.raises(OffersDueOnlyLater):
        moved(story, by)
    assert Campaign.objects.get().offers_due_at == story.campaign.offers_due_at


def test_a_sealed_round_is_not_opened_and_sealed_again() -> None:
    """As somebody at the office tried: due in eight seconds, read, due in two days again."""
    story = Story(given={"sealed": True}).sourcing()
    rival = supplier()
    offer(rival, story.campaign)
    office = client_for(story.office)
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    soon = (clock.now() + timedelta(seconds=8)).isoformat()
    answer = office.patch(path, {"offers_due_at": soon}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "offers_due_only_later")
    with clock.shifted(timedelta(seconds=10)):
        assert office.get(f"{path}/offers").json()["results"] == []
    with clock.shifted(DUE + timedelta(minutes=1)):
        assert len(office.get(f"{path}/offers").json()["results"]) == 1
        later = (clock.now() + timedelta(days=1)).isoformat()
        again = office.patch(path, {"offers_due_at": later}, format="json")
        assert (again.status_code, again.json()["code"]) == (409, "offers_due_fixed")
        with pytest.raises(OffersNotTaken):
            offer(supplier(), story.campaign)


def test_a_later_due_time_is_told_to_those_who_were_asked_or_have_offered() -> None:
    story = Story(given={"sealed": True}).sourcing()
    invited, offering, idle = supplier(), supplier(), supplier()
    operations.invite_suppliers(
        actor=story.office, campaign_id=story.campaign.pk, suppliers=[invited.firm_id]
    )
    offer(offering, story.campaign)
    moved(story, timedelta(days=1))
    assert len(told(invited, "offers_due_moved")) == len(told(offering, "offers_due_moved")) == 1
    assert told(idle, "offers_due_moved") == []
    # What is sent again unchanged, with other things, is no news and no error.
    operations.change_campaign(
        actor=story.office, campaign_id=story.campaign.pk, title="고친 제목",
        offers_due_at=Campaign.objects.get().offers_due_at,
    )  # fmt: skip
    with clock.shifted(DUE + timedelta(days=2)):
        due = Campaign.objects.get().offers_due_at
        operations.change_campaign(
            actor=story.office, campaign_id=story.campaign.pk, title="또 고침", offers_due_at=due
        )
    assert History.objects.filter(kind="offers_due_moved").count() == 1


def test_a_round_without_a_due_time_may_get_one() -> None:
    story = Story(given={"offers_due_at": None}).sourcing()
    offering = supplier()
    offer(offering, story.campaign)
    operations.change_campaign(
        actor=story.office, campaign_id=story.campaign.pk, offers_due_at=clock.now() + DUE
    )
    assert len(told(offering, "offers_due_moved")) == 1


def test_a_draft_moves_its_dates_as_it_likes() -> None:
    story = Story()
    moved(story, timedelta(hours=-1))
    assert not History.objects.filter(kind="offers_due_moved").exists()


REFUSED = [
    ("offers_due_at = offers_due_at - interval '1 hour'", "offers_are_due_only_later"),
    ("offers_due_at = NULL", "offers_are_due_only_later"),
    ("sealed = NOT sealed", "a_round_stays_sealed_or_open"),
]


@pytest.mark.parametrize(("change", "rule"), REFUSED)
def test_the_database_refuses_it_too(change: str, rule: str) -> None:
    story = Story(given={"sealed": False}).sourcing()
    with (
        pytest.raises(IntegrityError) as refused, transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"UPDATE campaigns_campaign SET {change} WHERE id = %s", [story.campaign.pk])
    assert refused.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]


def test_once_due_the_database_moves_it_no_more() -> None:
    story = Story(given={"sealed": True}).sourcing()
    with clock.shifted(DUE + timedelta(hours=1)), transaction.atomic():
        clock.now()
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.update(offers_due_at=clock.now() + timedelta(days=1))
    assert Campaign.objects.get().offers_due_at == story.campaign.offers_due_at


class Awarded:
    """An unsealed round in which the office chose two days before offers are due."""

    def __init__(self) -> None:
        self.story = Story(given={"sealed": False}).offered()
        self.campaign, self.rival = self.story.campaign, supplier()
        self.other = offer(self.rival, self.campaign)
        award(self.story, self.story.offer)

    def seen(self, who: Actor) -> dict[str, Any]:
        """Its page."""
        answer = client_for(who).get(f"/api/v1/campaigns/{self.campaign.pk}")
        assert answer.status_code == 200
        return answer.json()  # type: ignore[no-any-return]

    def listed(self, who: Actor) -> dict[str, Any]:
        """Its line in the list."""
        rows = client_for(who).get("/api/v1/campaigns").json()["results"]
        return next(row for row in rows if row["id"] == str(self.campaign.pk))


def test_an_award_ends_the_round_and_tells_nobody_else_of_the_terms() -> None:
    scene = Awarded()
    outsider, firm = supplier(), member(scene.story.host)
    for who in (scene.rival, outsider, firm):
        page = scene.seen(who)
        assert page["ladder"] is None
        assert page["award"] is None
        assert page["can"]["offer"] is False
        assert scene.listed(who)["ladder"] is None
        standing = client_for(who).get(f"/api/v1/standings?campaigns={scene.campaign.pk}").json()
        assert standing["standings"][0]["ladder"] is None
    for who in (scene.story.office, scene.story.supplier):
        assert scene.seen(who)["ladder"]["list_price"]
        assert scene.seen(who)["award"]["reason"] == "가장 싸서"
    with pytest.raises(OffersNotTaken):
        revised(scene.rival, scene.other, "1")
    with pytest.raises(OffersNotTaken):
        offer(outsider, scene.campaign)
    with pytest.raises(OffersDueFixed):
        moved(scene.story, timedelta(days=1))


def test_behind_the_wall_the_ladder_is_the_offices_and_the_suppliers_until_opening() -> None:
    scene = Awarded()

    def rows(who: Actor) -> list[Any]:
        with transaction.atomic():
            wall.stand_behind(who)
            try:
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT 1 FROM campaigns_ladder WHERE campaign_id = %s"
                        " UNION ALL SELECT 2 FROM campaigns_offer WHERE id = %s",
                        [scene.campaign.pk, scene.story.offer.pk],
                    )
                    return cursor.fetchall()
            finally:
                wall.leave()

    assert rows(scene.rival) == rows(member(scene.story.host)) == []
    assert {2, 1} == {n for (n,) in rows(scene.story.office)}
    assert {2, 1} == {n for (n,) in rows(scene.story.supplier)}
    operations.open_campaign(actor=scene.story.office, campaign_id=scene.campaign.pk)
    assert {2, 1} == {n for (n,) in rows(member(scene.story.host))}


def test_the_database_takes_no_offer_after_an_award() -> None:
    scene = Awarded()
    for change in (
        lambda: Offer.objects.create(
            campaign=scene.campaign, supplier_id=supplier().firm_id, lead_time_days=1,
            valid_until=clock.now(), created_at=clock.now(), revised_at=clock.now(),
        ),
        lambda: Offer.objects.filter(pk=scene.other.pk).update(revised_at=clock.now()),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="is awarded"), transaction.atomic():
            change()


def test_who_lost_learns_neither_the_winner_nor_the_terms_after_opening() -> None:
    scene = Awarded()
    operations.open_campaign(actor=scene.story.office, campaign_id=scene.campaign.pk)
    path = f"/api/v1/campaigns/{scene.campaign.pk}"
    page = scene.seen(scene.rival)
    assert (page["ladder"], page["award"]) == (None, None)
    assert scene.listed(scene.rival)["ladder"] is None
    winner = scene.story.supplier
    for _ in range(2):
        pipeline.run_stages()
    words = Notification.objects.filter(user_id=scene.rival.user_id).values_list("sentence_ko")
    assert not any(scene.story.offer.supplier.name in sentence for (sentence,) in words)
    scene.story.join(600)
    scene.story.join(600)
    scene.story.cleared()
    page = scene.seen(scene.rival)
    assert (page["outcome"], page["clearing"]) == (None, None)
    for end in ("course", "clearing", "quote?quantity=1"):
        assert client_for(scene.rival).get(f"{path}/{end}").status_code in {403, 404}, end
    trail = client_for(scene.rival).get(f"{path}/history").json()
    assert "campaign_cleared" not in str(trail)
    assert "campaign_opened" in str(trail)
    assert "campaign_cleared" in str(client_for(winner).get(f"{path}/history").json())


def test_a_member_that_offered_reads_what_members_read() -> None:
    scene = Awarded()
    as_member = member(scene.story.host)
    Membership.objects.filter(firm_id=as_member.firm_id).update(firm_id=scene.rival.firm_id)
    assert scene.seen(scene.rival)["ladder"] is None
    operations.open_campaign(actor=scene.story.office, campaign_id=scene.campaign.pk)
    assert scene.seen(scene.rival)["ladder"]["list_price"]
    assert scene.seen(scene.rival)["award"]["supplier"]


def test_a_partners_office_reads_it_once_it_is_open() -> None:
    host, other = CooperativeFactory(), CooperativeFactory()
    partners(host, other)
    story = Story(host=host, given={"reach": "partners", "partners": [other.pk]}).offered()
    award(story, story.offer)
    office = client_for(coordinator_of(other))
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    assert office.get(path).json()["ladder"] is None
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert office.get(path).json()["ladder"] is not None


def test_open_screens_are_sent_no_ladder_that_the_page_does_not_show() -> None:
    scene = Awarded()
    firm = member(scene.story.host)
    everybody = [scene.rival, firm, scene.story.supplier, scene.story.office]

    def with_ladder() -> list[Actor]:
        sent = standing_to_many(scene.campaign.pk, everybody)
        return [who for who in everybody if sent[who]["ladder"]]

    assert with_ladder() == [scene.story.supplier, scene.story.office]
    operations.open_campaign(actor=scene.story.office, campaign_id=scene.campaign.pk)
    assert with_ladder() == [firm, scene.story.supplier, scene.story.office]


def test_the_chosen_supplier_withdraws_until_due_and_the_round_goes_on() -> None:
    scene = Awarded()
    winner = scene.story.supplier
    assert scene.seen(winner)["can"]["withdraw_offer"] is True
    answer = client_for(winner).post(f"/api/v1/offers/{scene.story.offer.pk}/withdraw")
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    campaign = Campaign.objects.get()
    assert (campaign.awarded_offer_id, campaign.award_reason) == (None, "")
    office = told(scene.story.office, "award_withdrawn")
    assert len(office) == 1
    assert scene.story.offer.supplier.name in office[0]
    assert len(told(scene.rival, "award_withdrawn")) == 1
    assert scene.story.offer.supplier.name not in told(scene.rival, "award_withdrawn")[0]
    assert told(winner, "award_withdrawn") == []
    revised(scene.rival, scene.other, "880")
    offer(winner, campaign)
    assert scene.seen(scene.rival)["can"]["offer"] is True


def opened(scene: Awarded) -> None:
    operations.open_campaign(actor=scene.story.office, campaign_id=scene.campaign.pk)


@pytest.mark.parametrize(("after", "do"), [(DUE, None), (timedelta(), opened)])
def test_it_binds_once_due_or_opened_and_says_so_in_words(
    after: timedelta, do: Callable[[Awarded], None] | None
) -> None:
    scene = Awarded()
    if do:
        do(scene)
    with clock.shifted(after):
        for who, row in ((scene.story.supplier, scene.story.offer), (scene.rival, scene.other)):
            assert scene.seen(who)["can"]["withdraw_offer"] is False
            with pytest.raises(WithdrawalOver):
                operations.withdraw_offer(actor=who, offer_id=row.pk)


def test_who_was_chosen_before_another_may_withdraw_as_well() -> None:
    scene = Awarded()
    award(scene.story, scene.other)
    row = operations.withdraw_offer(actor=scene.story.supplier, offer_id=scene.story.offer.pk)
    assert row.state == "withdrawn"
    assert Campaign.objects.get().awarded_offer_id == scene.other.pk


@pytest.mark.parametrize("which", ["first", "second"])
def test_either_supplier_of_a_split_award_withdraws_until_due(which: str) -> None:
    story = Shared()
    part = story.split()
    who, row = (story.supplier, story.offer) if which == "first" else (story.other, story.second)
    own = part if which == "second" else story.campaign
    page = client_for(who).get(f"/api/v1/campaigns/{own.pk}").json()
    assert page["can"]["withdraw_offer"] is True
    assert client_for(who).post(f"/api/v1/offers/{row.pk}/withdraw").status_code == 200
    for one in (story.campaign, part, row):
        one.refresh_from_db()
    assert (row.state, row.campaign_id, part.state) == (
        "withdrawn", story.campaign.pk, "cancelled",
    )  # fmt: skip
    kept = story.offer.pk if which == "second" else None
    assert story.campaign.awarded_offer_id == kept
    assert len(told(story.office, "award_withdrawn")) == 1
    if which == "second":
        with clock.shifted(DUE), pytest.raises(WithdrawalOver):
            operations.withdraw_offer(actor=story.supplier, offer_id=story.offer.pk)
