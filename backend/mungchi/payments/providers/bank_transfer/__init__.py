"""Bank transfer: the firm sends the money with a reference, the office says when it is there.

The payee is the cooperative's own account; nothing here holds other people's money.
"""

from collections.abc import Mapping

from mungchi.accounts.models import Cooperative
from mungchi.common.money import EXPONENTS
from mungchi.orders.domain.codes import code_of, with_check
from mungchi.payments.providers.interface import Capabilities

# Seven characters of the alphabet are 3.4 thousand million codes; the eighth is the check.
REFERENCE_LENGTH = 7


class BankTransfer:
    """Transfers into the cooperative's account, confirmed by hand."""

    name = "bank_transfer"
    capabilities = Capabilities(
        save_method=False,
        charge_off_session=False,
        # Returned by a transfer of the office's own, which it then records.
        refund=True,
        partial_refund=False,
        payout=False,
        currencies=frozenset(EXPONENTS),
    )

    def available(self, cooperative: Cooperative) -> bool:
        """Whether the cooperative has said which account it takes transfers on."""
        return bool(cooperative.bank_name and cooperative.bank_account and cooperative.bank_holder)

    def instructions(self, cooperative: Cooperative) -> Mapping[str, object]:
        """The account, or in both languages whom to ask when there is none."""
        if self.available(cooperative):
            return {
                "bank": cooperative.bank_name,
                "account": cooperative.bank_account,
                "holder": cooperative.bank_holder,
            }
        english = cooperative.name_en or cooperative.name
        return {
            "notice": {
                "ko": f"입금 계좌가 아직 등록되지 않았습니다. {cooperative.name} 사무국에 "
                "문의해 주십시오.",
                "en": "There is no bank account to transfer to yet. Please ask the office of "
                f"{english}.",
            }
        }

    def references(self, numbers: list[int]) -> list[str]:
        """Eight characters that can be read out loud; the last one checks the others."""
        return [with_check(code_of(number, REFERENCE_LENGTH)) for number in numbers]


BANK_TRANSFER = BankTransfer()
