"""Sharing out whole units: the uniform rule, the proportional rule, first come first served.

Every function takes what the commitments ask for, earliest first, and the total to hand out
(at most the sum asked for), and returns what each gets, in the same order. The results sum to
the total exactly and nobody gets more than asked.
"""

from collections.abc import Callable, Sequence

from mungchi.campaigns.domain.market import Rule


def uniform(asked: Sequence[int], total: int) -> list[int]:
    """Water filling: small requests in full, the rest capped at one common level.

    Units left over after the level go one each to the earliest that are still below what they
    asked for. Strategy-proof: asking for another quantity than the true one never gains
    (Sprumont 1991).
    """
    level, left = _level(asked, total)
    awards = []
    for quantity in asked:
        if quantity <= level:
            awards.append(quantity)
        elif left:
            left -= 1
            awards.append(level + 1)
        else:
            awards.append(level)
    return awards


def _level(asked: Sequence[int], total: int) -> tuple[int, int]:
    """Return the common level and how many of those above it get one unit more."""
    _check(asked, total)
    left, above = total, len(asked)
    for quantity in sorted(asked):
        if quantity * above >= left:
            break
        left -= quantity
        above -= 1
    return divmod(left, max(1, above))


def proportional(asked: Sequence[int], total: int) -> list[int]:
    """Each in proportion to what it asked for, rounded by the largest remainder.

    Equal remainders go to the earlier commitment.
    """
    _check(asked, total)
    demand = sum(asked)
    if demand == 0:
        return [0] * len(asked)
    awards = [quantity * total // demand for quantity in asked]
    left = total - sum(awards)
    # sorted() is stable, so among equal remainders the earlier stays in front.
    by_remainder = sorted(range(len(asked)), key=lambda i: -(asked[i] * total % demand))
    for index in by_remainder[:left]:
        awards[index] += 1
    return awards


def first_come(asked: Sequence[int], total: int) -> list[int]:
    """The earliest in full until nothing is left."""
    _check(asked, total)
    awards = []
    left = total
    for quantity in asked:
        award = min(quantity, left)
        awards.append(award)
        left -= award
    return awards


RULES: dict[Rule, Callable[[Sequence[int], int], list[int]]] = {
    Rule.UNIFORM: uniform,
    Rule.PROPORTIONAL: proportional,
    Rule.FIRST_COME: first_come,
}


def with_surplus(asked: Sequence[int], tolerances: Sequence[int], total: int) -> list[int]:
    """Everybody in full, and what `total` is above that from the tolerances, uniformly."""
    surplus = uniform(tolerances, total - sum(asked))
    return [quantity + extra for quantity, extra in zip(asked, surplus, strict=True)]


def _check(asked: Sequence[int], total: int) -> None:
    if not 0 <= total <= sum(asked):
        raise ValueError(f"cannot hand out {total} where {sum(asked)} are asked for")
