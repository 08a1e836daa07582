"""The replay's report for people: one HTML page that needs nothing else, and a workbook."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

from mungchi.common.money import amount_label, exponent, from_minor, price_label
from mungchi.demand.domain.lines import REASONS
from mungchi.reports import queries
from mungchi.reports.domain.charts import bars, columns
from mungchi.reports.domain.replay import Replay, Sum

SHOWN = 20
ROWS_IN_A_SHEET = 1_000_000
STYLE = """
:root { color-scheme: light dark; --ink: #1c2733; --quiet: #5b6b7b; --line: #d5dde5;
  --bar: #1f6f5c; --paper: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7edf3; --quiet: #9fb0c0; --line: #33414f;
  --bar: #4fb39a; --paper: #131a21; } }
body { font: 16px/1.6 "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif;
  color: var(--ink); background: var(--paper); max-width: 800px; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2.4rem 0 .4rem }
h1 small, h2 small { display: block; font-weight: 400; color: var(--quiet); font-size: .9rem }
p.lead { font-size: 1.2rem } .quiet, figcaption { color: var(--quiet); font-size: .9rem }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
.wide { overflow-x: auto } th, td { text-align: right; padding: .3rem .5rem;
  border-bottom: 1px solid var(--line) } th:first-child, td:first-child { text-align: left }
th { font-weight: 600; vertical-align: bottom } th small { display: block; font-weight: 400 }
svg { width: 100%; height: auto } .bar { fill: var(--bar) } .grid { stroke: var(--line) }
.tick { font-size: 11px; fill: var(--quiet) } .name { font-size: 12px; fill: var(--ink) }
figure { margin: 0 }
"""


def write_report(replay: Replay, *, folder: Path, filename: str, source: str) -> list[Path]:
    """Write replay.html and replay.xlsx into `folder` (made when absent); return their paths.

    source: a citation of the data set, shown with every figure; may be empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page, book = folder / "replay.html", folder / "replay.xlsx"
    items, firms = queries.item_names(), queries.firm_names()
    by_item = [(items[pk], total) for pk, total in replay.items().items()]
    by_firm = [(firms[pk], total) for pk, total in replay.firms().items()]
    page.write_text(_page(replay, by_item, by_firm, filename, source), encoding="utf-8")
    _workbook(replay, by_item, by_firm, book, items, filename, source)
    return [page, book]


Named = Sequence[tuple[str, Sum]]


def _page(replay: Replay, by_item: Named, by_firm: Named, filename: str, source: str) -> str:
    total = replay.total()
    months = [(f"{year}-{month:02d}", part) for (year, month), part in replay.months().items()]
    saved, paid = (
        amount_label(n, replay.currency).en for n in (total.saved_minor, total.paid_minor)
    )
    percent = f"{total.saved_percent}%"
    caption = f"<figcaption>{escape(source)}</figcaption>" if source else ""

    def money(value: int) -> float:
        return float(from_minor(value, replay.currency))

    def ranking(rows: Named, title: str) -> str:
        top = rows[:SHOWN]
        return bars(
            [(name, money(part.saved_minor)) for name, part in top],
            labels=[amount_label(part.saved_minor, replay.currency).en for _, part in top],
            title=title,
        )

    over_time = columns(
        [(name, money(part.saved_minor)) for name, part in months],
        unit=replay.currency,
        title="월별 절감액 Savings by month",
    )
    parts = [
        _heading("함께 샀다면", "Had they bought together", 1),
        f'<p class="quiet">{escape(filename)}</p>',
        f'<p class="lead">실제 구매액 {paid} 중 <b>{saved} ({percent})</b>을 '
        "아낄 수 있었습니다.<br>"
        f"Of {paid} really paid, <b>{saved} ({percent})</b> would have been saved.</p>",
        _rejections(replay),
        _heading("월별 절감액", f"Savings by month, {replay.currency}"),
        f"<figure>{over_time}{caption}</figure>",
        _table("월 Month", months, replay.currency),
        _heading("품목별 절감액", f"Savings by item: the first {SHOWN}"),
        f"<figure>{ranking(by_item, '품목별 절감액 Savings by item')}{caption}</figure>",
        _heading("기업별 절감액", f"Savings by firm: the first {SHOWN}"),
        f"<figure>{ranking(by_firm, '기업별 절감액 Savings by firm')}{caption}</figure>",
        _heading("공동구매 수와 도달 구간", "How many campaigns, and how deep the tiers"),
        _depths(replay),
        caption.replace("figcaption", "p"),
    ]
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>함께 샀다면 · Had they bought together</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _heading(ko: str, en: str, level: int = 2) -> str:
    return f'<h{level}>{escape(ko)}<small lang="en">{escape(en)}</small></h{level}>'


def _rejections(replay: Replay) -> str:
    rejected = sum(replay.rejected.values())
    reasons = "".join(
        f"<li>{count:,} · {escape(REASONS[code].ko)} {escape(REASONS[code].en)}</li>"
        for code, count in replay.rejected.items()
    )
    return (
        f'<p class="quiet">읽은 줄 {replay.lines + rejected:,}, 사용 {replay.lines:,}, '
        f"제외 {rejected:,} · Lines read, used, left out</p>"
        f'<details class="quiet"><summary>제외 사유 Why lines were left out</summary>'
        f"<ul>{reasons}</ul></details>"
    )


def _table(first: str, rows: Named, currency: str) -> str:
    heads = [
        ("공동구매", "campaigns"), ("참여", "awards"), ("수량", "quantity"),
        ("실제 구매액", "paid"), ("함께 샀다면", "pooled"), ("절감", "saved"),
    ]  # fmt: skip
    head = f"<th>{first}</th>" + "".join(f"<th>{ko}<small>{en}</small></th>" for ko, en in heads)
    body = "".join(
        f"<tr><td>{escape(name)}</td><td>{part.campaigns:,}</td><td>{part.awards:,}</td>"
        f"<td>{part.quantity:,}</td><td>{amount_label(part.paid_minor, currency).en}</td>"
        f"<td>{amount_label(part.pooled_minor, currency).en}</td>"
        f"<td>{part.saved_percent}%</td></tr>"
        for name, part in rows
    )
    return _wide(head, body)


def _wide(head: str, body: str) -> str:
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'


def _depths(replay: Replay) -> str:
    depths = replay.depths()
    deepest = max((tiers for tiers, _ in depths), default=1)
    reached = [0, *range(1, deepest + 1)]
    head = "<th>구간 수<small>tiers</small></th>" + "".join(
        "<th>무산<small>failed</small></th>"
        if at == 0
        else f"<th>{at}구간<small>tier {at}</small></th>"
        for at in reached
    )
    body = "".join(
        f"<tr><td>{tiers}</td>"
        + "".join(f"<td>{depths.get((tiers, at), 0):,}</td>" for at in reached)
        + "</tr>"
        for tiers in sorted({tiers for tiers, _ in depths})
    )
    count = f"{len(replay.outcomes):,}"
    return (
        f"<p>공동구매 {count}건. 가격 구간 수별로 몇 번째 구간까지 갔는지 보여 줍니다.<br>"
        f"{count} campaigns: by the number of tiers of their item and the tier that was reached."
        f"</p>{_wide(head, body)}"
    )


def _workbook(
    replay: Replay,
    by_item: Named,
    by_firm: Named,
    path: Path,
    items: dict[Any, str],
    filename: str,
    source: str,
) -> None:
    book = xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": False}
    )
    money = book.add_format({"num_format": f"#,##0.{'0' * exponent(replay.currency)}".rstrip(".")})
    bold = book.add_format({"bold": True})
    _summary_sheet(book, replay, bold, money, filename, source)
    months = [(f"{year}-{month:02d}", part) for (year, month), part in replay.months().items()]
    _sums_sheet(book, "월 Months", "월 Month", months, replay, (bold, money), len(months))
    _sums_sheet(book, "품목 Items", "품목 Item", by_item, replay, (bold, money), SHOWN)
    _sums_sheet(book, "기업 Firms", "기업 Firm", by_firm, replay, (bold, money), SHOWN)
    _campaigns_sheet(book, replay, items, bold)
    book.close()


