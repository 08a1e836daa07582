"""The campaigns of the demonstration: each is taken by the real operations as far as it says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """One campaign. Tiers as (quantity, share of the item's usual price in per cent).

    `until`: draft, sourcing, offered, open, settling, ordered, delivering, completed, failed,
    cancelled. `opened` and `closes`: days from today (negative: past). `joins`: how many firms,
    `size`: about how much each wants.
    """

    item: str
    until: str
    tiers: tuple[tuple[int, int], ...]
    host: str = "hanbit"
    supplier: int = 0
    rivals: tuple[int, ...] = ()
    opened: int = -5
    closes: int = 7
    joins: int = 0
    size: int = 10
    threshold: int = 1
    firms: int = 2
    capacity: int | None = None
    reach: str = "own"
    rationing: str = "uniform"
    sealed: bool = False
    # The capacity is the supplier's alone; what it leaves is awarded to the first rival.
    split: bool = False
    note: str = ""
    shareable: bool = True
    # What each asks for the way, the supplier's first, where it is not left to chance.
    ways: tuple[int, ...] = ()
    # Other tiers that the supplier asks for while it is open, and whether the office has accepted.
    changed: tuple[tuple[int, int], ...] = ()
    accepted: bool = False


SCENES = (
    # Bought and delivered.
    Scene("TISSUE", "completed", ((1, 100), (40, 94), (120, 88)), supplier=2, opened=-48,
          closes=-36, joins=9, size=14, threshold=40),
    Scene("A4-80", "completed", ((1, 100), (60, 95), (150, 91), (300, 86)), supplier=0,
          opened=-40, closes=-28, joins=14, size=22, threshold=60, reach="all"),
    Scene("GLOVE-N", "completed", ((10, 100), (100, 92), (300, 85)), host="daon", supplier=3,
          opened=-38, closes=-25, joins=8, size=40, threshold=100),
    # On their way.
    Scene("OIL-18", "delivering", ((1, 100), (30, 96), (90, 92)), supplier=4, opened=-20,
          closes=-9, joins=10, size=9, threshold=30, reach="partners"),
    Scene("WRAP-50", "ordered", ((6, 100), (60, 93), (180, 87)), host="daon", supplier=1,
          opened=-16, closes=-6, joins=6, size=24, threshold=60),
    Scene("LED-50", "settling", ((4, 100), (24, 91), (56, 84)), supplier=5, opened=-12,
          closes=-2, joins=7, size=12, threshold=24, capacity=60),
    # Open: one about to close, one near its next tier, one with little in it, one for everybody.
    Scene("A4-80", "open", ((1, 100), (80, 96), (160, 92), (320, 87), (500, 83)), supplier=0,
          opened=-6, closes=1, joins=13, size=18, threshold=80, reach="all"),
    Scene("BOX-5", "open", ((50, 100), (1000, 94), (3000, 88), (6000, 81)), supplier=1,
          rivals=(0,), opened=-4, closes=3, joins=12, size=420, threshold=1000,
          reach="partners", changed=((50, 100), (1000, 96), (3000, 90), (6000, 81))),
    Scene("RICE-20", "open", ((1, 100), (50, 97), (150, 93)), supplier=4, opened=-3, closes=6,
          joins=5, size=9, threshold=50, firms=3, changed=((1, 103), (50, 98), (150, 95)),
          accepted=True),
    Scene("DIESEL", "open", ((200, 100), (4000, 96), (10000, 92), (20000, 89)), supplier=5,
          opened=-2, closes=9, joins=6, size=900, threshold=4000, reach="all",
          capacity=24000, rationing="proportional"),
    Scene("SUS-304", "open", ((25, 100), (500, 97), (2000, 92)), host="daon", supplier=3,
          opened=-2, closes=12, joins=4, size=160, threshold=500),
    Scene("LABOR", "open", ((1, 100), (10, 85), (25, 72)), supplier=2, opened=-1, closes=13,
          joins=3, size=2, threshold=5, firms=3,
          note="월 단위 노무 자문을 함께 계약합니다.", shareable=False),
    # Looking for offers.
    Scene("TN-2400", "sourcing", ((1, 100),), opened=2, closes=16),
    Scene("TAPE-48", "offered", ((40, 100), (400, 92), (1200, 86)), supplier=1, rivals=(0, 2),
          opened=2, closes=15, threshold=400, ways=(30_000, 14_000, 0)),
    Scene("SHOE-6", "offered", ((1, 100), (30, 93), (80, 87)), supplier=3, rivals=(2,),
          opened=3, closes=18, sealed=True, threshold=30),
    Scene("SNS-20", "draft", ((1, 100),), opened=4, closes=20),
    # Came to nothing.
    Scene("FLOUR-20", "failed", ((1, 100), (80, 95)), supplier=4, opened=-30, closes=-18,
          joins=2, size=5, threshold=60, firms=3),
    Scene("SANI-4", "cancelled", ((4, 100), (200, 90)), supplier=2, opened=-22, closes=-12,
          joins=3, size=12, threshold=100),
    # Open, with the award split over two suppliers.
    Scene("SANI-4", "open", ((4, 100), (60, 94), (120, 90)), supplier=2, rivals=(1,), opened=-2,
          closes=5, joins=8, size=22, threshold=160, capacity=120, split=True),
)  # fmt: skip

# Items that firms say they need, with about how much: pools without a campaign yet.
NEEDS = (("TN-2400", 3), ("SANI-4", 8), ("TAPE-48", 60), ("FLOUR-20", 12), ("SHOE-6", 6))

# What the partner's office calls one of them in a catalogue of its own: code, name, unit, price.
OWN_ITEM = ("D-2400", "토너카트리지 2400", "each", 48000)
