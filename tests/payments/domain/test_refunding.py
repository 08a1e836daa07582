"""What of a refund is VAT and fees: exact, whatever the amounts and however many refunds."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.payments.domain.refunding import NOTHING, Shares, payment_state, shares_of

PARTS = st.builds(Shares, *[st.integers(0, 10**13)] * 7).filter(lambda parts: parts.amount > 0)


@given(PARTS, st.data())
def test_refunds_up_to_the_whole_give_back_exactly_each_part(parts: Shares, data: st.DataObject):
    left, back = parts, NOTHING
    for _ in range(data.draw(st.integers(0, 6))):
        if left.amount == 0:
            break
        amount = data.draw(st.integers(1, left.amount))
        shares = shares_of(amount, left)
        assert shares.amount == amount
        assert all(0 <= some <= all_ for some, all_ in
                   zip(astuple(shares), astuple(left), strict=True))  # fmt: skip
        left, back = left.less(shares), back.plus(shares)
    if left.amount:
        last = shares_of(left.amount, left)
        assert last == left
        back = back.plus(last)
    assert back == parts


@given(PARTS, st.data())
def test_each_part_is_its_share_to_the_unit(parts: Shares, data: st.DataObject):
    amount = data.draw(st.integers(1, parts.amount))
    for some, whole in zip(astuple(shares_of(amount, parts)), astuple(parts), strict=True):
        assert abs(some * parts.amount - whole * amount) < parts.amount


def test_of_ten_won_of_a_thousand_with_vat_one_is_vat():
    shares = shares_of(11, Shares(1000, 0, 100, 0, 0, 0, 0))
    assert (shares.supply_value, shares.vat) == (10, 1)


@pytest.mark.parametrize("amount", [0, -1, 1101])
def test_no_refund_is_nothing_or_more_than_was_paid(amount: int):
    with pytest.raises(ValueError, match=r"^a refund is above zero and at most what is left$"):
        shares_of(amount, Shares(1000, 0, 100, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("open_", "returned", "state"),
    [
        (0, 0, "paid"),
        (1, 0, "partially_refunded"),
        (0, 1, "partially_refunded"),
        (99, 1, "refund_due"),
        (100, 0, "refund_due"),
        (0, 100, "refunded"),
    ],
)
def test_a_payment_is_as_its_refunds_leave_it(open_: int, returned: int, state: str):
    assert payment_state(100, open_=open_, returned=returned) == state
