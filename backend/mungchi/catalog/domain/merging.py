"""What a merge of two items does with the rows that refer to the one that goes away. Pure.

References are found through the models, so that none can be forgotten; here stand only those that
do not simply go over. Tables are named as text: they are of later apps.
"""

from typing import Final

from mungchi.common.text import Text

# Rows that stay where they are, always: they are about the items themselves.
STAYING: Final = {
    "catalog.lookalike": "a pair is of the two items as they were",
    "catalog.itemmerge": "the merge itself",
    "catalog.itemconversion": "what a unit is of an item is said of that one alone",
    "campaigns.bundle": "the job makes it anew of the needs, which go over",
    "campaigns.campaignpart": "what a campaign was made for; where its item went is followed",
}

# Rows of which the kept item may have its own already (a unique constraint says so). Then they
# stay with the item that went away, where nobody sees them; what hangs on them goes over.
TWINS: Final[dict[str, tuple[str, str] | None]] = {
    # Of an item one pool is open at a time: its needs join the kept item's open pool.
    "demand.pool": ("demand.need", "pool"),
    # Both follow the purchases, and are made anew from them.
    "demand.proposedneed": None,
    "demand.foretolditem": None,
    # The same file of both.
    "catalog.itemfile": None,
}

# Rows that are of the same item as the row they hang on (see reports.invariants): a merge or its
# undoing that would part them is refused.
FOLLOWING: Final = (
    ("demand.need", "pool"),
    ("campaigns.campaign", "pool"),
    ("orders.order", "campaign"),
    ("orders.purchaseorder", "campaign"),
)

# How the figures of a merge are called.
WORDS: Final[dict[str, Text]] = {
    "demand.need": Text(ko="구매 수요", en="needs"),
    "demand.needplan": Text(ko="반복 수요", en="recurring needs"),
    "demand.pool": Text(ko="수요 묶음", en="pools"),
    "demand.purchase": Text(ko="구매 이력", en="past purchases"),
    "demand.proposedneed": Text(ko="수요 제안", en="proposed needs"),
    "demand.foretolditem": Text(ko="수요 예측", en="foretold months"),
    "campaigns.campaign": Text(ko="공동구매", en="campaigns"),
    "orders.order": Text(ko="주문", en="orders"),
    "orders.purchaseorder": Text(ko="발주서", en="purchase orders"),
    "pricelists.standingoffer": Text(ko="상시 제안", en="standing offers"),
    "outreach.contact": Text(ko="연락 기록", en="contacts"),
    "catalog.itemfile": Text(ko="그림과 규격서", en="images and sheets"),
    "catalog.variant": Text(ko="같은 이름이나 코드의 규격", en="variants of one name or code"),
    "catalog.itemalias": Text(ko="다른 이름", en="other names"),
    "catalog.item": Text(ko="먼저 합친 품목", en="items merged before"),
}
