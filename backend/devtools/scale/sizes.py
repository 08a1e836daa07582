"""How much of everything."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Sizes:
    """Numbers of rows. Firms beyond `buyers` supply and are nobody's members.

    The first cooperative is a large one: it has `large_members` beside those that all have, its share
    of the campaigns, and `large_purchases` of the past year.
    """

    cooperatives: int
    firms: int
    buyers: int
    memberships: int
    finished: int
    open: int
    items_each: int
    needs: int
    purchases: int
    large_members: int
    large_purchases: int

    def divided(self, by: int) -> "Sizes":
        """A smaller country of the same kind: as many times fewer of everything."""
        names = ("firms", "buyers", "memberships", "finished", "open", "needs", "purchases",
                 "large_members", "large_purchases")  # fmt: skip
        fewer = {name: max(getattr(self, name) // by, 1) for name in names}
        return replace(self, cooperatives=max(self.cooperatives // by, 2), **fewer)


FULL = Sizes(
    cooperatives=940,
    firms=70_000,
    buyers=68_000,
    memberships=106_000,
    finished=300_000,
    open=5_000,
    items_each=50,
    needs=100_000,
    purchases=500_000,
    large_members=4_000,
    large_purchases=100_000,
)
