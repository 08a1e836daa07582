"""Ways to break what is promised of charging; see breaking."""

from collections.abc import Callable
from datetime import timedelta

from tests.factories.charging import Charged, charge_saved_methods
from tests.factories.orders import Deal
from tests.factories.provider import Till, away, serving
from tests.reports.breaking import changed

from mungchi.common import clock
from mungchi.payments.models import ProviderEvent


def charged(*ways: str) -> Charged:
    """A campaign whose firms' methods were charged."""
    with serving(Till()):
        deal = Charged().scheduled(*ways)
        charge_saved_methods()
        return deal


def unanswered() -> Charged:
    """A campaign one of whose charges nobody has answered yet."""
    till = Till()
    with serving(till):
        deal = Charged().scheduled("pays", "pays")
        till.before = away("charge")
        charge_saved_methods()
        return deal


def told() -> Charged:
    """A campaign of which the provider has told."""
    deal = charged("pays", "pays")
    at = clock.now()
    ProviderEvent.objects.create(
        account=deal.account, cooperative=deal.host, external_id="evt_1", kind="charge.succeeded",
        object_kind="charge", object_id="ch_1", happened_at=at, received_at=at,
    )  # fmt: skip
    return deal


def by_hand(change: str, table: str = "payments_attempt") -> Callable[[Deal], None]:
    """Change tries of the deal's cooperative, by hand."""

    def break_it(deal: Deal) -> None:
        changed(f"UPDATE {table} SET {change} WHERE cooperative_id = %s", deal.host.pk)

    return break_it


def agreed_to_less(deal: Deal) -> None:
    """Let what firms agreed to have been less."""
    changed("UPDATE payments_consent SET most = most - 1 WHERE cooperative_id = %s", deal.host.pk)


def booked_twice(deal: Deal) -> None:
    """Let one charge be booked as owed back too."""
    changed("UPDATE payments_ledgerentry SET kind = 'charged_late', key = replace(key, 'charged:',"
            " 'charged_late:') WHERE cooperative_id = %s AND kind = 'charged'",
            deal.host.pk)  # fmt: skip
    changed("UPDATE payments_ledgerentry e SET kind = 'charged', key = (SELECT format("
            "'charged:%%s:1', min(a.id::text)) FROM payments_attempt a WHERE a.payment_id ="
            " e.payment_id) WHERE cooperative_id = %s AND kind = 'provider_fee'",
            deal.host.pk)  # fmt: skip


LONG_AGO = f"now() - interval '{timedelta(hours=1).seconds} seconds'"

CHARGING_BREAKS: list[tuple[str, Callable[[], Deal], Callable[[Deal], None]]] = [
    ("a_charge_is_the_obligation", lambda: charged("pays", "pays"), by_hand("amount = amount - 1")),
    ("a_charge_was_agreed_to", lambda: charged("pays", "pays"), agreed_to_less),
    ("a_charge_is_booked_once", lambda: charged("pays", "pays"), booked_twice),
    ("no_charge_hangs", unanswered, by_hand(f"sent_at = {LONG_AGO}")),
    ("an_event_of_a_provider_is_applied_once", told,
     by_hand(f"received_at = {LONG_AGO}", "payments_providerevent")),
]  # fmt: skip
