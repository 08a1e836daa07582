"""Why a claim is not taken, answered or decided, as facts."""

from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.text import Text


class NothingToClaim(Conflict):
    """Nothing has arrived yet, or all of it is claimed about already."""

    code = "nothing_to_claim"
    message = Text(
        ko="지금 클레임을 낼 수 있는 물량이 없습니다. 먼저 수령을 확인해 주십시오.",
        en="There is nothing to claim about at present. Please confirm what arrived first.",
    )


class ClaimTooLate(Conflict):
    """The time for it is over."""

    code = "claim_too_late"
    message = Text(
        ko="클레임을 낼 수 있는 기간이 {until}까지였습니다. 사무국에 문의해 주십시오.",
        en="The time to claim was over at the end of {until}. Please ask the office.",
    )


class TooManyClaimed(Invalid):
    """More than arrived, is missing, or is not spoken for."""

    code = "too_many_claimed"
    field = "quantity"
    message = Text(
        ko="이 종류로 클레임을 낼 수 있는 수량은 {left}까지입니다.",
        en="No more than {left} can be claimed about in this way.",
    )


class PartsWrong(Invalid):
    """The variants do not make the quantity."""

    code = "claim_parts_wrong"
    field = "parts"
    message = Text(
        ko="규격별 수량의 합이 수량과 같아야 하고, 주문한 규격과 수량 안이어야 합니다.",
        en="The quantities by variant must make the quantity, within what was ordered of each.",
    )


class ClaimOpenAlready(Conflict):
    """One of a kind at a time; to that one can be added."""

    code = "claim_open_already"
    message = Text(
        ko="같은 내용의 클레임을 처리하고 있습니다. 그 클레임에 내용과 사진을 더해 주십시오.",
        en="A claim of this kind is under way. Please add to that one.",
    )


class RemedyDoesNotFit(Invalid):
    """What was not sent cannot be replaced."""

    code = "remedy_does_not_fit"
    field = "remedy"
    message = Text(
        ko="보내지 않은 물량은 환불만 받을 수 있습니다.",
        en="What was not sent can only be refunded.",
    )


class WishDoesNotFit(RemedyDoesNotFit):
    """The same, while it is only wished for."""

    field = "wish"


class WordsNeeded(Invalid):
    """Whoever does otherwise than was asked says why."""

    code = "words_needed"
    field = "words"
    message = Text(ko="사유를 적어 주십시오.", en="Please say why.")


class AmountTooHigh(Invalid):
    """More than the units are worth."""

    code = "amount_too_high"
    field = "amount"
    message = Text(
        ko="이 수량의 공급사 부담액은 {most}입니다. 그보다 많이 정할 수 없습니다.",
        en="These units are worth {most} of the supplier's part; it cannot be more.",
    )


class QuantityOfRemedy(Invalid):
    """A refund or a replacement is over at least one unit and at most what was claimed."""

    code = "quantity_of_remedy"
    field = "quantity"
    message = Text(
        ko="1부터 클레임 수량({most})까지 적어 주십시오.",
        en="Please name from 1 up to the {most} that were claimed.",
    )


class SentMeanwhile(Conflict):
    """What was late is on its way by now."""

    code = "sent_meanwhile"
    message = Text(
        ko="그 사이 출고되어 아직 보내지 않은 수량은 {left}입니다.",
        en="Goods were sent meanwhile: {left} are still to be sent.",
    )


class ClaimNotOpen(Conflict):
    """It waits for somebody else, or is decided."""

    code = "claim_not_open"
    message = Text(
        ko="지금은 할 수 없습니다. 클레임이 다른 단계로 넘어갔습니다. 화면을 새로 고쳐 주십시오.",
        en="This claim has moved on. Please reload the page.",
    )


class TooManyPhotos(Conflict):
    """A claim has ten photographs at most."""

    code = "too_many_photos"
    message = Text(
        ko="사진은 10장까지 올릴 수 있습니다.", en="There can be ten photographs at most."
    )


class OwnFirmDecides(NotAllowed):
    """Another coordinator decides, as there is one."""

    code = "own_firm_decides"
    message = Text(
        ko="본인이 속한 기업의 클레임입니다. 다른 담당자가 결정해야 합니다.",
        en="Your own firm is concerned by this claim: another coordinator has to decide.",
    )


class MoreThanReplaced(Invalid):
    """More than is left to be replaced."""

    code = "more_than_replaced"
    field = "quantity"
    message = Text(
        ko="교환으로 보낼 남은 수량은 {left}입니다.", en="Only {left} are left to be replaced."
    )
