"""A page on which a person plays the payer's bank: disputes a charge, and decides on it."""

from html import escape
from typing import Any, Final

from devtools.simulator import money
from devtools.simulator.pages import page
from devtools.simulator.world import Thing, World, refused

WORDS: Final[dict[str, dict[str, str]]] = {
    "ko": {
        "title": "카드사 역할: 이의 제기",
        "lead": "결제를 골라 이의를 제기하거나, 제기된 이의를 판단합니다.",
        "charges": "최근 결제", "disputes": "이의 제기", "none": "아직 없습니다.",
        "dispute": "이의 제기(금액 회수)", "inquiry": "문의만", "review": "소명 제출됨",
        "won": "소명 인정", "lost": "소명 불인정", "escalate": "회수로 전환", "other": "English",
        "failed": "지금은 할 수 없습니다.", "home": "처음으로",
    },
    "en": {
        "title": "The payer's bank: disputes",
        "lead": "Dispute a charge, or decide on a dispute.",
        "charges": "Charges", "disputes": "Disputes", "none": "None yet.",
        "dispute": "Dispute (takes the money)", "inquiry": "Only ask", "review": "Evidence came",
        "won": "Won", "lost": "Lost", "escalate": "Take the money after all", "other": "한국어",
        "failed": "That is not possible now.", "home": "Home",
    },
}  # fmt: skip
# The newest; a person looks for what was charged just now.
SHOWN: Final = 50


def dispute_page(world: World, language: str, form: dict[str, Any]) -> bytes:
    """The page, after what was pressed on it was done."""
    words = WORDS[language]
    said = ""
    if form:
        try:
            _act(world, str(form.get("do", "")), world.things.get(str(form.get("id")), {}))
        except Exception as error:  # noqa: BLE001 - told on the page
            said = f'<p class="error" role="alert">{words["failed"]} {escape(str(error))}</p>'
    charges = [each for each in _newest(world, "charge") if each["status"] == "succeeded"]
    other = "en" if language == "ko" else "ko"
    inside = (
        f"{said}<p>{words['lead']}</p><h2>{words['disputes']}</h2>"
        + ("".join(_dispute(each, words) for each in _newest(world, "dispute")) or words["none"])
        + f"<h2>{words['charges']}</h2>"
        + ("".join(_charge(each, words) for each in charges) or words["none"])
        + f'<nav><a href="/?lang={language}">{words["home"]}</a>'
        + f'<a href="?lang={other}" lang="{other}">{words["other"]}</a></nav>'
    )
    return page(language, words["title"], inside)


def _newest(world: World, kind: str) -> list[Thing]:
    return [world.things[name] for name in reversed(world.by_kind.get(kind, []))][:SHOWN]


def _act(world: World, verb: str, thing: Thing) -> None:
    world.ours = thing.get("_account", "")
    match verb, thing.get("object"):
        case "dispute" | "inquiry", "charge":
            money.dispute(world, thing, "product_not_received", inquiry=verb == "inquiry")
        case "review", "dispute":
            money.review_dispute(world, thing)
        case "escalate", "dispute":
            money.escalate_dispute(world, thing)
        case "won" | "lost", "dispute":
            money.close_dispute(world, thing, won=verb == "won")
        case _:
            raise refused("No such thing.")


def _line(thing: Thing, said: str, verbs: list[str], words: dict[str, str]) -> str:
    buttons = "".join(f'<button name="do" value="{verb}">{words[verb]}</button>' for verb in verbs)
    return (
        f'<form method="post"><p><strong>{thing["amount"]:,} {thing["currency"].upper()}</strong> '
        f"<code>{thing['id']}</code> {escape(said)}</p>"
        f'<input type="hidden" name="id" value="{thing["id"]}">{buttons}</form>'
    )


def _charge(charge: Thing, words: dict[str, str]) -> str:
    verbs = [] if charge["disputed"] else ["dispute", "inquiry"]
    return _line(charge, str(charge.get("description") or ""), verbs, words)


def _dispute(made: Thing, words: dict[str, str]) -> str:
    status = made["status"]
    verbs = []
    if status.endswith("needs_response"):
        verbs.append("review")
    if status.startswith("warning") and status != "warning_closed":
        verbs += ["escalate", "won"]
    elif status in {"needs_response", "under_review"}:
        verbs += ["won", "lost"]
    return _line(made, status, verbs, words)