def _summary_sheet(
    book: Any, replay: Replay, bold: Any, money: Any, filename: str, source: str
) -> None:
    page = book.add_worksheet("요약 Summary")
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 18)
    total = replay.total()
    scale = replay.currency
    rows: list[tuple[str, object]] = [
        ("파일 File", filename),
        ("출처 Source", source),
        ("통화 Currency", scale),
        ("사용한 줄 Lines used", replay.lines),
        *((f"제외 Left out: {REASONS[code].ko}", count) for code, count in replay.rejected.items()),
        ("품목·월 Item months", replay.groups),
        ("공동구매 Campaigns", len(replay.outcomes)),
        ("성립 Succeeded", sum(outcome.succeeded for outcome in replay.outcomes)),
        ("배정 Awards", total.awards),
        ("배정 수량 Quantity", total.quantity),
        ("실제 구매액 Paid", from_minor(total.paid_minor, scale)),
        ("함께 샀다면 Pooled", from_minor(total.pooled_minor, scale)),
        ("절감 Saved, %", total.saved_percent),
    ]
    for at, (name, value) in enumerate(rows):
        page.write_string(at, 0, name, bold)
        if isinstance(value, str):
            page.write_string(at, 1, value)
        else:
            page.write_number(at, 1, float(value), money if "액" in name else None)  # type: ignore[arg-type]


