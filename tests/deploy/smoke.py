"""A whole small campaign by HTTP against a running installation.

    python tests/deploy/smoke.py http://localhost:8080 \\
        --manage "docker compose exec -T api python manage.py"

Needs nothing but Python. `--manage` is how `manage.py` of that installation is called; with it the
script, like an operator, makes its own cooperative, two member firms, a supplier and their
accounts (names and passwords by chance; see people.py beside this file), and at the end switches
the accounts and the cooperative off. What happened stays in the books of the installation, because
history is never deleted: meant for a trial installation, or for a real one before its first day.

Then, as these people: sign in, read, import a small file and wait until the worker has done it,
state needs, make a campaign of them, offer, award, open, join in front of an open screen, close,
pay, ship, receive. It ends with 0 and "passed" when the campaign is completed, and with 1 and the
step otherwise.
"""

import argparse
import base64
import hmac
import json
import secrets
import shlex
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

PEOPLE = Path(__file__).with_name("people.py")
PATIENCE = 90.0
PURCHASES = """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1,10001,Paper,30,2026-01-05 10:00:00,4.5,F-1,KR
2,10001,Paper,-4,2026-01-06 10:00:00,4.5,F-1,KR
3,10002,Tape,12,2026-01-07 10:00:00,1.25,F-2,KR
"""
Json = dict[str, Any]


class Failed(Exception):
    """A step did not go as it should."""


