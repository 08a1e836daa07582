"""Connected accounts: made by an account for its suppliers, filled in on a hosted page."""

from html import escape
from typing import Any, Final

from devtools.simulator.pages import page
from devtools.simulator.world import Refused, Thing, World, refused

# What is asked of a fresh account.
ASKED: Final = [
    "business_profile.url",
    "external_account",
    "representative.first_name",
    "representative.verification.document",
    "tos_acceptance.date",
]
# In which currency an account of a country keeps its money; a country that is not here, in dollars.
CURRENCIES: Final = {"KR": "krw", "US": "krw", "JP": "jpy", "DE": "eur", "KW": "kwd"}
OUTCOMES: Final = ("complete", "partly", "checked", "rejected", "stopped")

WORDS: Final[dict[str, dict[str, str]]] = {
    "ko": {
        "title": "공급사 정보 입력", "lead": "결제대행사가 공급사에게 묻는 화면입니다. 무엇을 "
        "입력했다고 할지 고르세요.",
        "complete": "모두 입력함: 돈을 받을 수 있음", "partly": "신분증만 나중에",
        "checked": "모두 입력함: 심사 중", "rejected": "거절됨", "stopped": "송금 정지됨",
        "leave": "그만두고 돌아가기", "other": "English",
        "over": "이 주소는 한 번만 쓸 수 있습니다.", "again": "새 주소 받기",
    },
    "en": {
        "title": "Details of a supplier", "lead": "Here the provider asks a supplier. Choose what "
        "was given.",
        "complete": "Everything given: can be paid", "partly": "All but an identity document",
        "checked": "Everything given: being checked", "rejected": "Refused",
        "stopped": "Transfers stopped", "leave": "Leave without it", "other": "한국어",
        "over": "This address holds once.", "again": "Get another",
    },
}  # fmt: skip


def create(world: World, asked: dict[str, Any]) -> Thing:
    """Make a connected account that nothing is known of yet."""
    country = str(asked.get("country") or world.things[world.ours].get("country") or "US")
    if len(country) != 2 or not country.isupper():
        raise refused(f"Invalid country: {country}", "country_unsupported", "country")
    wanted = (asked.get("capabilities") or {}).get("transfers") or {}
    if not wanted.get("requested"):
        raise refused("An account has to ask for a capability.", param="capabilities")
    made = world.make(
        "acct_",
        "account",
        type="express",
        controller={**(asked.get("controller") or {}), "type": "application"},
        country=country,
        email=asked.get("email"),
        business_profile=asked.get("business_profile") or {},
        default_currency=asked.get("default_currency") or CURRENCIES.get(country, "usd"),
        capabilities={"transfers": "inactive"},
        charges_enabled=False,
        payouts_enabled=False,
        details_submitted=False,
        requirements=_requirements(ASKED, "requirements.past_due"),
    )
    made["metadata"] = asked.get("metadata") or {}
    return made


def ready(world: World, currency: str = "krw") -> Thing:
    """A connected account that can be paid."""
    made = create(world, {"capabilities": {"transfers": {"requested": True}}})
    made["default_currency"] = currency
    settle(world, made, "complete")
    return made


def _requirements(due: list[str], why: str | None) -> Thing:
    return {
        "currently_due": due,
        "eventually_due": due,
        "past_due": [],
        "pending_verification": [],
        "disabled_reason": why,
    }


def settle(world: World, account: Thing, outcome: str) -> None:
    """What the supplier gave, or what the provider decided; `account.updated` tells of it."""
    if outcome not in OUTCOMES:
        raise refused(f"outcome must be one of {OUTCOMES}")
    able = outcome == "complete"
    due = [ASKED[3]] if outcome == "partly" else []
    why = {
        "partly": "requirements.past_due",
        "checked": "requirements.pending_verification",
        "rejected": "rejected.other",
        "stopped": "requirements.past_due",
    }.get(outcome)
    account["details_submitted"] = True
    account["payouts_enabled"] = able
    account["capabilities"] = {"transfers": "active" if able else "inactive"}
    account["requirements"] = _requirements(
        due or ([ASKED[1]] if outcome == "stopped" else []), why
    )
    world.emit("account.updated", account, account=account["id"])


def link(world: World, base: str, asked: dict[str, Any]) -> Thing:
    """An address at which the supplier fills in its account: it holds once."""
    account = world.get(asked["account"], "account", "account")
    if account.get("type") != "express":
        raise refused("You cannot create a link for this account.", param="account")
    if asked["type"] != "account_onboarding":
        raise refused("Only account_onboarding is covered.", param="type")
    for name in ("return_url", "refresh_url"):
        if not str(asked.get(name, "")).startswith(("http://", "https://")):
            raise refused(f"Not a valid URL: {name}", "url_invalid", name)
    made = world.make(
        "acl_",
        "account_link",
        expires_at=world.now() + 300,
        _of=account["id"],
        _back=asked["return_url"],
        _again=asked["refresh_url"],
    )
    made["url"] = f"{base}/pay/connect/{made['id']}"
    return made


def told(made: Thing) -> Thing:
    """A link as it is told: it has no id, by which nobody could ask for it again."""
    return {key: value for key, value in made.items() if key not in {"id", "metadata", "livemode"}}


def use(world: World, made: Thing, outcome: str) -> str:
    """Go through the page of a link; return where the browser goes."""
    if outcome != "leave":
        settle(world, world.things[made["_of"]], outcome)
    made["_used"] = True
    world.changed = True
    return str(made["_back"])


def onboarding_page(world: World, made: Thing, language: str) -> bytes:
    """The hosted page."""
    words = WORDS[language]
    other = "en" if language == "ko" else "ko"
    if made.get("_used") or world.now() > made["expires_at"]:
        again = f'<p><a href="{escape(made["_again"])}">{words["again"]}</a></p>'
        return page(language, words["title"], f"<p>{words['over']}</p>{again}")
    buttons = "".join(
        f'<button name="outcome" value="{outcome}">{words[outcome]}</button>'
        for outcome in (*OUTCOMES, "leave")
    )
    form = f'<form method="post" action="?lang={language}">{buttons}</form>'
    nav = f'<nav><span></span><a href="?lang={other}" lang="{other}">{words["other"]}</a></nav>'
    return page(language, words["title"], f"<p>{words['lead']}</p>{form}{nav}")


def of_control(world: World, asked: dict[str, Any]) -> Thing:
    """What a test asks about a connected account: let it be `outcome`."""
    account = world.things.get(str(asked["payee"]))
    if account is None or account["object"] != "account":
        raise Refused(404, "invalid_request_error", "No such account.")
    world.ours = account["_account"]
    if "currency" in asked:
        account["default_currency"] = str(asked["currency"])
    settle(world, account, str(asked.get("outcome", "complete")))
    return account
