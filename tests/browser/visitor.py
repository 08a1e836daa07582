"""Somebody at a real browser, who goes by the names on the screen and notes what goes wrong."""

import os
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Request, Response, expect
from tests.journey.people import PASSWORD

from devtools.places import FRONTEND, ROOT

SHOTS = ROOT / "build" / "shots"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Every violation of the content policy reaches this list, from the first script on.
WATCH_POLICY = """
window.violations = [];
addEventListener('securitypolicyviolation',
  (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""
ANSWER_SECONDS = 30
QUIET_MILLISECONDS = 30
SERIOUS = {"serious", "critical"}
# Longer words on the narrower screen, and the other way round; all four by `make shots`, at night.
AXED = (("ko", WIDE), ("en", NARROW))
ALL = (("ko", WIDE), ("ko", NARROW), ("en", WIDE), ("en", NARROW))
LOOKED_AT = ALL if os.environ.keys() & {"MUNGCHI_SHOTS", "MUNGCHI_NIGHT"} else AXED


class Visitor:
    """A browser context of one's own: cookies, a page, and a list of faults."""

    def __init__(self, browser: Browser, origin: str, name: str, language: str = "ko-KR") -> None:
        self.origin, self.name = origin, name
        self.faults: list[str] = []
        self.context = browser.new_context(
            base_url=origin, locale=language, timezone_id="Asia/Seoul", viewport=WIDE,
            reduced_motion="reduce",
        )  # fmt: skip
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._fault(f"page error: {error}"))
        self.page.on("response", self._answered)
        self.unanswered: set[Request] = set()
        self.page.on("request", lambda request: self.unanswered.add(request))
        self.page.on("requestfinished", lambda request: self.unanswered.discard(request))
        self.page.on("requestfailed", lambda request: self.unanswered.discard(request))
        self.pictures = 0
        self.refusals_expected = 0

    def _fault(self, what: str) -> None:
        self.faults.append(f"{self.name} at {self.page.url}: {what}")

    def _heard(self, message: Any) -> None:
        # The browser writes a line for every refused request; those are counted as answers.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._fault(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if "/api/v1/live" in response.url:
            # A stream has no end: it is there when it begins.
            self.unanswered.discard(response.request)
        if response.status >= 500:
            self._fault(f"{response.status} {response.url}")
        elif response.status == 401 and response.url.endswith("/api/v1/me"):
            pass  # "Who am I?" "Nobody": asked by whoever may have signed in elsewhere.
        elif response.status >= 400:
            if self.refusals_expected:
                self.refusals_expected -= 1
            else:
                self._fault(f"{response.status} {response.request.method} {response.url}")

    def expecting_refusals(self, count: int) -> "Visitor":
        """The next so many answers of 4xx are part of the plot."""
        self.refusals_expected = count
        return self

    def go(self, path: str) -> "Visitor":
        """Open an address and wait until nothing is being loaded."""
        self._look_for_violations()
        # What the page before it still asks is not waited for.
        self.unanswered.clear()
        self.page.goto(path)
        return self.settled()

    def settled(self, *, asking: bool = True) -> "Visitor":
        """Wait until the page has its heading and no placeholder is left.

        asking: also until the server is asked nothing any more.
        """
        expect(self.page.locator("main h1").first).to_be_visible()
        # A quote is busy for as long as nothing is typed; what is folded away is not asked for.
        busy = "main .skeleton:visible, main [aria-busy=true]:not(output):visible"
        expect(self.page.locator(busy)).to_have_count(0)
        if asking:
            self._wait_for_answers()
        return self

    def _wait_for_answers(self) -> None:
        """Until every question has its answer, and no other has followed from it.

        The browser's own "network idle" is half a second without any, on every page.
        """
        end = time.monotonic() + ANSWER_SECONDS
        quiet = 0
        while quiet < 2:
            self.page.wait_for_timeout(QUIET_MILLISECONDS)
            quiet = 0 if self.unanswered else quiet + 1
            open_ = [request.url for request in self.unanswered]
            assert time.monotonic() < end, f"not answered in {ANSWER_SECONDS} s: {open_}"

    def sign_in(self, email: str) -> "Visitor":
        """By the form, with the password that all have."""
        self.go("/sign-in")
        self.fill("이메일", email)
        self.fill("비밀번호", PASSWORD)
        self.page.locator("main").get_by_role("button", name="로그인", exact=True).click()
        expect(self.page.get_by_role("link", name=re.compile("^알림"))).to_be_visible()
        return self.settled()

    def fill(self, label: str, value: str, where: Locator | None = None) -> None:
        """Type into the field that is called so, as far as one can type into it."""
        field = (
            (where or self.page.locator("main"))
            .get_by_label(label)
            .and_(self.page.locator("input, textarea"))
        )
        field.first.fill(value)

    def press(self, name: str | re.Pattern[str], where: Locator | None = None) -> None:
        """Press the button that is called so (on a dialog, if one is open)."""
        dialog = self.page.locator("dialog[open]")
        place = where or (dialog if dialog.count() else self.page.locator("main"))
        place.get_by_role("button", name=name).first.click()

    def confirm(self, name: str) -> None:
        """Press the last button of the open dialog, after having seen what it says."""
        dialog = self.page.locator("dialog[open]")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name=name, exact=True).last.click()
        expect(dialog).to_have_count(0)

    def prove(self) -> None:
        """Say the password once more, in the dialog over whatever is open."""
        dialog = self.page.locator("dialog[open]", has_text="본인 확인")
        self.fill("비밀번호", PASSWORD, dialog)
        dialog.get_by_role("button", name="확인", exact=True).click()
        expect(dialog).to_have_count(0)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """A text stands on the page, at the latest when the next poll has come."""
        expect(self.page.get_by_text(text).and_(self.page.locator(":visible")).first).to_be_visible(
            timeout=20_000
        )

    def picture(self, name: str) -> None:
        """Photograph the page in both languages, wide and narrow, and look at it with axe."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        for language, size in LOOKED_AT:
            self._speak(language)
            self.page.set_viewport_size(size)
            self.settled(asking=False)
            self._check_width(name, language, size["width"])
            path = SHOTS / f"{name}-{language}-{size['width']}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")
            assert path.stat().st_size > 5_000, f"nothing on {path}"
            self.pictures += 1
            if (language, size) in AXED:
                self._look_with_axe(name)
        self.page.set_viewport_size(WIDE)
        self._speak("ko")

    def glance(self, name: str) -> None:
        """The same of a dialog, in the language it is in: behind it no other can be chosen."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        language = self.page.locator("html").get_attribute("lang")
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            self._check_width(name, str(language), size["width"])
            path = SHOTS / f"{name}-{language}-{size['width']}.png"
            self.page.screenshot(path=path, animations="disabled")
            self.pictures += 1
        self._look_with_axe(name)

    def _speak(self, language: str) -> None:
        if self.page.locator("html").get_attribute("lang") == language:
            return
        self.page.set_viewport_size(WIDE)
        other = "English" if language == "en" else "한국어"
        button = self.page.locator("header").get_by_role("button", name=other)
        if not button.is_visible():
            self.page.locator("header .end [aria-expanded]").last.click()
        button.first.click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)
        self.page.keyboard.press("Escape")
        self.settled()

    def _check_width(self, name: str, language: str, width: int) -> None:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self._fault(f"{name} in {language} is {wide} wide on a screen of {width}")

    def _look_with_axe(self, name: str) -> None:
        if not AXE.exists():
            return
        if not self.page.evaluate("'axe' in window"):
            # Not as a script of the page, which its policy would rightly refuse.
            self.page.evaluate(AXE.read_text() + ";undefined")
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for each in found["violations"]:
            if each["impact"] in SERIOUS:
                places = "; ".join(node["html"][:160] for node in each["nodes"][:3])
                self._fault(f"axe on {name}: {each['id']} ({each['impact']}): {places}")

    def _look_for_violations(self) -> None:
        for each in self.page.evaluate("window.violations || []"):
            self._fault(f"content policy: {each}")

    def leave(self) -> list[str]:
        """Close the browser; everything that went wrong."""
        self._look_for_violations()
        self.context.close()
        return self.faults

    def keep_evidence(self) -> Path:
        """A picture of the moment at which something failed."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        path = SHOTS / f"failed-{self.name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path
