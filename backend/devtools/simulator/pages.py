"""What a person sees: the page of Checkout, the page of 3-D Secure, and a first page."""

from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from devtools.simulator import checkout
from devtools.simulator.world import Thing, World

WORDS: Final[dict[str, dict[str, str]]] = {
    "ko": {
        "simulated": "모의 결제: 실제 돈은 오가지 않습니다",
        "save": "결제 수단 저장",
        "save_lead": "저장할 결제 수단을 고르세요. 지금은 아무것도 결제되지 않습니다.",
        "pay": "결제하기",
        "pay_lead": "결제할 수단을 고르세요.",
        "back": "돌아가기",
        "over": "이 화면은 더 쓸 수 없습니다. 처음 화면으로 돌아가 다시 시작해 주세요.",
        "declined": "카드사가 거절했습니다. 다른 결제 수단을 골라 주세요.",
        "auth": "본인 인증 (3-D Secure)",
        "auth_lead": "카드사가 본인 확인을 요청했습니다.",
        "pass": "인증 완료",
        "fail": "인증 실패",
        "failed": "본인 인증에 실패했습니다. 다른 결제 수단을 골라 주세요.",
        "other": "English",
        "simulator": "결제 시뮬레이터",
        "runs": "sk_test_로 시작하는 키는 모두 쓸 수 있고, 키마다 계정이 따로 있습니다.",
        "disputes": "카드사 역할을 해서 결제에 이의 제기하기",
        "listen": "결제 알림(웹훅) 받기",
        "key": "비밀 키",
        "url": "알림을 받을 주소",
        "listen_now": "서명 비밀값 만들기",
        "secret": "웹훅 서명 비밀값: 자기 계정과 연결된 계정의 것 (둘 다 뭉치의 결제 설정에 붙여 "
        "넣으세요)",
        "wrong": "키는 sk_test_로, 주소는 http로 시작해야 합니다.",
    },
    "en": {
        "simulated": "Simulated payments: no money moves",
        "save": "Save a payment method",
        "save_lead": "Choose what to save. Nothing is charged now.",
        "pay": "Pay",
        "pay_lead": "Choose how to pay.",
        "back": "Go back",
        "over": "This page cannot be used any more. Please go back and start again.",
        "declined": "The bank declined it. Please choose another method.",
        "auth": "Authentication (3-D Secure)",
        "auth_lead": "The bank asks who you are.",
        "pass": "Complete",
        "fail": "Fail",
        "failed": "Authentication failed. Please choose another method.",
        "other": "한국어",
        "simulator": "Payment simulator",
        "runs": "Every key that begins with sk_test_ works, and each opens an account of its own.",
        "disputes": "Play the payer's bank and dispute a charge",
        "listen": "Receive events (webhook)",
        "key": "Secret key",
        "url": "Address that receives them",
        "listen_now": "Make a signing secret",
        "secret": "The webhook signing secrets, of the account itself and of connected ones (paste "
        "both into Mungchi's payment settings)",
        "wrong": "A key begins with sk_test_, an address with http.",
    },
}
STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f5f7;color:#1b1f24;
word-break:keep-all;overflow-wrap:anywhere}
main{max-width:30rem;margin:2rem auto;padding:0 1rem}
.label{background:#fff3cd;border:1px solid #e0c36a;padding:.5rem .75rem;border-radius:6px}
button{display:flex;justify-content:space-between;gap:1rem;width:100%;margin:.5rem 0;
padding:.75rem 1rem;font:inherit;text-align:left;background:#fff;border:1px solid #b8bec6;
border-radius:6px;cursor:pointer}
button:hover,button:focus-visible{border-color:#1f5fbf;outline:2px solid #1f5fbf}
.last4{white-space:nowrap;color:#57606a}
.error{background:#fdecea;border:1px solid #d9534f;padding:.5rem .75rem;border-radius:6px}
input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem}code{word-break:break-all}
nav{display:flex;justify-content:space-between;margin-top:1.5rem}a{color:#1f5fbf}
"""


def page(language: str, title: str, inside: str) -> bytes:
    """A whole page, with the label that no money moves."""
    words = WORDS[language]
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f'<main><p class="label" role="note">{words["simulated"]}</p>'
        f"<h1>{escape(title)}</h1>{inside}</main></html>"
    ).encode()


def language_of(thing: Thing | None, query: dict[str, Any]) -> str:
    """Korean unless the session or the person says English."""
    wanted = query.get("lang") or (thing or {}).get("locale") or "ko"
    return wanted if wanted in WORDS else "ko"


def _nav(language: str, back: str | None) -> str:
    words = WORDS[language]
    other = "en" if language == "ko" else "ko"
    home = _link(back, words["back"]) if back else "<span></span>"
    return f'<nav>{home}<a href="?lang={other}" lang="{other}">{words["other"]}</a></nav>'


def _link(address: str, words: str) -> str:
    safe = urlsplit(address).scheme in {"http", "https"}
    return f'<a href="{escape(address)}">{words}</a>' if safe else "<span></span>"


def session_page(world: World, session: Thing, language: str, error: str = "") -> bytes:
    """Choosing a method."""
    words = WORDS[language]
    kind = "save" if session["mode"] == "setup" else "pay"
    if session["status"] != "open":
        return page(
            language, words[kind], f"<p>{words['over']}</p>{_nav(language, session['cancel_url'])}"
        )
    told = f'<p class="error" role="alert">{words[error]}</p>' if error else ""
    amount = ""
    if kind == "pay":
        amount = (
            f"<p><strong>{session['amount_total']:,} {session['currency'].upper()}</strong></p>"
        )
    buttons = "".join(
        f'<button name="card" value="{sample.name}">'
        f"<span>{escape(sample.ko if language == 'ko' else sample.en)}</span>"
        f'<span class="last4">{sample.brand.title()} {"•••• " if sample.last4 else ""}'
        f"{sample.last4}</span></button>"
        for sample in checkout.offered(world, session)
    )
    form = f'<form method="post" action="?lang={language}">{buttons}</form>'
    lead = f"<p>{words[f'{kind}_lead']}</p>"
    inside = f"{told}{amount}{lead}{form}{_nav(language, session['cancel_url'])}"
    return page(language, words[kind], inside)


def authentication_page(language: str) -> bytes:
    """3-D Secure: come through it or not."""
    words = WORDS[language]
    form = (
        f'<form method="post" action="?lang={language}">'
        f'<button name="passed" value="yes">{words["pass"]}</button>'
        f'<button name="passed" value="no">{words["fail"]}</button></form>'
    )
    return page(language, words["auth"], f"<p>{words['auth_lead']}</p>{form}{_nav(language, None)}")


def over_page(language: str) -> bytes:
    """There is nothing to do at this address."""
    words = WORDS[language]
    return page(language, words["simulated"], f"<p>{words['over']}</p>{_nav(language, None)}")


def first_page(language: str, secret: str = "", error: str = "") -> bytes:
    """What a provider's dashboard is for: where events go, and with which secret."""
    words = WORDS[language]
    told = f'<p class="error" role="alert">{words[error]}</p>' if error else ""
    if secret:
        told = f'<p role="status">{words["secret"]}<br><code>{escape(secret)}</code></p>'
    fields = "".join(
        f'<p><label>{words[name]}<br><input name="{name}" required autocomplete="off"></label></p>'
        for name in ("key", "url")
    )
    form = f'<form method="post" action="?lang={language}">{fields}'
    form += f"<button>{words['listen_now']}</button></form>"
    inside = f"<p>{words['runs']}</p><h2>{words['listen']}</h2>{told}{form}"
    inside += f'<p><a href="/disputes?lang={language}">{words["disputes"]}</a></p>'
    inside += _nav(language, None)
    return page(language, words["simulator"], inside)
