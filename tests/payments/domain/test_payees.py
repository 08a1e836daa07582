"""What a connected account lacks, in words; why a transfer did not go."""

import pytest

from mungchi.payments.domain import payees


@pytest.mark.parametrize(
    ("requirement", "kind"),
    [
        ("external_account", "bank"),
        ("tos_acceptance.date", "terms"),
        ("business_profile.url", "business"),
        ("business_type", "business"),
        ("company.address.city", "business"),
        ("company.tax_id", "number"),
        ("individual.first_name", "person"),
        ("person_1ABC.dob.day", "person"),
        ("representative.verification.document", "document"),
        ("owners.first_name", "owners"),
        ("something.new", "other"),
    ],
)
def test_a_requirement_is_said_in_words(requirement: str, kind: str) -> None:
    assert payees.needed([requirement, requirement]) == [kind]


def test_what_is_needed_is_said_once_in_one_order() -> None:
    both = ["representative.last_name", "external_account", "representative.dob.day"]
    assert payees.needed(both) == payees.needed(reversed(both)) == ["bank", "person"]
    assert payees.needed([]) == []


@pytest.mark.parametrize(
    ("known", "payable", "due", "submitted", "why", "expected"),
    [
        (False, False, [], False, "", "none"),
        (True, True, ["later"], True, "", "ready"),
        (True, False, ["external_account"], True, "requirements.past_due", "open"),
        (True, False, [], False, "", "open"),
        (True, False, [], True, "requirements.pending_verification", "checking"),
        (True, False, [], True, "rejected.fraud", "refused"),
        (True, False, ["external_account"], True, "listed", "refused"),
    ],
)
def test_where_an_account_stands(
    known: bool, payable: bool, due: list[str], submitted: bool, why: str, expected: str
) -> None:
    found = payees.standing(known=known, payable=payable, due=due, submitted=submitted, why=why)
    assert found == expected


def test_every_refusal_says_what_to_do() -> None:
    insufficient = payees.FAILURES["balance_insufficient"]
    assert payees.failure("balance_insufficient") == insufficient
    assert payees.failure("key_invalid") == payees.FAILURES["account_not_open"]
    assert "strange_code" in payees.failure("strange_code").en
    for text in (*payees.FAILURES.values(), payees.failure("x")):
        assert "이체" in text.ko
        assert "transfer" in text.en
