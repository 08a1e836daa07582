"""What a purchase history does to memberships."""

import pytest
from tests.factories.accounts import CooperativeFactory, FirmFactory, buyer_of, coordinator_of
from tests.factories.demand import LINES, csv_bytes, imported

from mungchi.accounts.models import Membership
from mungchi.common.models import History
from mungchi.demand.models import Purchase
from mungchi.notifications.models import Notification
from mungchi.notifications.stage import tell_people

pytestmark = pytest.mark.django_db


def test_a_registered_firm_with_people_of_its_own_is_invited_once() -> None:
    cooperative = CooperativeFactory()
    office = coordinator_of(cooperative)
    represented, vacant = FirmFactory(business_number="1248100998"), FirmFactory()
    buyer_of(represented)
    lines = [
        ["J001", "A-1", "복사용지", "1", "2024.03.05", "900", "124-81-00998", "가나상사"],
        ["J001", "A-1", "복사용지", "2", "2024.03.05", "900", vacant.business_number, "다라상사"],
    ]
    imported(office, csv_bytes([LINES[0], *lines]))
    imported(office, csv_bytes([LINES[0], *lines, lines[0]]))
    states = dict(Membership.objects.values_list("firm", "state"))
    assert (states[represented.pk], states[vacant.pk]) == ("invited", "active")
    assert Purchase.objects.filter(firm=represented).count() == 2
    assert History.objects.filter(kind="membership_invited").count() == 1
    tell_people()
    assert Notification.objects.get(kind="membership_invited").link == "/settings/memberships"