class Person:
    """A browser of one person: cookies, CSRF, nothing else."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )
        self.headers: dict[str, str] = {}

    def call(
        self, method: str, path: str, body: Any = None, *, kind: str = "", meant: int = 0
    ) -> Any:
        """Send a request, JSON unless `kind` says otherwise; return the parsed answer.

        `meant` is a refusal that says what one wants to know.
        """
        headers = {"Accept": "application/json", "Origin": self.base}
        if method != "GET":
            headers["X-CSRFToken"] = self._token()
        data = None
        if body is not None:
            data = body if kind else json.dumps(body).encode()
            headers["Content-Type"] = kind or "application/json"
        url = self.base + path
        request = urllib.request.Request(url, data, headers, method=method)
        try:
            with self.opener.open(request, timeout=30) as answer:
                self.headers = dict(answer.headers)
                text = answer.read()
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            if error.code == meant:
                return json.loads(said)
            raise Failed(f"{method} {path} answered {error.code}: {said[:500]}") from None
        return json.loads(text) if text else None

    def _token(self) -> str:
        if not any(cookie.name == "csrftoken" for cookie in self.jar):
            self.call("GET", "/api/auth/browser/v1/config")
        return next(cookie.value or "" for cookie in self.jar if cookie.name == "csrftoken")

    def get(self, path: str) -> Any:
        """GET below /api/v1."""
        return self.call("GET", f"/api/v1{path}")

    def post(self, path: str, body: Any = None) -> Any:
        """POST below /api/v1."""
        return self.call("POST", f"/api/v1{path}", body)

    def standings(self, campaign: str) -> Iterator[Json]:
        """Open the event stream; yield where a campaign stands whenever it says so."""
        url = f"{self.base}/api/v1/live?campaigns={campaign}"
        with self.opener.open(url, timeout=30) as answer:
            for line in answer:
                if line.startswith(b'data: {"campaign"'):
                    yield json.loads(line.removeprefix(b"data: "))

    def one(self, path: str) -> Json:
        """Return the only row of a list."""
        rows = self.get(path)["results"]
        if len(rows) != 1:
            raise Failed(f"{path} has {len(rows)} rows, not one")
        return dict(rows[0])

    def sign_in(self, account: Json) -> None:
        """Sign in as the screen does."""
        login = "/api/auth/browser/v1/auth/login"
        self.call("POST", login, {"email": account["email"], "password": account["password"]})
        if self.get("/me")["second_factor"] == "missing":
            self._set_up_second_factor(account["password"])

    def _set_up_second_factor(self, password: str) -> None:
        """As the screen does, with an authenticator app in a few lines (RFC 6238)."""
        service = "/api/auth/browser/v1"
        self.call("POST", f"{service}/auth/reauthenticate", {"password": password})
        app = f"{service}/account/authenticators/totp"
        secret = self.call("GET", app, meant=404)["meta"]["secret"]
        moment = struct.pack(">Q", int(time.time()) // 30)
        hashed = hmac.new(base64.b32decode(secret), moment, "sha1").digest()
        number = struct.unpack_from(">I", hashed, hashed[-1] & 15)[0] & 0x7FFFFFFF
        self.call("POST", app, {"code": f"{number % 1_000_000:06}"})

    def upload(self, path: str, name: str, content: bytes) -> Any:
        """POST a file."""
        mark = secrets.token_hex(12)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: text/csv\r\n\r\n"
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        return self.call("POST", f"/api/v1{path}", body, kind=kind)


def wait_for(what: str, question: Callable[[], Any]) -> Any:
    """Ask until the answer is true; return it. Raises Failed after PATIENCE seconds."""
    began = time.monotonic()
    while not (answer := question()):
        if time.monotonic() - began > PATIENCE:
            raise Failed(f"{what}: not within {PATIENCE:.0f} s")
        time.sleep(0.5)
    say(f"{what} ({time.monotonic() - began:.1f} s)")
    return answer


def say(line: str) -> None:
    """Print what was reached."""
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


class Journey:
    """The steps, in order; each is a method that stands for one thing somebody does."""

    def __init__(self, base: str, people: Json) -> None:
        self.base = base
        self.accounts: Json = people["accounts"]
        self.cooperative: str = people["cooperative"]
        self.item: str = people["item"]
        self.office, self.supplier = Person(base), Person(base)
        self.firms = [Person(base), Person(base)]
        self.campaign = ""

    def walk(self) -> None:
        """Do all of it; raises Failed."""
        self.look_around()
        self.import_a_file()
        self.collect_needs()
        self.open_a_campaign()
        self.join_and_close()
        self.pay()
        self.deliver()

    def look_around(self) -> None:
        """The page, readiness, and everybody's sign-in."""
        stranger = Person(self.base)
        wait_for("/readyz", lambda: _ready(stranger))
        for name, person in [("office", self.office), ("supplier", self.supplier),
                             ("firm0", self.firms[0]), ("firm1", self.firms[1])]:  # fmt: skip
            person.sign_in(self.accounts[name])
            seats = person.get("/me")["seats"]
            if len(seats) != 1:
                raise Failed(f"{name} has {len(seats)} seats")
        say("four people signed in")

    def import_a_file(self) -> None:
        """A purchase history of three lines, one of them bad, done by the worker."""
        row = self.office.upload("/imports", "purchases.csv", PURCHASES.encode())
        self.office.post(f"/imports/{row['id']}/start")
        done = wait_for("import done by the worker", lambda: self._import_if_done(row["id"]))
        counts = done["counts"]
        if done["state"] != "done" or (counts["kept"], counts["rejected"]) != (2, 1):
            raise Failed(f"import ended as {done['state']}: {counts}")

    def _import_if_done(self, pk: str) -> Json | None:
        row: Json = self.office.get(f"/imports/{pk}")
        return row if row["state"] in {"done", "failed"} else None

    def collect_needs(self) -> None:
        """Both firms need the item; the office makes a campaign of the pool."""
        by = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()
        for person, quantity in zip(self.firms, (40, 80), strict=True):
            need = {"cooperative": self.cooperative, "item": self.item, "quantity": quantity,
                    "needed_by": by}  # fmt: skip
            person.post("/needs", need)
        pool = self.office.one(f"/pools?item={self.item}")
        self.campaign = self.office.post(f"/pools/{pool['id']}/campaign")["id"]
        say("campaign made of a pool of two needs")

    def open_a_campaign(self) -> None:
        """Sourcing, an offer with two tiers, the award, the opening."""
        path = f"/campaigns/{self.campaign}"
        now = datetime.now(UTC)
        change = {"for_all_suppliers": True, "closes_at": (now + timedelta(days=7)).isoformat(),
                  "offers_due_at": (now + timedelta(days=1)).isoformat()}  # fmt: skip
        self.office.call("PATCH", f"/api/v1{path}", change)
        self.office.post(f"{path}/start-sourcing")
        tiers = [{"min_quantity": 1, "unit_price": "1200"}, {"min_quantity": 100,
                                                             "unit_price": "1000"}]  # fmt: skip
        offer = {"tiers": tiers, "lead_time_days": 5,
                 "valid_until": (now + timedelta(days=30)).isoformat()}  # fmt: skip
        chosen = self.supplier.post(f"{path}/offers", offer)["id"]
        self.office.post(f"{path}/award", {"offer": chosen, "reason": "lowest price"})
        self._expect("open", self.office.post(f"{path}/open"))

    def join_and_close(self) -> None:
        """40 and 80 units reach the second tier; the worker clears."""
        path = f"/campaigns/{self.campaign}"
        screen = self.office.standings(self.campaign)
        before = next(screen)["ladder"]["quantity"]
        for person, quantity in zip(self.firms, (40, 80), strict=True):
            person.call("PUT", f"/api/v1{path}/commitment", {"quantity": quantity})
            seen, before = next(screen)["ladder"]["quantity"] - before, before + quantity
            if seen != quantity:
                raise Failed(f"an open screen was told of {seen} more, not {quantity}")
        screen.close()
        say("both commitments came to an open screen")
        self.office.post(f"{path}/close")
        wait_for("cleared by the worker", lambda: self.office.get(path)["clearing"])
        run = self.office.get(f"{path}/clearing")
        if (run["outcome"], run["unit_price"], run["quantity"]) != ("succeeded", "1000", 120):
            raise Failed(f"the clearing says {run}")

    def pay(self) -> None:
        """The office confirms both transfers; the purchase order goes out."""
        path = f"/payments?campaign={self.campaign}"
        rows = wait_for("asked for payment", lambda: _when(self.office.get(path)["results"], 2))
        if sorted(row["amount"] for row in rows) != [44_000, 88_000]:
            raise Failed(f"amounts are {[row['amount'] for row in rows]}")
        for row in rows:
            transfer = {"amount": row["amount"], "depositor": "smoke",
                        "received_date": _today()}  # fmt: skip
            self.office.post(f"/payments/{row['id']}/confirm", transfer)

    def deliver(self) -> None:
        """The supplier confirms and ships, both firms confirm receipt, the campaign completes."""
        listed = f"/purchase-orders?campaign={self.campaign}"
        found = wait_for("purchase order", lambda: _when(self.supplier.get(listed)["results"], 1))
        pk = found[0]["id"]
        self.supplier.post(f"/purchase-orders/{pk}/confirm")
        for line in self.supplier.get(f"/purchase-orders/{pk}/lines")["results"]:
            parcel = {"order": line["order"], "quantity": line["quantity"], "carrier": "smoke",
                      "shipped_date": _today()}  # fmt: skip
            self.supplier.post("/shipments", parcel)
        for person, quantity in zip(self.firms, (40, 80), strict=True):
            order = person.one(f"/orders?campaign={self.campaign}")
            shipment = order["shipments"][0]["id"]
            person.post(f"/shipments/{shipment}/receive", {"quantity": quantity})
        path = f"/campaigns/{self.campaign}"
        wait_for("completed", lambda: self.office.get(path)["state"] == "completed")

    def _expect(self, state: str, campaign: Json) -> None:
        if campaign["state"] != state:
            raise Failed(f"the campaign is {campaign['state']}, not {state}")
        say(f"campaign {state}")


