"""The words of the page that is shared, beside those of the picture. Pure."""

from datetime import datetime
from typing import Any, Final

from mungchi.campaigns.domain import share_words as words
from mungchi.campaigns.domain.share import Glimpse
from mungchi.catalog.domain.units import counted
from mungchi.common.money import price_label
from mungchi.common.text import BRAND, Text

DESCRIPTION: Final = Text(
    ko="{host}의 공동구매 · {item}. {ahead} {deadline}",
    en="{item}, bought together by {host}. {ahead} {deadline}",
)
WHAT: Final = Text(
    ko="뭉치는 협동조합의 조합원사가 함께 사서 단가를 낮추는 곳입니다. "
       "참여하는 기업의 이름과 수량은 보이지 않습니다.",
    en="On Mungchi members of cooperatives buy together for a lower price. Names and quantities of "
       "the firms that take part are not shown.",
)  # fmt: skip
FIGURES_AT: Final = Text(
    ko="{at} 기준입니다. 한 기업의 물량이 드러나지 않도록 여러 기업의 변화가 모이면 고쳐 씁니다.",
    en="As of {at}. Figures change once several firms have joined or changed something, so that "
       "no one firm's quantity shows.",
)  # fmt: skip
TIERS: Final = Text(ko="수량 구간별 단가 (부가세 별도)", en="Unit price by quantity (VAT excluded)")
JOIN: Final = Text(ko="로그인하고 참여하기", en="Sign in to take part")
SEE: Final = Text(ko="로그인하고 보기", en="Sign in to see it")
REGISTER: Final = Text(ko="가입하기", en="Sign up")
HOW: Final = Text(
    ko="{host}에서 여는 공동구매입니다. 참여할 수 있는 조합원사는 로그인하면 바로 참여하고, "
       "다른 기업에는 가입한 뒤에 참여하는 방법을 안내해 드립니다.",
    en="A campaign by {host}. Member firms that it is for take part once signed in; others are "
       "told how after they sign up.",
)  # fmt: skip
PICTURE: Final = Text(
    ko="{title}: {state}. {ahead} {deadline}", en="{title}: {state}. {ahead} {deadline}"
)
GONE: Final = Text(ko="더는 쓰이지 않는 주소입니다.", en="This address is not in use.")
GONE_WHY: Final = Text(
    ko="공유가 끝났거나 주소가 바뀌었을 수 있습니다. 알려 준 분께 새 주소를 물어봐 주십시오.",
    en="Sharing may have ended, or the address may have changed. Please ask whoever told you.",
)
HOME: Final = Text(ko="뭉치로 가기", en="Go to Mungchi")
OTHER: Final = Text(ko="English", en="한국어")


def page(
    shared: Glimpse, language: str, at: datetime, *, figures_at: datetime | None
) -> dict[str, Any]:
    """What the page says, each in `language`."""
    state, deadline = words.state_of(shared, at), words.deadline_of(shared, at)
    ahead, now = words.ahead_of(shared, at), words.price_now(shared)
    running = shared.state == "open" and at < shared.closes_at
    values = {
        "title": shared.title, "state": state, "deadline": deadline, "ahead": ahead,
        "host": shared.host, "item": shared.item,
    }  # fmt: skip
    said = {
        "state": state,
        "deadline": deadline,
        "ahead": ahead,
        "now": words.NOW.format(price=now) if now and shared.settled_price is None else None,
        "about": Text(
            ko=f"{shared.host.ko} · {shared.item.ko}", en=f"{shared.host.en} · {shared.item.en}"
        ),
        "description": DESCRIPTION.format(**values),
        "alt": PICTURE.format(**values),
        "what": WHAT,
        "how": HOW.format(host=shared.host),
        "tiers_title": TIERS,
        "join": JOIN if running else SEE,
        "register": REGISTER,
        "other": OTHER,
        "brand": BRAND,
        "as_of": FIGURES_AT.format(at=words.moment(figures_at, shared.zone))
        if running and figures_at else None,
    }  # fmt: skip
    return {
        "title": shared.title,
        "tiers": [_tier(shared, index, language) for index in range(len(shared.tiers))],
        "locale": "ko_KR" if language == "ko" else "en_US",
        "other_locale": "en_US" if language == "ko" else "ko_KR",
        "other_language": "en" if language == "ko" else "ko",
        **{name: text.say(language) if text else "" for name, text in said.items()},
    }


def _tier(shared: Glimpse, index: int, language: str) -> dict[str, Any]:
    quantity, price = shared.tiers[index]
    least = words.FROM.format(quantity=counted(quantity, shared.unit))
    return {
        "from": least.say(language),
        "price": price_label(price, shared.currency).say(language),
        "percent": shared.percent(index),
        "standing": "current" if index == shared.current else
                    "next" if index == shared.next_tier else "",
    }  # fmt: skip


def gone(language: str) -> dict[str, str]:
    """What is said of an address that is none."""
    said = {"title": GONE, "why": GONE_WHY, "home": HOME, "brand": BRAND}
    return {name: text.say(language) for name, text in said.items()}