def _sums_sheet(
    book: Any,
    title: str,
    first: str,
    rows: Named,
    replay: Replay,
    formats: tuple[Any, Any],
    charted: int,
) -> None:
    bold, money = formats
    page = book.add_worksheet(title)
    heads = [first, "공동구매 Campaigns", "배정 Awards", "수량 Quantity", "실제 구매액 Paid",
             "함께 샀다면 Pooled", "절감액 Saved", "절감률 Saved %"]  # fmt: skip
    page.set_column(0, 0, 40)
    page.set_column(1, len(heads) - 1, 18)
    for at, head in enumerate(heads):
        page.write_string(0, at, head, bold)
    for line, (name, part) in enumerate(rows[:ROWS_IN_A_SHEET], start=1):
        page.write_string(line, 0, name)
        for at, count in enumerate((part.campaigns, part.awards, part.quantity), start=1):
            page.write_number(line, at, count)
        for at, minor in enumerate((part.paid_minor, part.pooled_minor, part.saved_minor), start=4):
            page.write_number(line, at, float(from_minor(minor, replay.currency)), money)
        page.write_number(line, 7, float(part.saved_percent))
    page.freeze_panes(1, 1)
    last = min(len(rows), charted)
    if not last:
        return
    chart = book.add_chart({"type": "column" if title.startswith("월") else "bar"})
    chart.add_series(
        {"name": heads[6], "categories": [title, 1, 0, last, 0], "values": [title, 1, 6, last, 6]}
    )
    chart.set_title({"name": f"{title}: {heads[6]} ({replay.currency})"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": 300 if title.startswith("월") else 520})
    if not title.startswith("월"):
        chart.set_y_axis({"reverse": True})
    page.insert_chart(1, len(heads) + 1, chart)


def _campaigns_sheet(book: Any, replay: Replay, items: dict[Any, str], bold: Any) -> None:
    page = book.add_worksheet("공동구매 Campaigns")
    heads = ["월 Month", "품목 Item", "구간 수 Tiers", "도달 구간 Tier reached", "단가 Unit price",
             "기업 Firms", "수량 Quantity"]  # fmt: skip
    page.set_column(0, 0, 10)
    page.set_column(1, 1, 44)
    page.set_column(2, len(heads) - 1, 18)
    for at, head in enumerate(heads):
        page.write_string(0, at, head, bold)
    for line, one in enumerate(replay.outcomes[:ROWS_IN_A_SHEET], start=1):
        page.write_string(line, 0, f"{one.month[0]}-{one.month[1]:02d}")
        page.write_string(line, 1, items[one.item])
        page.write_number(line, 2, one.tiers)
        page.write_number(line, 3, one.reached)
        if one.unit_price is not None:
            page.write_string(line, 4, price_label(one.unit_price, replay.currency).en)
        page.write_number(line, 5, len(one.firms))
        page.write_number(line, 6, sum(quantity for quantity, *_ in one.firms.values()))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(replay.outcomes), 1), len(heads) - 1)
