"""Which movement of a provider's balance is which entry of the books, and what is left over. Pure.

A movement is tied to the entries that are it, once they say the same to the last unit; what is only
the provider's to say (its fee, a conversion, money sent to the bank) is written out of it. All else
is a finding, one of each for what it is about. No movement and no entry is used twice, and the
order in which they are given means nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final, Literal
from uuid import UUID

# A provider lists what it did some hours later at most; after so long it is missing there.
LATE: Final = timedelta(days=2)
# So long after it was sent a charge of which nobody knows is the office's to look up.
STUCK_AFTER: Final = timedelta(hours=24)

Write = Literal[
    "provider_fee", "converted", "settled_in", "to_bank", "to_bank_failed", "charged_late",
]  # fmt: skip
CHARGES: Final = ("charged", "charged_late")
# What is looked for at the provider; its fee comes with its charge.
EXPECTED: Final = (
    *CHARGES, "refunded", "refunded_undone", "late_returned", "paid_out", "paid_out_undone",
)  # fmt: skip

# A bank takes money back (or gives it back), and the provider keeps a fee for it: one movement.
DISPUTE_FEES: Final = ("dispute_fee", "dispute_fee_back")
DISPUTED: Final = ("dispute_withdrawn", "dispute_reinstated", *DISPUTE_FEES)


@dataclass(frozen=True, slots=True)
class About:
    """What of ours something is about, as far as that is known. `paid`: the payment's money came by
    another charge."""

    campaign: UUID | None = None
    payment: UUID | None = None
    attempt: UUID | None = None
    paid: bool = False


NOTHING: Final = About()


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement that no entry is tied to; as payments.providers.facts.BalanceFact. `payment`,
    `refund` and `payout` are our marks on its source, or empty."""

    pk: UUID
    id: str
    kind: str
    source: str
    charge: str
    amount: int
    fee: int
    currency: str
    source_amount: int | None
    source_currency: str
    at: datetime
    payment: str = ""
    refund: str = ""
    payout: str = ""

    @property
    def said(self) -> tuple[int, str]:
        """How much it is about, in the currency of what it is about."""
        if self.source_amount is None or not self.source_currency:
            return self.amount, self.currency
        sign = -1 if self.amount < 0 else 1
        return sign * abs(self.source_amount), self.source_currency

    @property
    def net(self) -> int:
        """What the balance has more (or less) by it."""
        return self.amount - self.fee


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry that moved what the provider has, and that is tied to no movement. `object` is the
    provider's name of the charge, refund or transfer; `undoes`: the entry that it turned."""

    pk: UUID
    kind: str
    object: str
    charge: str
    amount: int
    currency: str
    at: datetime
    about: About = NOTHING
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An open item over money that is owed back to a firm: of which charge, and how much."""

    pk: UUID
    charge: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A try at a charge of which nobody knows since `since` what became of it."""

    name: str
    amount: int
    currency: str
    since: datetime
    about: About


@dataclass(frozen=True, slots=True)
class Known:
    """What of a provider's names and of our own marks is ours."""

    charges: Mapping[str, About] = field(default_factory=dict)
    refunds: Mapping[str, About] = field(default_factory=dict)
    payments: Mapping[str, About] = field(default_factory=dict)
    refund_marks: Mapping[str, About] = field(default_factory=dict)
    payouts: Mapping[str, About] = field(default_factory=dict)
    payout_marks: Mapping[str, About] = field(default_factory=dict)
    held: Sequence[Held] = ()
    # Charges whose own movement is tied already.
    tied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tie:
    """A movement, the entries that it is, and what is still to be written of it: (what, amount,
    currency), in minor units as the functions of domain.ledger take them."""

    line: Moved
    entries: tuple[Booked, ...]
    writes: tuple[tuple[Write, int, str], ...]
    about: About


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree; `kind` is one of payments.domain.open_items. `name` tells it
    from every other of its kind: what the provider calls it, or what we do."""

    kind: str
    name: str
    about: About
    line: UUID | None = None
    ours: int | None = None
    theirs: int | None = None
    currency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What agrees, what does not, and money of open items that went back: (item, line)."""

    ties: tuple[Tie, ...]
    findings: tuple[Finding, ...]
    returned: tuple[tuple[UUID, UUID], ...]


