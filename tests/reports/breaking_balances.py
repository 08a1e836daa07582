"""Ways to break what is promised of a provider's balance; see breaking."""

from collections.abc import Callable

from tests.factories.charging import Charged
from tests.factories.orders import Deal
from tests.reports.breaking import changed, drop_constraint
from tests.reports.breaking_charging import LONG_AGO, charged

from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import Attempt, BalanceLine, BankPayout, BankPayoutPart
from mungchi.payments.operations.comparing import compare_balance


def compared() -> Charged:
    """Charges whose movements of the balance were read, and of which a payout went to the bank."""
    deal = charged("pays", "pays")
    at = clock.now()
    about = {"account": deal.account, "cooperative": deal.host, "currency": "KRW", "at": at,
             "read_at": at}  # fmt: skip
    lines = [
        BalanceLine.objects.create(
            external_id=f"txn_{one.pk}", kind="charge", source_id=one.external_id,
            amount=one.amount, fee=one.fee, net=one.amount - one.fee, **about,
        )
        for one in Attempt.objects.filter(account=deal.account)
        if one.fee is not None
    ]  # fmt: skip
    total = sum(line.net for line in lines)
    BalanceLine.objects.create(
        external_id="txn_po_1", kind="payout", source_id="po_1", amount=-total, fee=0, net=-total,
        **about,
    )  # fmt: skip
    payout = BankPayout.objects.create(
        account=deal.account, cooperative=deal.host, external_id="po_1", state="paid",
        currency="KRW", amount=total, sent_at=at, arrives_on=at.date(), automatic=True,
        parts_read=True,
    )  # fmt: skip
    for line in lines:
        BankPayoutPart.objects.create(payout=payout, line=line, cooperative=deal.host)
    compare_balance(account=deal.account, at=at)
    operations.note_arrival(
        actor=deal.office, payout_id=payout.pk, line_id=None, day=at.date(), why=""
    )
    operations.begin_reading(account=deal.account)
    return deal


def by_hand(table: str, change: str, which: str = "true") -> Callable[[Deal], None]:
    """Change rows of a table of the deal's cooperative, by hand."""

    def break_it(deal: Deal) -> None:
        changed(f"UPDATE {table} SET {change} WHERE cooperative_id = %s AND {which}", deal.host.pk)

    return break_it


def told_twice(deal: Deal) -> None:
    """Let a movement be there twice."""
    drop_constraint("payments_balanceline", "a_movement_is_taken_once")
    changed("UPDATE payments_balanceline SET external_id = 'txn_same' WHERE cooperative_id = %s",
            deal.host.pk)  # fmt: skip


def of_another(deal: Deal) -> None:
    """Let a tie be of another cooperative's."""
    changed("UPDATE payments_balancetie SET cooperative_id = gen_random_uuid()"
            " WHERE cooperative_id = %s", deal.host.pk)  # fmt: skip


BALANCE_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_movement_is_the_entries_it_is_tied_to", compared,
     by_hand("payments_balanceline", "amount = amount + 1, net = net + 1", "kind = 'charge'")),
    ("a_movement_is_taken_once", compared, told_twice),
    ("an_entry_is_one_movement", compared, of_another),
    ("a_payout_is_at_the_bank_once", compared,
     by_hand("payments_bankpayout", "state = 'paid'")),
    ("a_balance_is_read_to_its_end", compared,
     by_hand("payments_balancereading", f"next_at = {LONG_AGO} - interval '1 hour'")),
]  # fmt: skip
