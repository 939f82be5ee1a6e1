"""Whether a group is like the base it stands for: each value's share in both."""

from collections.abc import Mapping, Sequence

from scipy.stats import binomtest

from casework.customers import Attribute
from casework.record import Line, Record

UNUSUAL = 0.05
"""A share that chance alone gives less often than this is worth a warning. Source: convention."""

Counts = Mapping[Attribute, Mapping[str, int]]


class Share(Record):
    """One value of one attribute: how many of the group and of the base have it."""

    attribute: Attribute
    value: Line
    in_group: int
    group: int
    in_base: int
    base: int

    @property
    def group_share(self) -> float:
        """In [0, 1]."""
        return self.in_group / self.group

    @property
    def base_share(self) -> float:
        """In [0, 1]."""
        return self.in_base / self.base

    @property
    def warning(self) -> str | None:
        """In which way the group is unlike the base; None where chance explains it.

        Named are shares that chance gives less than once in twenty, and values that ought to have
        had one seat or more and have none.
        """
        who = f"{self.attribute.label.lower()} {self.value}"
        figures = f"{self.group_share:.0%} of the group, {self.base_share:.0%} of all customers"
        if not self.in_group and self.base_share * self.group >= 1:
            return f"nobody from {who} ({self.base_share:.0%} of all customers)"
        if binomtest(self.in_group, self.group, self.base_share).pvalue >= UNUSUAL:
            return None
        return f"{'more' if self.group_share > self.base_share else 'fewer'} from {who} ({figures})"


def compare(group: Counts, base: Counts) -> tuple[Share, ...]:
    """Each attribute's values, by name, with their share in the group and in the base.

    Both hold how many people have each value. Nothing where either is empty.
    """
    return tuple(
        share
        for attribute in Attribute
        for share in _shares(attribute, group.get(attribute, {}), base.get(attribute, {}))
    )


def _shares(attribute: Attribute, here: Mapping[str, int], there: Mapping[str, int]) -> list[Share]:
    people, everybody = sum(here.values()), sum(there.values())
    if not people or not everybody:
        return []
    return [
        Share(
            attribute=attribute,
            value=value,
            in_group=here.get(value, 0),
            group=people,
            in_base=there.get(value, 0),
            base=everybody,
        )
        for value in sorted({*here, *there})
    ]


def sentence(shares: Sequence[Share]) -> str:
    """What the summary says of who holds a seat; empty where nobody does."""
    if not shares:
        return ""
    unlike = [said for share in shares if (said := share.warning)]
    people = f"The {shares[0].group:,} people with a seat"
    if not unlike:
        return f"{people} are like the {shares[0].base:,} customers they stand for."
    return (
        f"{people} are not like all {shares[0].base:,} customers: {'; '.join(unlike)}. "
        "What they say may not hold for the rest."
    )
