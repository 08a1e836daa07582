"""Every result of a clearing as a sentence: for each member, for everybody, for the rules.

The Korean sentences put each number where no particle has to agree with how it is read.
Prices and quantities are formatted by the caller (`Numbers`), who knows currency and unit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mungchi.campaigns.domain import trial_sentences
from mungchi.campaigns.domain.clearing import (
    Clearing,
    Failure,
    Outcome,
    Verdict,
    VerdictKind,
)
from mungchi.campaigns.domain.market import Rule
from mungchi.campaigns.domain.settlement import Rationing
from mungchi.common.text import Text


@dataclass(frozen=True, slots=True)
class Numbers:
    """How prices and quantities are written; the defaults know neither currency nor unit."""

    price: Callable[[Decimal], str | Text] = "{:,f}".format
    quantity: Callable[[int], str | Text] = "{:,}".format


PLAIN = Numbers()

# Who closed a campaign that nobody closed by hand.
BY_ITSELF = Text(ko="시스템(자동)", en="the system, by itself")

THE_RULE = Text(
    ko=(
        "모두가 같은 단가로 구매합니다. 그 단가에 참여하려는 기업들의 물량만으로 해당 수량 구간이 "
        "채워지는 가장 낮은 단가로 정합니다."
    ),
    en=(
        "Everybody pays one price: the lowest tier price at which the firms that accept it "
        "order enough between them to reach that tier."
    ),
)

HONEST_LIMIT = Text(
    ko=(
        "희망 최고 단가는 실제 생각하시는 금액을 적는 것이 가장 유리합니다. 그보다 비싸게 "
        "구매하는 일은 없습니다."
    ),
    en=(
        "Stating your true highest price serves you best: it never raises what you pay, and you "
        "never pay above it."
    ),
)

RATIONING_RULES: dict[Rule, Text] = {
    Rule.UNIFORM: Text(
        ko=(
            "물량이 부족하면 적은 수량부터 모두 채우고, 나머지는 같은 한도까지 똑같이 나눕니다. "
            "남는 단위는 먼저 참여한 순서로 하나씩 배정합니다."
        ),
        en=(
            "When there is too little, small quantities are filled and the others get equal "
            "shares; units left over go one each to the earliest."
        ),
    ),
    Rule.PROPORTIONAL: Text(
        ko=(
            "물량이 부족하면 약정 수량에 비례하여 나눕니다. 남는 단위는 나머지가 큰 순서로 "
            "배정합니다."
        ),
        en=(
            "When there is too little, everybody gets a share in proportion to the quantity "
            "committed; units left over go to the largest remainders."
        ),
    ),
    Rule.FIRST_COME: Text(
        ko="물량이 부족하면 먼저 참여한 순서대로 배정합니다.",
        en="When there is too little, the earliest commitments are filled first.",
    ),
}

_FITTING: dict[Rationing, Text] = {
    Rationing.NONE: Text(
        ko="약정 수량을 모두 배정하였습니다.",
        en="Every quantity could be ordered as committed.",
    ),
    Rationing.TOLERANCE_FILL: Text(
        ko="마지막 포장을 채우기 위해 추가 수용 물량을 같은 한도까지 똑같이 나누어 배정하였습니다.",
        en="The last pack was filled from the tolerances, in equal shares.",
    ),
    Rationing.PACK_ROUNDING: Text(
        ko="포장 단위에 맞추느라 많은 수량부터 같은 한도까지 조금씩 줄였습니다.",
        en="To fit whole packs, the largest quantities were cut a little, down to one level.",
    ),
}

_VERDICTS = {
    "in_full": Text(
        ko="약정하신 수량이 모두 배정되었습니다. 배정 수량은 {awarded}, 단가는 {price}입니다.",
        en="You get all you committed to: {awarded} at {price}.",
    ),
    "with_tolerance": Text(
        ko=(
            "포장 단위를 채우기 위해 추가 수용 물량의 일부도 배정되었습니다. 약정 수량은 "
            "{quantity}, 배정 수량은 {awarded}, 단가는 {price}입니다."
        ),
        en=(
            "You get {awarded} at {price}: the {quantity} you committed to, and some of your "
            "tolerance to fill a pack."
        ),
    ),
    "rounded": Text(
        ko=(
            "포장 단위에 맞추느라 수량이 조금 줄었습니다. 약정 수량은 {quantity}, 배정 수량은 "
            "{awarded}, 단가는 {price}입니다."
        ),
        en=(
            "You get {awarded} at {price} of the {quantity} you committed to: only whole packs "
            "can be ordered."
        ),
    ),
    "cut": Text(
        ko=(
            "공급 물량이 부족하여 일부만 배정되었습니다. 약정 수량은 {quantity}, 배정 수량은 "
            "{awarded}, 단가는 {price}입니다."
        ),
        en=(
            "You get {awarded} at {price} of the {quantity} you committed to: the supplier has "
            "less than was wanted."
        ),
    ),
    "priced_out": Text(
        ko=(
            "마감 단가가 희망 최고 단가보다 높아 포함되지 않았습니다. 마감 단가는 {price}, "
            "희망 최고 단가는 {limit}입니다."
        ),
        en="The price came to {price}, above your limit of {limit}, so you are not in.",
    ),
    "priced_out_everywhere": Text(
        ko=(
            "희망 최고 단가가 모든 수량 구간의 단가보다 낮습니다. 가장 낮은 단가는 {price}, "
            "희망 최고 단가는 {limit}입니다. 청구되는 금액은 없습니다."
        ),
        en=(
            "Your limit of {limit} is below every tier; the lowest price is {price}. You are "
            "charged nothing."
        ),
    ),
    "below_minimum": Text(
        ko=(
            "배정할 수 있는 물량이 최소 수량보다 적어 제외되었습니다. 배정 가능 수량은 {offered}, "
            "최소 수량은 {minimum}입니다."
        ),
        en=(
            "You are not in: your share would have been {offered}, less than the {minimum} that "
            "you accept at least."
        ),
    ),
    "nothing_left": Text(
        ko="단가 조건은 맞았으나 물량이 부족하여 배정되지 않았습니다. 마감 단가는 {price}입니다.",
        en="You accepted the price of {price}, but there was not enough for everybody.",
    ),
    "unanswered": Text(
        ko=(
            "참여하신 뒤 공급 조건이 바뀌었으나 마감까지 답하지 않으셔서 포함되지 않았습니다. "
            "청구되는 금액은 없습니다."
        ),
        en=(
            "The offer changed after you committed and you had not answered by the deadline, so "
            "you are not in. You are charged nothing."
        ),
    ),
    "failed": Text(
        ko="공동구매가 성립되지 않아 배정된 물량이 없습니다. 청구되는 금액은 없습니다.",
        en="The group purchase did not happen. You get nothing and are charged nothing.",
    ),
}

_BY_VARIANT = Text(
    ko="{sentence} 규격별 배정: {parts}. 규격별 단가는 이 단가에 규격마다 정해진 차액을 더한 "
    "값입니다.",
    en="{sentence} By variant: {parts}. Each variant costs this price plus its own difference.",
)

_SUCCEEDED = Text(
    ko=(
        "공동구매가 성립되었습니다. 단가는 {price}, 주문 수량은 {quantity}, 배정 기업은 "
        "{firms}곳입니다."
    ),
    en="The group purchase succeeded: {quantity} at {price} for {firms} {firms:firm|firms}.",
)

_SUCCEEDED_WITHOUT_TOTALS = Text(
    ko="공동구매가 성립되었습니다. 단가는 {price}입니다.",
    en="The group purchase succeeded at {price}.",
)
_FAILED_WITHOUT_TOTALS = Text(ko="공동구매가 성립되지 않았습니다.", en="The group purchase failed.")

NOT_NEEDED = Text(
    ko=(
        "1차 공급 뒤에 더 주문한 기업이 없어 2차 공급은 필요하지 않았습니다. 청구되는 금액은 "
        "없습니다."
    ),
    en=(
        "After the first part nobody ordered any more, so the second part was not needed. Nobody "
        "is charged."
    ),
)

_FAILURES: dict[Failure, Text] = {
    Failure.NO_COMMITMENTS: Text(
        ko="참여한 기업이 없어 공동구매가 성립되지 않았습니다.",
        en="The group purchase failed: nobody committed.",
    ),
    Failure.NOBODY_ANSWERED: Text(
        ko="바뀐 공급 조건에 답한 기업이 없어 공동구매가 성립되지 않았습니다.",
        en="The group purchase failed: nobody answered the changed offer.",
    ),
    Failure.CAPACITY_BELOW_PACK: Text(
        ko="공급 가능 수량이 포장 단위 하나보다 적어 공동구매가 성립되지 않았습니다.",
        en="The group purchase failed: the supplier has less than one whole pack.",
    ),
    Failure.CAPACITY_TOO_SMALL: Text(
        ko="공급 가능 수량으로는 성립 조건을 채울 수 없어 공동구매가 성립되지 않았습니다.",
        en="The group purchase failed: the supplier has less than the least quantity required.",
    ),
    Failure.SMALLEST_QUANTITIES: Text(
        ko=(
            "물량을 나누면 최소 수량에 미치지 못하는 기업이 있었고, 그 기업을 제외하면 성립 조건을 "
            "채울 수 없어 공동구매가 성립되지 않았습니다."
        ),
        en=(
            "The group purchase failed: sharing the order left some firms below the least they "
            "accept, and without them the conditions were not met."
        ),
    ),
    Failure.TOO_FEW_SERVED: Text(
        ko=(
            "주문할 수 있는 수량을 나누면 성립 조건보다 적은 기업만 물량을 받게 되어 공동구매가 "
            "성립되지 않았습니다."
        ),
        en=(
            "The group purchase failed: shared out, what could be ordered would have gone to fewer "
            "firms than it takes."
        ),
    ),
    Failure.NOT_ENOUGH_FIRMS: Text(
        ko=(
            "참여 기업이 모자라 공동구매가 성립되지 않았습니다. 단가 {price}에서 참여 기업은 "
            "{firms}곳, 모자란 기업은 {missing_firms}곳입니다."
        ),
        en=(
            "The group purchase failed: too few firms. Firms in at {price}: {firms}; firms "
            "missing: {missing_firms}."
        ),
    ),
    Failure.NOT_ENOUGH_QUANTITY: Text(
        ko=(
            "수량이 모자라 공동구매가 성립되지 않았습니다. 가장 가까웠던 단가 {price} 구간에서 "
            "필요한 수량은 {needed}, 주문 가능했던 수량은 {orderable}, 모자란 수량은 "
            "{missing}입니다."
        ),
        en=(
            "The group purchase failed: too little quantity. The closest tier, {price}, needs "
            "{needed}; {orderable} could be ordered, {missing} more were missing."
        ),
    ),
}


def for_member(
    verdict: Verdict, clearing: Clearing, numbers: Numbers = PLAIN, *, trial: bool = False
) -> Text:
    """Return what the member is told about its commitment; it names nobody else's figures.

    `trial`: what the office is told of it while nothing is closed yet.
    """
    one = verdict.commitment
    said = trial_sentences.VERDICTS if trial else _VERDICTS
    return said[_verdict_key(verdict, clearing)].format(
        quantity=numbers.quantity(one.quantity),
        minimum=numbers.quantity(one.minimum),
        awarded=numbers.quantity(verdict.awarded),
        offered=numbers.quantity(verdict.offered or 0),
        price="" if verdict.unit_price is None else numbers.price(verdict.unit_price),
        limit="" if one.limit is None else numbers.price(one.limit),
    )


def _verdict_key(verdict: Verdict, clearing: Clearing) -> str:
    failed = clearing.outcome is Outcome.FAILED
    if verdict.kind is VerdictKind.UNANSWERED:
        return "unanswered"
    if verdict.kind is VerdictKind.BELOW_MINIMUM:
        return "below_minimum"
    if verdict.kind is VerdictKind.PRICED_OUT:
        return "priced_out_everywhere" if failed else "priced_out"
    if verdict.kind is VerdictKind.NOT_ALLOCATED:
        return "failed" if failed else "nothing_left"
    quantity = verdict.commitment.quantity
    if verdict.awarded == quantity:
        return "in_full"
    if verdict.awarded > quantity:
        return "with_tolerance"
    return "cut" if clearing.rationing is Rationing.CAPACITY else "rounded"


def by_variant(sentence: Text, parts: Text) -> Text:
    """Add to a member's sentence what it gets of each variant (`parts`, as variants.told says it);
    where it gets nothing by variant the sentence stays as it is."""
    if not parts.ko:
        return sentence
    return _BY_VARIANT.format(sentence=sentence, parts=parts)


def for_everybody(clearing: Clearing, numbers: Numbers = PLAIN, *, trial: bool = False) -> Text:
    """Return the outcome in one sentence, totals only; of a trial what it would be."""
    if clearing.unit_price is not None:
        return (trial_sentences.SUCCEEDED if trial else _SUCCEEDED).format(
            price=numbers.price(clearing.unit_price),
            quantity=numbers.quantity(clearing.quantity),
            firms=f"{clearing.firms():,}",
        )
    failures = trial_sentences.FAILURES if trial else _FAILURES
    said = failures[clearing.failure or Failure.NOT_ENOUGH_QUANTITY]
    row = clearing.nearest()
    if row is None:
        return said
    return said.format(
        price=numbers.price(row.unit_price),
        needed=numbers.quantity(row.needed),
        orderable=numbers.quantity(row.orderable),
        missing=numbers.quantity(row.missing or 0),
        firms=f"{row.firms:,}",
        missing_firms=f"{row.missing_firms:,}",
    )


def of_second_part(clearing: Clearing, numbers: Numbers = PLAIN) -> Text:
    """The same of the second part of a split award: that nobody joined it is no failure, the first
    part has left nothing that anybody would buy there."""
    if clearing.failure is Failure.NO_COMMITMENTS:
        return NOT_NEEDED
    return for_everybody(clearing, numbers)


def without_totals(unit_price: Decimal | None, numbers: Numbers = PLAIN) -> Text:
    """Return the outcome for a reader to whom its totals would give one firm's quantity away."""
    if unit_price is None:
        return _FAILED_WITHOUT_TOTALS
    return _SUCCEEDED_WITHOUT_TOTALS.format(price=numbers.price(unit_price))


def how_shared(clearing: Clearing, *, trial: bool = False) -> Text:
    """Return how the order was fitted to the demand of a campaign that succeeded, or would."""
    if clearing.rationing is Rationing.CAPACITY and clearing.rule is not None:
        return RATIONING_RULES[clearing.rule]
    return (trial_sentences.FITTING if trial else _FITTING)[clearing.rationing]
