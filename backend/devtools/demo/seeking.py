"""What members offer each other, whom the office sought out, and who was brought together."""

from datetime import timedelta
from decimal import Decimal

from devtools.demo import names
from devtools.demo.people import Cast
from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.catalog.models import Category
from mungchi.common import clock
from mungchi.demand.models import Pool
from mungchi.outreach import operations as outreach
from mungchi.outreach import queries
from mungchi.outreach.models import Contact, Listing


def offer_and_seek(cast: Cast) -> None:
    """Play it all through the real operations, each at its time."""
    listings = _listings(cast)
    _introductions(cast, listings)
    _contacts(cast)
    for office in cast.offices.values():
        outreach.survey_cooperative(cooperative_id=office.cooperative_id, at=clock.now())


def _ago(days: int) -> timedelta:
    return timedelta(days=-days)


def _listings(cast: Cast) -> dict[int, Listing]:
    categories = {row.slug: row.pk for row in Category.objects.all()}
    made = {}
    for firm, title, text, kind, category, unit, price, for_campaigns in names.LISTINGS:
        with clock.shifted(_ago(35 - firm % 20)):
            made[firm] = outreach.add_listing(
                actor=cast.firms[firm], title=title, description=text, kind=kind,
                category_id=categories[category], unit=unit,
                price=None if price is None else Decimal(price), region="서울",
                for_campaigns=for_campaigns, for_partners=firm % 3 != 0,
            )  # fmt: skip
    return made


def _introductions(cast: Cast, listings: dict[int, Listing]) -> None:
    """One of each: worked out, to be asked about, declined, waiting for an answer, proposed.

    And one that a member of a partner cooperative is asked for.
    """
    office, hanbit = cast.offices["hanbit"], cast.offices["hanbit"].cooperative_id

    def ask(days: int, seeker: int, giver: int, reason: str) -> object:
        with clock.shifted(_ago(days)):
            return outreach.ask_for_introduction(
                actor=cast.firms[seeker], listing_id=listings[giver].pk, reason=reason,
                phone=f"010-4400-{1000 + seeker}", cooperative_id=hanbit,
            ).pk  # fmt: skip

    def agree(days: int, giver: int, pk: object) -> None:
        with clock.shifted(_ago(days)):
            outreach.accept_introduction(
                actor=cast.firms[giver], introduction_id=pk, phone=f"010-4400-{1000 + giver}"
            )

    good = ask(30, 6, 2, "봄 상품 안내장 3천 장을 찍을 곳을 찾고 있습니다.")
    agree(28, 2, good)
    with clock.shifted(_ago(9)):
        outreach.record_outcome(
            actor=office, introduction_id=good, worked_out=True, value=1_450_000,
            note="안내장 3천 장 인쇄 계약. 다음 달 추가 주문 예정.",
        )  # fmt: skip
    agree(22, 21, ask(24, 10, 21, "새 포장 디자인을 맡기고 싶습니다."))
    refused = ask(18, 14, 7, "매장 일부를 고치려고 합니다.")
    with clock.shifted(_ago(16)):
        outreach.decline_introduction(
            actor=cast.firms[7], introduction_id=refused, why="연말까지 일정이 차 있습니다."
        )
    ask(2, 4, 28, "견본을 일본에 보내려고 합니다.")
    ask(3, 12, 0, "시제품 부품 열 개를 깎아 줄 곳을 찾고 있습니다.")
    with clock.shifted(_ago(1)):
        outreach.introduce_member(
            actor=office, firm_id=cast.firms[0].firm_id, giver_id=cast.firms[13].firm_id,
            reason="공장 조명 교체를 알아보고 계신다고 들었습니다.",
            listing_id=listings[13].pk,
        )  # fmt: skip


def _contacts(cast: Cast) -> None:
    """Calls, a visit, suggestions and answers; one firm asks to be left alone."""
    office = cast.offices["hanbit"]
    forgotten = cast.forgotten
    with clock.shifted(_ago(12)):
        outreach.record_contact(
            actor=office, firm_id=forgotten[0].firm_id, how="telephone",
            said="요즘 어떻게 지내시는지 여쭈었습니다.", answer="unreachable",
            follow_up_date=(clock.now() + timedelta(days=7)).date(),
        )  # fmt: skip
    with clock.shifted(_ago(4)):
        asked = outreach.ask_for_needs(
            actor=office, firm_id=forgotten[1].firm_id,
            said="다음 달에 필요한 포장재가 있으시면 알려 주십시오.",
        )  # fmt: skip
    _come_back(cast, asked)
    outreach.leave_us_alone(actor=forgotten[2], cooperative_id=office.cooperative_id)
    left_out = queries.left_out_of(office.cooperative_id, clock.now()).rows
    others = [row for row in left_out if row.firm_id not in {one.firm_id for one in forgotten}]
    for row in others[:1]:
        _suggest_campaign(office, row.firm_id)
    for row in others[1:2]:
        pool = Pool.objects.filter(cooperative_id=office.cooperative_id, state="open").first()
        outreach.suggest_pool(
            actor=office, firm_id=row.firm_id, pool_id=pool.pk,
            said="수요를 올려 주시면 다음 공동구매에 함께 넣겠습니다.",
        )  # fmt: skip


def _come_back(cast: Cast, asked: Contact) -> None:
    """One answers, and takes part again."""
    firm = cast.forgotten[1]
    with clock.shifted(_ago(3)):
        outreach.answer_proposal(
            actor=firm, contact_id=asked.pk, answer="interested", note="상자가 필요합니다."
        )
    with clock.shifted(_ago(2)):
        campaign = Campaign.objects.get(item=cast.items["BOX-5"], state="open")
        campaigns.commit(actor=firm, campaign_id=campaign.pk, quantity=300)


def _suggest_campaign(office: Actor, firm_id: object) -> None:
    campaign = Campaign.objects.filter(
        host_id=office.cooperative_id, state="open", closes_at__gt=clock.now()
    ).order_by("closes_at")[0]
    contact = outreach.suggest_campaign(
        actor=office, firm_id=firm_id, campaign_id=campaign.pk,
        said="작년에 사신 양이면 다음 구간까지 얼마 남지 않습니다.",
    )  # fmt: skip
    outreach.change_contact(
        actor=office, contact_id=contact.pk,
        follow_up_date=(clock.now() - timedelta(days=1)).date(),
    )  # fmt: skip
