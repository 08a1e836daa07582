"""Random markets for the tests: by seed (fast, many) and as hypothesis strategies."""

import random
from decimal import Decimal

from hypothesis import strategies as st

from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold, Tier


def market(
    tiers: list[tuple[int, object]], commitments: list[dict[str, object]], **terms: object
) -> Market:
    """Make a market from short forms; commitments are named a, b, c... in order of arrival."""
    return Market(
        tiers=tuple(Tier(quantity, Decimal(str(price))) for quantity, price in tiers),
        commitments=tuple(
            Commitment(**{"key": chr(97 + index), "arrival": index, **values})
            for index, values in enumerate(commitments)
        ),
        **terms,
    )


def random_market(
    seed: int, *, people: int = 8, largest: int = 12, minimums: bool = True, cut: float = 0.6
) -> Market:
    """A small market in which packs, capacity, limits and minimums often bind."""
    rng = random.Random(seed)
    count = rng.randint(0, people)
    picky = rng.choice(["none", "all", "some", "half"]) if minimums else "none"
    prices = sorted(rng.sample(range(1, 12), rng.randint(1, 4)), reverse=True)
    demand_guess = max(1, count * largest // 2)
    quantities = sorted(rng.sample(range(1, demand_guess + 8), len(prices)))
    if rng.random() < 0.4:
        quantities[0] = 1
    commitments = []
    for index in range(count):
        quantity = rng.randint(1, largest)
        minimum = {
            "none": 0,
            "all": quantity,
            "some": rng.choice([0, 0, quantity, rng.randint(0, quantity)]),
            "half": (quantity + 1) // 2,
        }[picky]
        commitments.append(
            Commitment(
                key=str(index),
                arrival=rng.randint(0, 5) + 10 * index,
                quantity=quantity,
                tolerance=rng.choice([0, 0, 0, 1, 3]),
                minimum=minimum,
                limit=rng.choice([None, None, Decimal(rng.randint(1, 12))]),
            )
        )
    rng.shuffle(commitments)
    return Market(
        tiers=tuple(
            Tier(quantity, Decimal(price))
            for quantity, price in zip(sorted(set(quantities)), prices, strict=True)
        ),
        commitments=tuple(commitments),
        pack=rng.choice([1, 1, 2, 3, 5, 7, 10]),
        capacity=rng.randint(0, demand_guess) if rng.random() < cut else None,
        threshold=Threshold(rng.choice([0, 1, 1, 5, 20]), rng.choice([0, 1, 1, 2, 3])),
        rule=rng.choice(list(Rule)),
    )


def markets(**options: object) -> st.SearchStrategy[Market]:
    """Random markets whose seed hypothesis chooses, prints on failure and shrinks."""
    return st.integers(0, 2**32 - 1).map(lambda seed: random_market(seed, **options))
