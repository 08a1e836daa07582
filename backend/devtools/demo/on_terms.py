"""Members that buy on terms: one owes soon, one is late and was reminded, one has paid."""

from datetime import timedelta
from typing import Final

from devtools.demo.buying import HOST, Bought, Purchase, run_money
from devtools.demo.people import Cast
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.payments import operations as payments

BASIS: Final = "closing"
DAYS: Final = 30
SINCE: Final = timedelta(days=-58)
# Which member, its limit (nothing: the usual one), and the reason that it reads.
LIMITS: Final = (
    (0, 6_000_000, "10년 넘게 거래했고 연체가 없습니다."),
    (2, None, "조합 이사회에서 기본 한도로 승인했습니다."),
    (8, None, "조합 이사회에서 기본 한도로 승인했습니다."),
    (10, 1_000_000, "첫 외상 거래라 낮은 한도로 시작합니다."),
    (14, 0, "대표자 변경 서류를 확인하는 동안 멈춥니다."),
)
# Due ten days ago: two paid in time, one did not, and was reminded of it twice.
EARLIER: Final = Bought(
    "BOX-5", 1, ((500, 770), (2_000, 730), (5_000, 690)),
    ((0, 900), (2, 650), (6, 400), (8, 500), (11, 350)), closed=40,
    about="봄 성수기에 쓸 택배 상자를 함께 삽니다.", delivery=50_000,
)  # fmt: skip
LATE: Final = 2
# Due in three days.
LATER: Final = Bought(
    "SANI-4", 2, ((20, 11_800), (60, 11_100), (140, 10_600)),
    ((0, 36), (1, 24), (5, 28), (10, 20), (12, 16)), closed=27,
    about="매장과 작업장에 둘 손소독제를 함께 삽니다.",
)  # fmt: skip


def buy_on_terms(cast: Cast) -> None:
    """Play it through the real operations: who may, what was bought so, and what was paid."""
    office = cast.offices[HOST]
    with clock.shifted(SINCE):
        payments.set_terms(
            actor=office, offered=True, basis=BASIS, days=DAYS, default_limit=3_000_000,
            grace_days=7, holds_payout=False,
        )  # fmt: skip
        for place, amount, why in LIMITS:
            payments.set_limit(
                actor=office, firm_id=cast.members[HOST][place].firm_id, amount=amount, why=why
            )
    earlier = _bought(cast, EARLIER, on_terms=(0, LATE, 8))
    later = _bought(cast, LATER, on_terms=(0, 10))
    _reminded(earlier, DAYS - 2)
    with clock.shifted(earlier.after(DAYS - 1)):
        for place in (0, 8):
            earlier.pays(earlier.payment(place))
    _reminded(earlier, DAYS + 1)
    _reminded(earlier, DAYS + 7.5)
    _reminded(later, DAYS - 2.5)
    _next_time(cast)


def _bought(cast: Cast, said: Bought, on_terms: tuple[int, ...]) -> Purchase:
    purchase = Purchase(cast, said).opened()
    with clock.shifted(purchase.after(-1)):
        for place in on_terms:
            _choose(cast, purchase.campaign, place)
    return purchase.closed().transferred(3).delivered(4)


def _reminded(purchase: Purchase, days: float) -> None:
    with clock.shifted(purchase.after(days)):
        run_money()


def _choose(cast: Cast, campaign: Campaign, place: int) -> None:
    payments.choose_terms(
        actor=cast.members[HOST][place], campaign_id=campaign.pk, basis=BASIS, days=DAYS
    )


def _next_time(cast: Cast) -> None:
    """The first firm, whose sign-in is printed, wants to pay so again."""
    campaign = Campaign.objects.get(
        item=cast.items["DIESEL"], state="open", host_id=cast.offices[HOST].cooperative_id
    )
    _choose(cast, campaign, 0)
