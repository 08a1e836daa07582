"""What a supplier owes back of a claim says why, to the office and to the supplier."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.factories.accounts import supplier
from tests.factories.claims import REFUND, answer, delivered, opened, paid_out, reply, settled
from tests.factories.clients import client_for

pytestmark = pytest.mark.django_db


def test_both_read_the_words_of_the_claim():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 2, words="두 개만 젖었습니다.")
    reply(deal, claim, agree=True)
    settled(claim)
    for actor in (deal.office, deal.supplier):
        (row,) = client_for(actor).get("/api/v1/supplier-debts").json()["results"]
        assert row["why"] == "두 개만 젖었습니다."
        sheet = load_workbook(
            BytesIO(client_for(actor).get("/api/v1/supplier-debts?export=xlsx").content)
        )
        heads, values = ([cell.value for cell in line] for line in sheet.active.iter_rows())
        assert dict(zip(heads, values, strict=True))["사유"] == "두 개만 젖었습니다."
    assert client_for(supplier()).get("/api/v1/supplier-debts").json()["results"] == []
    office = client_for(deal.office)
    told = office.post(
        f"/api/v1/supplier-debts/{row['id']}/repaid", {"received_date": "2026-01-02"}
    )
    assert told.json()["why"] == "두 개만 젖었습니다."
