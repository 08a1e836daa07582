"""Members that are charged by a saved card, and what became of it: a dispute, a comparison.

It asks the payment simulator, in no transaction, whose clock goes back with ours. Where money is
asked of anything else, or of nothing, the demonstration has none of this.
"""

import io
import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings

from devtools.demo import names
from devtools.demo.buying import HOST, Bought, Purchase, run_money
from devtools.demo.people import Cast
from mungchi.campaigns import queries as campaigns
from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import BankPayout, Dispute, Payment, ProviderAccount
from mungchi.payments.operations import Asking

KEY: Final = "sk_test_hanbit"
SECRET: Final = "whsec_hanbit"  # noqa: S105 - the simulator takes any
SECONDS: Final = 10
CHARGED: Final = Bought(
    "LED-50", 5, ((24, 30_500), (48, 28_900), (96, 27_400)),
    ((0, 16), (4, 24), (7, 12), (13, 28), (17, 20)), closed=16,
    about="매장 조명을 고효율 등으로 함께 바꿉니다.",
)  # fmt: skip
# Whose bank took the money back, and whose only asked.
DISPUTES, ASKS = 13, 7


def charge_at_a_provider(cast: Cast) -> bool:
    """Play it where the simulator runs; tell whether it did."""
    if not settings.STRIPE_API_BASE or not _is_simulated():
        return False
    with _at(timedelta(days=-22)):
        operations.enter_key(
            actor=cast.offices[HOST], provider="stripe", secret_key=KEY, webhook_secret=SECRET
        )
    purchase = Purchase(cast, CHARGED).opened()
    with _at(purchase.after(-2)):
        for place, _ in CHARGED.wanted:
            _agrees(purchase, place)
    purchase.closed()
    with _at(purchase.after(0) + timedelta(hours=1)):
        operations.call_all(*operations.CHARGES)
        run_money()
    purchase.delivered(1)
    _to_the_bank(purchase)
    _disputed(purchase)
    _compared(purchase)
    return True


def _agrees(purchase: Purchase, place: int) -> None:
    """A member saves a card on the provider's page, and agrees to be charged."""
    actor = purchase.cast.members[HOST][place]
    row, _ = operations.begin_saving(
        actor=actor, cooperative_id=purchase.campaign.host_id, language="ko"
    )
    control("choose", session=row.session_id, card="mastercard" if place % 2 else "visa")
    mandate = operations.finish_setup(row.pk)
    held = campaigns.owing_in(actor, purchase.campaign.pk)
    assert held is not None  # noqa: S101 - it has joined
    operations.agree(
        actor=actor, campaign_id=purchase.campaign.pk, mandate_id=mandate.pk,
        most=held.owing.at_most["total"], language="ko",
    )  # fmt: skip


def _to_the_bank(purchase: Purchase) -> None:
    """What was charged so far is sent to the cooperative's own account, and is there."""
    with _at(purchase.after(3)):
        sent = control("pay_to_bank", key=KEY)
    with _at(purchase.after(5)):
        control("settle_bank_payout", payout=sent["id"], state="paid")
        _read(purchase)
        operations.note_arrival(
            actor=purchase.office, payout_id=BankPayout.objects.get(external_id=sent["id"]).pk,
            line_id=None, day=purchase.today(), why="인터넷뱅킹에서 입금을 확인했습니다.",
        )  # fmt: skip


def _disputed(purchase: Purchase) -> None:
    """One bank asks and is content, another takes the money; the office gathers what it has."""
    with _at(purchase.after(7)):
        asked = control(
            "dispute", charge=_charge(purchase, ASKS), reason="unrecognized", inquiry=True
        )
        _hear()
    with _at(purchase.after(10)):
        control("close_dispute", dispute=asked["id"], won=True)
    with _at(purchase.after(12)):
        control("dispute", charge=_charge(purchase, DISPUTES), reason="product_not_received")
        _hear()
    dispute = Dispute.objects.get(payment=purchase.payment(DISPUTES))
    with clock.shifted(purchase.after(13)):
        operations.note_dispute(
            actor=purchase.office, dispute_id=dispute.pk,
            text="대표님과 통화했습니다. 경리 담당자가 바뀌어 결제 내역을 몰랐다고 합니다. "
            "수령 확인서를 받아 함께 제출하기로 했습니다.",
        )  # fmt: skip
        operations.add_dispute_file(
            actor=purchase.office, dispute_id=dispute.pk, filename="수령 확인서.pdf",
            stream=io.BytesIO(names.CERTIFICATE),
        )  # fmt: skip


def _hear() -> None:
    reading = Asking(partial(operations.begin_polls, clock.now()), operations.take_poll)
    operations.call_all(reading)
    operations.call_all(*operations.EVENTS)


def _compared(purchase: Purchase) -> None:
    """Two things were done at the provider by hand, which the books know nothing of."""
    with _at(purchase.after(14)):
        control("pay_elsewhere", key=KEY, amount=88_000)
        control("refund_elsewhere", charge=_charge(purchase, 4), amount=30_000)
    with _at(timedelta(hours=-3)):
        _hear()
        _read(purchase)


def _read(purchase: Purchase) -> None:
    account = ProviderAccount.objects.get(cooperative_id=purchase.campaign.host_id)
    reading = operations.begin_reading(account=account)
    while reading.ended_at is None:
        operations.go_on_reading(reading_id=reading.pk)
        reading.refresh_from_db()
        if reading.problem:
            raise RuntimeError(f"the balance was not read: {reading.problem}")


def _charge(purchase: Purchase, place: int) -> str:
    payment: Payment = purchase.payment(place)
    return str(payment.attempts.get(state="succeeded").external_id)


@contextmanager
def _at(shift: timedelta) -> Iterator[None]:
    """Here and at the simulator it is then."""
    control("clock", shift=shift.total_seconds())
    try:
        with clock.shifted(shift):
            yield
    finally:
        control("clock", shift=0)


def control(verb: str, **asked: Any) -> Any:
    """Ask something of the simulator (see devtools.simulator.control). Raises OSError."""
    request = urllib.request.Request(  # noqa: S310 - always http, on this machine
        f"{settings.STRIPE_API_BASE}/_control/{verb}", json.dumps(asked).encode(), method="POST"
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
        return json.load(answer)


def _is_simulated() -> bool:
    try:
        return "charged" in control("state")
    except (OSError, ValueError):
        return False
