"""States of imports, lists of needs, needs, pools and proposals."""

from mungchi.common.states import Machine

IMPORT = Machine(
    name="import",
    start=("uploaded",),
    moves={
        "uploaded": ("queued",),
        "queued": ("running",),
        "running": ("done", "failed"),
    },
)

NEED_LIST = Machine(
    name="need_list",
    start=("uploaded",),
    moves={"uploaded": ("queued",), "queued": ("running",), "running": ("done",)},
)

# A need goes in_campaign with its pool, and comes back to open when the campaign comes to nothing.
NEED = Machine(
    name="need",
    start=("open",),
    moves={
        "open": ("in_campaign", "withdrawn", "expired"),
        "in_campaign": ("open", "met", "withdrawn"),
        "withdrawn": ("open",),
        "expired": ("open",),
    },
)

# A plan states needs while active; a stopped one can go on again.
PLAN = Machine(
    name="need_plan", start=("active",), moves={"active": ("stopped",), "stopped": ("active",)}
)

# A pool gathers needs while open; a campaign takes it; needs stated later make a new pool. One that
# is born in a campaign holds what its winners needed in another cooperative, or of another item.
POOL = Machine(name="pool", start=("open", "in_campaign"), moves={"open": ("in_campaign",)})

# What the firm answers; setting it aside may be taken back.
PROPOSAL = Machine(
    name="proposal",
    start=("open",),
    moves={"open": ("accepted", "dismissed"), "dismissed": ("open",)},
)
