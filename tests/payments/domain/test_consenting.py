"""What a firm reads before it agrees to be charged."""

from mungchi.common.text import Text
from mungchi.payments.domain.consenting import CONSENT, consent_text

GIVEN = {
    "title": "복사용지",
    "payee": Text(ko="한빛협동조합", en="Hanbit"),
    "method": "Visa •••• 4242",
}


def test_it_says_what_for_whom_by_what_and_up_to_how_much() -> None:
    told = consent_text(**GIVEN, most=1_250_000, currency="KRW")
    assert told == CONSENT.format(**GIVEN, most=Text(ko="1,250,000원", en="₩1,250,000"))
    for said in ("복사용지", "한빛협동조합", "Visa •••• 4242", "1,250,000원"):
        assert said in told.ko
    for said in ("복사용지", "Hanbit", "Visa •••• 4242", "₩1,250,000"):
        assert said in told.en
    assert "{" not in told.ko + told.en


def test_where_not_every_amount_can_be_charged_it_says_so_after_the_rest() -> None:
    plain = consent_text(**GIVEN, most=12_340, currency="KWD", step=1)
    told = consent_text(**GIVEN, most=12_340, currency="KWD", step=10)
    assert plain == consent_text(**GIVEN, most=12_340, currency="KWD")
    assert told.ko.startswith(plain.ko)
    assert told.en.startswith(plain.en)
    assert "KD0.010의 배수" in told.ko.removeprefix(plain.ko)
    assert "multiples of KD0.010" in told.en.removeprefix(plain.en)
    assert "{" not in told.ko + told.en
