"""Who steps in for somebody who left, from the reserves of the draw and within its quotas."""

from collections import Counter
from collections.abc import Collection, Sequence

from casework.lottery import Draw, Mixture, in_turn
from casework.quotas import Quota, Trait
from casework.record import Record


class Reserve(Record):
    """The next to step in: `turn` is their place in the list they come from, counted from 1.

    `same_kind` tells that they count for the quotas as the one who left did.
    """

    customer_id: int
    turn: int
    same_kind: bool

    @property
    def described(self) -> str:
        """Such as “reserve 2 of the same kind”."""
        kind = "of the same kind" if self.same_kind else "of another kind, within the quotas"
        return f"reserve {self.turn:,} {kind}"


class Vacant(Record):
    """A seat that nobody can take; `breached` names the minima that are now out of reach."""

    breached: tuple[str, ...]

    @property
    def described(self) -> str:
        """What is the matter and what to do."""
        if not self.breached:
            return (
                "A seat stays free: no reserve is left who may be asked and keeps the quotas. "
                "Draw again for it, or choose somebody by hand."
            )
        return (
            f"A seat stays free: nobody is left for {'; '.join(self.breached)}. "
            "Draw again with a lower minimum, or choose somebody by hand."
        )


def step_in(
    mixture: Mixture,
    drawn: Draw,
    left: int,
    holders: Sequence[int],
    askable: Collection[int],
) -> Reserve | Vacant:
    """Who takes the seat of customer `left`, while `holders` keep the draw's other seats.

    First the reserves of the same kind, in the order of their lottery numbers; then any other
    reserve who keeps the quotas. Whoever is not `askable` any more is passed over.
    """
    place = mixture.profile_of(left)
    own = drawn.reserves[place] if place is not None else ()
    for turn, one in enumerate(own, 1):
        if one in askable:
            return Reserve(customer_id=one, turn=turn, same_kind=True)
    values = _values(mixture)
    seated = [values[one] for one in holders if one in values]
    for turn, one in enumerate(in_turn(drawn), 1):
        if one in askable and not _broken(mixture, [*seated, values[one]]):
            return Reserve(customer_id=one, turn=turn, same_kind=False)
    return Vacant(breached=_short(mixture, seated))


Values = tuple[str, ...]


def _values(mixture: Mixture) -> dict[int, Values]:
    return {member: one.values for one in mixture.profiles for member in one.members}


def _counts(mixture: Mixture, seated: Sequence[Values]) -> Counter[tuple[Trait, str]]:
    traits = mixture.traits
    return Counter(pair for values in seated for pair in zip(traits, values, strict=True))


def _broken(mixture: Mixture, seated: Sequence[Values]) -> bool:
    """Whether these people exceed a maximum, or leave too few free seats for a trait's minima."""
    counts, free = _counts(mixture, seated), mixture.seats - len(seated)
    lacking: Counter[Trait] = Counter()
    for quota in mixture.quotas:
        has = counts[quota.attribute, quota.value]
        if quota.maximum is not None and has > quota.maximum:
            return True
        lacking[quota.attribute] += max(quota.minimum - has, 0)
    return any(short > free for short in lacking.values())


def _short(mixture: Mixture, seated: Sequence[Values]) -> tuple[str, ...]:
    counts = _counts(mixture, seated)
    return tuple(
        _said(quota, counts[quota.attribute, quota.value])
        for quota in mixture.quotas
        if counts[quota.attribute, quota.value] < quota.minimum
    )


def _said(quota: Quota, has: int) -> str:
    return f"{quota.name} (at least {quota.minimum}, now {has})"
