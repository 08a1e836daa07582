"""States of pairs of look-alikes, and of merges."""

from mungchi.common.states import Machine

# Found by the job; set aside by an office ("not the same"), which may take that back.
LOOK_ALIKE = Machine(
    name="look_alike", start=("open",), moves={"open": ("apart",), "apart": ("open",)}
)
MERGE = Machine(name="item_merge", start=("done",), moves={"done": ("undone",)})
