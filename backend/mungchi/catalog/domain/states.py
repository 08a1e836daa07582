"""States of pairs of look-alikes, and of merges."""

from mungchi.common.kept import codes
from mungchi.common.states import Machine

# Found by the job; set aside by an office ("not the same"), which may take that back.
LOOK_ALIKE = Machine(
    name="look_alike",
    labels=codes(open=("확인 전", "not looked at"), apart=("다른 품목", "not the same")),
    start=("open",),
    moves={"open": ("apart",), "apart": ("open",)},
)
MERGE = Machine(
    name="item_merge",
    labels=codes(done=("합침", "merged"), undone=("되돌림", "undone")),
    start=("done",),
    moves={"done": ("undone",)},
)
