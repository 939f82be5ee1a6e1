"""Who may be asked, and who is drawn when more may be asked than there are seats."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import Field, model_validator

from casework.customers import Attribute
from casework.errors import Invalid, NotEnough
from casework.record import Line, Moment, Record

COOL_DOWN = timedelta(days=30)
"""Nobody is invited twice within it. Source: the rules of recruiting."""

MAX_SEED = 2**53 - 1
"""What a browser can carry exactly."""


class Refusal(StrEnum):
    """Why a customer is not asked this time."""

    NOT_REACHABLE = "not_reachable"
    NOT_LOYAL = "not_loyal"
    ALREADY_HERE = "already_here"
    BUSY = "busy"
    CONTACTED = "contacted"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {
            Refusal.NOT_REACHABLE: "no address, or asked to be left alone",
            Refusal.NOT_LOYAL: "not loyal by the policy",
            Refusal.ALREADY_HERE: "already in this activity",
            Refusal.BUSY: "in another activity that is still running",
            Refusal.CONTACTED: f"invited within the last {COOL_DOWN.days} days",
        }[self]


class Standing(Record):
    """What decides whether one customer may be asked into one activity now."""

    reachable: bool
    loyal: bool
    here: bool = False
    busy: bool = False
    invited_at: Moment | None = None


def refusals(standing: Standing, *, now: datetime) -> tuple[Refusal, ...]:
    """Every reason not to ask this customer; none means eligible."""
    invited = standing.invited_at
    reasons = {
        Refusal.NOT_REACHABLE: not standing.reachable,
        Refusal.NOT_LOYAL: not standing.loyal,
        Refusal.ALREADY_HERE: standing.here,
        Refusal.BUSY: standing.busy,
        Refusal.CONTACTED: invited is not None and now - invited < COOL_DOWN,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


class Candidate(Record):
    """A customer as recruiting sees them: no name, no address. `score` is loyalty in [0, 1]."""

    customer_id: int
    attributes: Mapping[Attribute, str]
    loyal: bool
    score: float = Field(ge=0, le=1)
    refusals: tuple[Refusal, ...] = ()

    @property
    def eligible(self) -> bool:
        """Nothing speaks against asking them."""
        return not self.refusals


class Choice(Record):
    """One customer picked for an activity; `chosen_by` says how and is kept with them."""

    candidate: Candidate
    chosen_by: Line


def count_refusals(candidates: Iterable[Candidate]) -> dict[Refusal, int]:
    """How many customers each reason keeps out; somebody with two reasons counts in both."""
    counted = Counter(reason for candidate in candidates for reason in candidate.refusals)
    return {reason: counted[reason] for reason in Refusal if counted[reason]}


class Quota(Record):
    """At least `minimum` and at most `maximum` seats (None: no limit) for one attribute value."""

    attribute: Attribute
    value: Line
    minimum: int = Field(default=0, ge=0)
    maximum: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _check(self) -> "Quota":
        if self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(
                f"{self.attribute.label} {self.value}: the minimum of {self.minimum} is above "
                f"the maximum of {self.maximum}."
            )
        return self


class Relaxation(Record):
    """One bound that must give way, and by how much."""

    name: str
    bound: str
    before: int
    after: int

    def __str__(self) -> str:
        """Such as “region LATAM: min 2 → 0”."""
        return f"{self.name}: {self.bound} {self.before} → {self.after}"


def sizes_of(candidates: Iterable[Candidate], attribute: Attribute) -> dict[str, int]:
    """How many eligible customers each value has, values in order; 0 where all are refused."""
    sizes: dict[str, int] = {}
    for candidate in candidates:
        value = candidate.attributes[attribute]
        sizes[value] = sizes.get(value, 0) + candidate.eligible
    return dict(sorted(sizes.items()))


def require_sound(candidates: Sequence[Candidate], quotas: Sequence[Quota]) -> None:
    """Refuse a roster or quotas that no draw can make sense of.

    Raises:
        Invalid: a customer twice, quotas on two attributes, a value twice or one nobody has.
    """
    if len({candidate.customer_id for candidate in candidates}) < len(candidates):
        raise Invalid("A customer is in the roster twice; each may hold one ticket only.")
    if len({quota.attribute for quota in quotas}) > 1:
        raise Invalid("Set quotas on one attribute only, such as platform or region.")
    for quota in quotas:
        _require_known(candidates, quota)
        if sum(other.value == quota.value for other in quotas) > 1:
            raise Invalid(f"“{quota.value}” has two quotas; keep one.")


def _require_known(candidates: Sequence[Candidate], quota: Quota) -> None:
    known = sizes_of(candidates, quota.attribute)
    if quota.value not in known:
        raise Invalid(
            f"No customer has {quota.attribute.label.lower()} “{quota.value}”. "
            f"There is: {', '.join(known) or 'nobody at all'}."
        )


def least_relaxation(
    candidates: Sequence[Candidate], seats: int, quotas: Sequence[Quota]
) -> tuple[Relaxation, ...]:
    """The smallest total change of bounds that makes a draw possible; empty when it already is.

    Bounds that ask for more people than there are give way first; then, in the order of the
    quotas, minima that do not fit into the seats and maxima that leave seats empty.
    """
    require_sound(candidates, quotas)
    pool = sum(candidate.eligible for candidate in candidates)
    if pool < seats:
        return (Relaxation(name="seats", bound="eligible", before=seats, after=pool),)
    sizes = sizes_of(candidates, quotas[0].attribute) if quotas else {}
    return (*_lower_minima(seats, quotas, sizes), *_raise_maxima(seats, quotas, sizes))


def _lower_minima(
    seats: int, quotas: Sequence[Quota], sizes: Mapping[str, int]
) -> list[Relaxation]:
    possible = [min(quota.minimum, sizes[quota.value]) for quota in quotas]
    excess = max(sum(possible) - seats, 0)
    changes = []
    for quota, reachable in zip(quotas, possible, strict=True):
        give = min(excess, reachable)
        excess -= give
        if reachable - give < quota.minimum:
            changes.append(_change(quota, "min", quota.minimum, reachable - give))
    return changes


def _raise_maxima(
    seats: int, quotas: Sequence[Quota], sizes: Mapping[str, int]
) -> list[Relaxation]:
    bounded = {quota.value: quota.maximum for quota in quotas}
    room = {value: min(size, _or(bounded.get(value), size)) for value, size in sizes.items()}
    missing = max(seats - sum(room.values()), 0) if quotas else 0
    changes = []
    for quota in quotas:
        more = min(missing, sizes[quota.value] - room[quota.value])
        missing -= more
        if more and quota.maximum is not None:
            changes.append(_change(quota, "max", quota.maximum, quota.maximum + more))
    return changes


def _or(bound: int | None, otherwise: int) -> int:
    return otherwise if bound is None else bound


def _change(quota: Quota, bound: str, before: int, after: int) -> Relaxation:
    name = f"{quota.attribute.label.lower()} {quota.value}"
    return Relaxation(name=name, bound=bound, before=before, after=after)


def require_feasible(candidates: Sequence[Candidate], seats: int, quotas: Sequence[Quota]) -> None:
    """Refuse a draw that cannot meet its quotas, naming the least that must give way.

    Raises:
        Invalid: for unsound quotas. NotEnough: for quotas or seats the pool cannot fill.
    """
    needed = least_relaxation(candidates, seats, quotas)
    if not needed:
        return
    if needed[0].name == "seats":
        short = needed[0]
        raise NotEnough(
            f"Only {short.after} eligible customers for {short.before} seats. "
            "Widen the filter, lower the seats, or wait until the cool-down is over."
        )
    least = "; ".join(str(change) for change in needed)
    raise NotEnough(f"These quotas cannot be met together. The least that helps: {least}.")