def _ready(person: Person) -> bool:
    try:
        return bool(person.call("GET", "/readyz")["status"] == "ready")
    except (Failed, OSError):
        return False


def _when(rows: list[Json], count: int) -> list[Json] | None:
    return rows if len(rows) == count else None


def _today() -> str:
    # In no zone of the world is this in the future, and a cooperative's day is its own.
    return (datetime.now(UTC) - timedelta(hours=12)).date().isoformat()


def people_by(manage: str, step: str, mark: str) -> Json:
    """Run people.py within the installation: its last line is JSON. Raises Failed."""
    code = PEOPLE.read_text(encoding="utf-8") + f"\nprint({step}({mark!r}))\n"
    command = [*shlex.split(manage), "shell", "--verbosity", "0", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{manage} shell: {(done.stderr or done.stdout)[-1500:]}")
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> int:
    """Make the people, walk the journey, switch the people off."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "base", help="where the installation answers, such as http://localhost:8080"
    )
    parser.add_argument("--manage", required=True, help="how its manage.py is called")
    given = parser.parse_args()
    mark = secrets.token_hex(4)
    began = time.monotonic()
    try:
        people = people_by(given.manage, "make_people", mark)
        try:
            Journey(given.base, people).walk()
        finally:
            people_by(given.manage, "switch_off", mark)
    except (Failed, OSError) as failure:
        sys.stderr.write(f"failed: {failure}\n")
        return 1
    say(f"passed in {time.monotonic() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