def compare(
    lines: Iterable[Moved],
    entries: Iterable[Booked],
    known: Known,
    under_way: Iterable[UnderWay],
    now: datetime,
) -> Compared:
    """Say of every movement and entry what it is; see the module."""
    work = _Work(entries, known)
    for line in sorted(lines, key=lambda each: (each.at, each.id)):
        work.judge(line)
    findings = [*work.findings, *_missing_there(work, now)]
    findings += [
        Finding("stuck", each.name, each.about, ours=each.amount, currency=each.currency)
        for each in sorted(under_way, key=lambda each: each.name)
        if each.since <= now - STUCK_AFTER
    ]
    ties, found, returned = tuple(work.ties), tuple(findings), tuple(work.returned)
    return Compared(ties, found, returned)


class _Work:
    """What is not used yet while movements are looked at, one after the other."""

    def __init__(self, entries: Iterable[Booked], known: Known) -> None:
        self.known = known
        self.left = {each.pk: each for each in sorted(entries, key=lambda each: (each.at, each.pk))}
        self.by_object: dict[str, list[Booked]] = defaultdict(list)
        self.by_charge: dict[str, list[Booked]] = defaultdict(list)
        for each in self.left.values():
            self.by_object[each.object].append(each)
            self.by_charge[each.charge].append(each)
        self.held = sorted(known.held, key=lambda each: each.pk)
        self.told: set[str] = set(known.tied)
        self.ties: list[Tie] = []
        self.findings: list[Finding] = []
        self.returned: list[tuple[UUID, UUID]] = []

    def judge(self, line: Moved) -> None:
        """Tie a movement, or say what is wrong with it."""
        match line.kind:
            case "charge":
                self._charge(line)
            case "refund":
                self._refund(line)
            case "refund_failure":
                self._by_object(line, "refunded_undone", self._known_refund(line))
            case "fee":
                self._write(line, ("provider_fee", -line.net, line.currency))
            case "payout":
                self._write(line, ("to_bank", -line.net, line.currency))
            case "payout_failure":
                self._write(line, ("to_bank_failed", line.net, line.currency))
            case "transfer":
                self._by_amount(line, "paid_out")
            case "transfer_reversal":
                self._by_amount(line, "paid_out_undone")
            case "dispute":
                self._disputed(line)
            case _:
                self._find("orphan", line, NOTHING)

    def unused(self, entries: Iterable[Booked], *kinds: str) -> list[Booked]:
        """Those of some entries that are of these kinds and not used yet."""
        return [each for each in entries if each.pk in self.left and each.kind in kinds]

    def _charge(self, line: Moved) -> None:
        if line.source and line.source in self.told:
            known = self.known.charges.get(line.source, NOTHING)
            self._find("told_twice", line, known, name=line.id)
            return
        self.told.add(line.source)
        entries = self.unused(self.by_charge[line.source], *CHARGES) if line.source else []
        if entries:
            self._same(line, entries[0])
            return
        about = self.known.charges.get(line.source)
        marked = self.known.payments.get(line.payment) if line.payment else None
        if about is None and marked is not None and marked.paid:
            # Charged once more, by a charge that we never heard of: it is owed back.
            amount, currency = line.said
            self._tie(line, [], marked, ("charged_late", amount, currency))
            self._find("duplicate_charge", line, marked)
        elif about is None and marked is None:
            self._find("orphan", line, NOTHING)
        else:
            self._find("missing_here", line, about or marked or NOTHING)

    def _refund(self, line: Moved) -> None:
        found = self.unused(self.by_object[line.source], "refunded") if line.source else []
        amount, currency = line.said
        if not found and line.charge:
            found = [
                each
                for each in self.unused(self.by_charge[line.charge], "late_returned")
                if (each.amount, each.currency) == (amount, currency)
            ]
        if found:
            self._same(line, found[0])
            return
        for item in self.held:
            if (item.charge, -item.amount, item.currency) == (line.charge, amount, currency):
                self.held.remove(item)
                self.returned.append((item.pk, line.pk))
                return
        about = self._known_refund(line)
        charge = self.known.charges.get(line.charge)
        if about is None and charge is not None:
            self._find("refund_elsewhere", line, charge)
        else:
            self._find("orphan" if about is None else "missing_here", line, about or NOTHING)

    def _known_refund(self, line: Moved) -> About | None:
        marked = self.known.refund_marks.get(line.refund) if line.refund else None
        return self.known.refunds.get(line.source) or marked

    def _by_object(self, line: Moved, kind: str, about: About | None) -> None:
        found = self.unused(self.by_object[line.source], kind) if line.source else []
        if found:
            self._same(line, found[0])
        else:
            self._find("orphan" if about is None else "missing_here", line, about or NOTHING)

    def _by_amount(self, line: Moved, kind: str) -> None:
        """A transfer to a supplier, or a piece of it that was taken back, of which there may be
        several: each is the entry over as much."""
        found = self.unused(self.by_object[line.source], kind) if line.source else []
        exact = [each for each in found if (each.amount, each.currency) == line.said]
        if exact or found:
            self._same(line, (exact or found)[0])
            return
        marked = self.known.payout_marks.get(line.payout) if line.payout else None
        about = self.known.payouts.get(line.source) or marked
        self._find("orphan" if about is None else "missing_here", line, about or NOTHING)

    def _disputed(self, line: Moved) -> None:
        """Disputes are booked by what is about them; here they only have to be the same. One that
        is booked by nobody is no finding: those have pages of their own. Fees may be told in parts,
        and another fee is a finding of the movement, of which a dispute may have several."""
        booked = self.by_object[line.source] if line.source else []
        kinds = {each.kind for each in booked} - {*EXPECTED, "provider_fee", *DISPUTE_FEES}
        moved = self.unused(booked, *kinds)
        exact = [each for each in moved if (each.amount, each.currency) == line.said]
        fees = [e for e in self.unused(booked, *DISPUTE_FEES) if e.currency == line.currency]
        alike = [each for each in fees if each.amount * line.fee < 0]
        some = (each for size in (1, 2, 3) for each in combinations(fees, size) if alike)
        kept = next((each for each in some if sum(fee.amount for fee in each) == -line.fee), ())
        if exact and kept:
            self._take([exact[0], *kept])
            self._tie(line, [exact[0], *kept], exact[0].about)
        elif exact and alike:
            self._other_fee(line, exact[0], alike[:1], line.id)
        elif exact:
            self._same(line, exact[0])

    def _same(self, line: Moved, entry: Booked) -> None:
        """A movement and the entry that it is: tied where both say the same."""
        said, currency = line.said
        if currency != entry.currency:
            self._differ("other_currency", line, entry, note=entry.currency)
            return
        if said != entry.amount:
            self._differ("other_amount", line, entry)
            return
        fees = self.unused(self.by_charge[line.source], "provider_fee") if line.source else []
        fees = [each for each in fees if each.currency == line.currency]
        if fees and -sum(each.amount for each in fees) != line.fee:
            self._other_fee(line, entry, fees, line.source)
            return
        writes: list[tuple[Write, int, str]] = []
        if line.currency != entry.currency:
            writes.append(("converted", said, currency))
            writes.append(("settled_in", line.amount, line.currency))
        if not fees:
            writes.append(("provider_fee", line.fee, line.currency))
        self._take([entry, *fees])
        self._tie(line, [entry, *fees], entry.about, *writes)

    def _write(self, line: Moved, write: tuple[Write, int, str]) -> None:
        self._tie(line, [], NOTHING, write)

    def _tie(
        self, line: Moved, entries: list[Booked], about: About, *writes: tuple[Write, int, str]
    ) -> None:
        more = list(writes)
        if any(what == "charged_late" for what, _, _ in writes):
            said, currency = line.said
            if currency != line.currency:
                more += [("converted", said, currency)]
                more += [("settled_in", line.amount, line.currency)]
            more.append(("provider_fee", line.fee, line.currency))
        kept = tuple(each for each in more if each[1])
        self.ties.append(Tie(line, tuple(entries), kept, about))

    def _take(self, entries: Iterable[Booked]) -> None:
        for each in entries:
            del self.left[each.pk]

    def _differ(self, kind: str, line: Moved, entry: Booked, note: str = "") -> None:
        """Both are known, and one of them is wrong: neither is used for anything else."""
        self._take([entry])
        self.findings.append(
            Finding(kind, line.source, entry.about, line.pk, entry.amount, *line.said, note)
        )

    def _other_fee(self, line: Moved, entry: Booked, fees: list[Booked], name: str) -> None:
        self._take([entry, *fees])
        booked = -sum(each.amount for each in fees)
        self.findings.append(
            Finding("other_fee", name, entry.about, line.pk, booked, line.fee, line.currency)
        )

    def _find(self, kind: str, line: Moved, about: About, *, name: str = "") -> None:
        self.findings.append(
            Finding(kind, name or line.source or line.id, about, line.pk, None, *line.said,
                    line.kind)
        )  # fmt: skip


def _missing_there(work: _Work, now: datetime) -> list[Finding]:
    """Entries of which the provider says nothing although it has had the time. A refund that was
    taken back before it went moved nothing there."""
    turned = {each.undoes for each in work.left.values() if each.undoes in work.left}
    return [
        Finding("missing_there", each.object or str(each.pk), each.about, None, each.amount, None,
                each.currency, each.kind)
        for each in work.left.values()
        if each.kind in EXPECTED and each.at <= now - LATE
        and each.pk not in turned and each.undoes not in turned
    ]  # fmt: skip
