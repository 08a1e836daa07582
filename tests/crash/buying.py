"""Campaigns whose firms pay in every way there is, or do not: who they are, and what comes of it.

Everything is drawn before it begins, so that what is to be there in the end is known by then.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from tests.factories import crowd
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.campaigns import Story
from tests.factories.charging import account_of
from tests.simulated import Simulated

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat
from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import Consent, Mandate, ProviderAccount

# What a firm does, by the card that it saved (None: it pays by transfer), and how often it is met.
FATES: Final[dict[str, tuple[str | None, int]]] = {
    "good": ("visa", 60),
    "soft": ("insufficient_funds", 6),  # declined at first, covered when it is tried again
    "slow": ("processing", 5),  # the provider says it later
    "bank": ("authenticate", 7),  # the firm comes and takes the step at its bank
    "other way": ("lost_card", 4),  # the firm chooses to transfer instead
    "transfer": (None, 8),
    "declined": ("expired_card", 5),  # nobody comes
    "absent": ("authenticate", 2),
    "silent": (None, 3),
}
NEVER: Final = ("declined", "absent", "silent")
COMES: Final = ("bank", "other way")
BY_TRANSFER: Final = ("other way", "transfer")
# What becomes of the campaigns, in turn: the rest carries its price, or somebody decides.
ENDS: Final = ("carries", "fail", "pay", "word")
# Where the provider sends the supplier's money, as far as its balance carries it. All of one host:
# what firms paid to its bank account is not in that balance, what was charged for others is.
TRANSFERRED: Final = ("carries", "pay")
MOST: Final = 10_000_000


@dataclass(frozen=True)
class Buyer:
    """One firm in one campaign; `back`: how much of what it pays it gets back by agreement, in
    thousandths."""

    firm: UUID
    fate: str
    quantity: int
    back: int
    actor: Actor | None
    method: str

    @property
    def pays(self) -> bool:
        """Whether its money comes, sooner or later."""
        return self.fate not in NEVER


@dataclass
class Buy:
    """A campaign, the people of its office and what is going to become of it."""

    story: Story
    second: Actor
    account: ProviderAccount
    end: str
    buyers: dict[UUID, Buyer] = field(default_factory=dict)

    @property
    def campaign(self) -> UUID:
        """Its id."""
        return self.story.campaign.pk

    @property
    def transferred(self) -> bool:
        """Whether its supplier is to be paid by the provider."""
        return self.end in TRANSFERRED


def campaigns(simulator: Simulated, random: Random, count: int, size: int) -> list[Buy]:
    """So many campaigns of so many firms each, with two cooperatives in turn; all of them open."""
    hosts = [CooperativeFactory(host_fee_bp=250) for _ in range(2)]
    accounts: dict[UUID, ProviderAccount] = {}
    buys = []
    for number in range(count):
        host = hosts[number % len(hosts)]
        end = ENDS[number % len(ENDS)]
        drawn = _fates(random, size, end)
        quantities = [random.randint(1, 40) for _ in drawn]
        tiers = [(1, "1250")] if end == "carries" else [(1, "1350"), (sum(quantities), "1250")]
        story = Story(host=host, tiers=tiers, delivery_cost=30_001,
                      given={"closes_at": clock.now() + timedelta(days=9)}).opened()  # fmt: skip
        Seat.objects.filter(pk=story.supplier.seat_id).update(role="owner")
        operations.name_account(actor=story.supplier, bank_name="신한은행",
                                bank_account="110-222-333", bank_holder="대한종이")  # fmt: skip
        if host.pk not in accounts:
            known = simulator.credentials(str(host.pk))
            accounts[host.pk] = account_of(story, "stripe", known.secret_key, known.webhook_secret)
            # Where the provider connects suppliers' accounts.
            ProviderAccount.objects.filter(pk=accounts[host.pk].pk).update(country="US")
        buy = Buy(story, coordinator_of(host), accounts[host.pk], end)
        _join(simulator, random, buy, drawn, quantities)
        buys.append(buy)
    return buys


def _fates(random: Random, size: int, end: str) -> list[str]:
    """Two at least pay; where somebody decides one at least does not."""
    weights = [weight for _, weight in FATES.values()]
    fates = ["good", "good", *random.choices(list(FATES), weights, k=size - 2)]
    if end != "carries" and not set(fates) & set(NEVER):
        fates[-1] = random.choice(NEVER)
    random.shuffle(fates)
    return fates


def _join(
    simulator: Simulated, random: Random, buy: Buy, fates: list[str], quantities: list[int]
) -> None:
    host = buy.story.host
    firms = crowd.firms(host, len(fates))
    crowd.commit_all(buy.story.campaign, firms, [crowd.Terms(many) for many in quantities])
    come = [firm for firm, fate in zip(firms, fates, strict=True) if fate in COMES]
    actors = {actor.firm_id: actor for actor in crowd.buyers(come)}
    methods = _saved(simulator, buy, dict(zip(firms, fates, strict=True)))
    for firm, fate, many in zip(firms, fates, quantities, strict=True):
        back = random.choice([0, 0, 0, 0, random.randint(1, 1000)]) if buy.end != "fail" else 0
        buy.buyers[firm] = Buyer(firm, fate, many, back, actors.get(firm), methods.get(firm, ""))


def _saved(simulator: Simulated, buy: Buy, fates: dict[UUID, str]) -> dict[UUID, str]:
    """Let firms save their cards and agree to be charged; return firm -> method."""
    at, host, by = clock.now(), buy.story.host, buy.story.office.user_id
    cards = {firm: FATES[fate][0] for firm, fate in fates.items()}
    saved = {
        firm: simulator.card(card, str(host.pk)) for firm, card in cards.items() if card is not None
    }
    mandates = Mandate.objects.bulk_create(
        Mandate(account=buy.account, cooperative=host, firm_id=firm, customer_id=customer,
                session_id=f"cs_{buy.campaign}_{firm}", method_id=method, kind="card",
                label="•••• 4242", created_by_id=by, created_at=at)
        for firm, (customer, method) in saved.items()
    )  # fmt: skip
    Mandate.objects.filter(pk__in=[row.pk for row in mandates]).update(state="active")
    Consent.objects.bulk_create(
        Consent(mandate=row, cooperative=host, firm_id=row.firm_id, campaign=buy.story.campaign,
                text="동의합니다", language="ko", most=MOST, currency="KRW", given_by_id=by,
                given_at=at)
        for row in mandates
    )  # fmt: skip
    return {firm: method for firm, (_, method) in saved.items()}
