"""What a firm agrees to when a saved method is to be charged for a campaign, in words. Pure.

The text is shown before it is agreed to and kept as it was shown: a change of these words changes
nothing that was agreed to before.
"""

from typing import Final

from mungchi.common.money import amount_label
from mungchi.common.text import Text

CONSENT: Final = Text(
    ko="공동구매 ‘{title}’이(가) 마감되어 우리 기업의 주문이 확정되면, 주문 금액을 {payee}이(가) "
    "{method}(으)로 한 번 결제하는 데 동의합니다. 결제 금액은 물품값, 배송비, 수수료, 부가세를 "
    "모두 더해 {most}을(를) 넘지 않습니다. 넘는 금액은 결제되지 않고 계좌이체로 안내받습니다. "
    "결제가 승인되지 않으면 납부 기한 안에 다시 시도하고, 그때마다 알림을 받습니다. 마감 전에 이 "
    "화면에서 계좌이체로 바꾸거나 참여를 취소하면 이 동의는 끝납니다.",
    en="When “{title}” has closed and our order is certain, {payee} may charge {method} once for "
    "what we owe for it. With goods, delivery, fees and VAT this is never more than {most}; for a "
    "larger amount nothing is charged, and we are asked for a transfer. If the charge is declined "
    "it is tried again until the payment is due, and we are told each time. The consent ends when "
    "we change to transfer on this page, or withdraw from the campaign, before it closes.",
)
# Of a currency in which a method carries round amounts alone: said before it is agreed to.
STEPS: Final = Text(
    ko=" 이 통화에서는 {step}의 배수인 금액만 결제 수단으로 결제할 수 있습니다. 그 밖의 금액은 "
    "반올림하지 않고 계좌이체로 안내받습니다.",
    en=" In this currency only multiples of {step} can be charged. Any other amount is not "
    "rounded: we are asked for a transfer.",
)


def consent_text(
    *, title: str, payee: Text, method: str, most: int, currency: str, step: int = 1
) -> Text:
    """The consent for one campaign; `most` in minor units, VAT and fees included.

    `step`: of what an amount has to be a multiple to be charged."""
    told = CONSENT.format(
        title=title, payee=payee, method=method, most=amount_label(most, currency)
    )
    if step == 1:
        return told
    steps = STEPS.format(step=amount_label(step, currency))
    return Text(ko=told.ko + steps.ko, en=told.en + steps.en)
