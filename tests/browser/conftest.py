"""A whole installation with a database of its own, and a real Chromium in front of it."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.visitor import Visitor
from tests.concurrency.harness import own_database
from tests.journey.cast import place
from tests.journey.stack import running
from tests.simulated import Simulated

from devtools import chromium
from mungchi.accounts.models import Cooperative


class Site:
    """Where it runs, where its letters lie, and who is there from the beginning."""

    def __init__(self, port: int, folder: Path, cooperative: Cooperative) -> None:
        self.port, self.folder, self.cooperative = port, folder, cooperative
        self.origin = f"http://localhost:{port}"

    def letters(self) -> list[str]:
        """The e-mails that have gone out so far, oldest first.

        Of every installation on this database: their workers take each other's letters.
        """
        from email import message_from_bytes, policy

        files = sorted(self.folder.parent.glob("*/mail/*.log"), key=lambda f: f.stat().st_mtime)
        # What one run of the worker sends lies in one file, with a line between letters.
        pieces = [piece for file in files for piece in file.read_bytes().split(b"-" * 79 + b"\n")]
        parsed = [message_from_bytes(piece, policy=policy.default) for piece in pieces if piece]
        return [str(letter.get_body(("plain",)).get_content()) for letter in parsed]  # type: ignore[union-attr]

    def letter(self, saying: str) -> str:
        """The newest letter with these words, once the worker has sent it."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if found := [letter for letter in self.letters() if saying in letter]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no letter with {saying} in {self.folder / 'mail'}")

    def link(self, begins: str) -> str:
        """The path of the link that begins so in the newest letter with one."""
        found = re.findall(r"http://\S+", self.letter(begins))
        return next(urlsplit(url).path for url in found if begins in url)


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Another `db` than elsewhere: a copy of the test database, whose rows processes see."""
    with django_db_blocker.unblock(), own_database("browser") as url:
        yield url


@pytest.fixture(scope="package")
def site(
    db: str, simulator_process: Simulated, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The installation of the browser tests; gone before other tests use this worker.

    Cards are charged by the payment simulator.
    """
    folder = tmp_path_factory.mktemp("site")
    cooperative = place()
    with running(db, folder, STRIPE_API_BASE=simulator_process.base) as port:
        yield Site(port, folder, cooperative)


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """The machine's Chromium. Playwright keeps a loop running in this thread, in which Django
    takes its queries for asynchronous ones; they are not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield from _chromium()


def _chromium() -> Iterator[Browser]:
    program = chromium.find()
    assert program is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=chromium.ARGUMENTS, headless=True
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(
    site: Site, chrome: Browser, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visitor]]:
    """Make visitors; none of them may have met a fault."""
    made: list[Visitor] = []

    def make(name: str, **options: str) -> Visitor:
        made.append(Visitor(chrome, site.origin, name, **options))
        return made[-1]

    failed = request.session.testsfailed
    yield make
    faults = []
    for each in made:
        if request.session.testsfailed > failed:
            each.keep_evidence()
        faults += each.leave()
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(dict.fromkeys(faults))
