"""What is published of a draw, so that anybody can repeat it, and what one customer is told."""

from math import isclose

from casework.errors import Invalid
from casework.lottery.drawing import Draw, draw, seed_of
from casework.lottery.mixture import Mixture
from casework.record import Line, Moment, Record


class AuditFile(Record):
    """A draw without names: customers appear by number only. It holds all that a replay needs."""

    activity: Line
    drawn_at: Moment
    dry_run: bool
    nonce: str
    seed: Line
    roster_digest: Line
    mixture: Mixture
    chances: tuple[float, ...]
    seats: tuple[int, ...]


def replay(published: AuditFile) -> Draw:
    """Draw again from a published file.

    Raises:
        Invalid: when roster, chances, seed or seats in the file are not what they must be.
    """
    mixture = published.mixture
    if mixture.roster_digest != published.roster_digest:
        raise Invalid("The roster in this file is not the one that was drawn from.")
    if not published.dry_run and seed_of(mixture, published.nonce) != published.seed:
        raise Invalid("The seed in this file does not follow from its roster, quotas and number.")
    if not _same(mixture.chances, published.chances):
        raise Invalid("The chances in this file are not those of its panels.")
    again = draw(mixture, published.seed)
    if again.seats != published.seats:
        raise Invalid("These are not the seats that this seed draws.")
    return again


def _same(chances: tuple[float, ...], published: tuple[float, ...]) -> bool:
    """Whether two lists of chances agree, but for how a computer rounds."""
    return len(chances) == len(published) and all(map(isclose, chances, published))


class Sheet(Record):
    """Why one customer was or was not drawn, in sentences."""

    drawn: bool
    sentences: tuple[str, ...]


def explain(mixture: Mixture, drawn: Draw, customer_id: int) -> Sheet:
    """What one customer may be told about this draw and their own chance in it."""
    place = mixture.profile_of(customer_id)
    if place is None:
        said = "Did not take part in this draw: something spoke against asking, see the list."
        return Sheet(drawn=False, sentences=(said,))
    profile, chance = mixture.profiles[place], mixture.chances[place]
    took = profile.size - len(drawn.reserves[place])
    sentences = (
        _who(mixture, place),
        f"Each of these {profile.size:,} had a chance of {chance:.2%} before the draw; an even "
        f"chance for all {mixture.eligible:,} would be {mixture.seats / mixture.eligible:.2%}.",
        f"The draw gave {took:,} of {mixture.seats:,} seats to them.",
        _outcome(drawn, place, customer_id),
    )
    return Sheet(drawn=customer_id in drawn.seats, sentences=sentences)


def _who(mixture: Mixture, place: int) -> str:
    values = zip(mixture.traits, mixture.profiles[place].values, strict=True)
    said = ", ".join(f"{trait.label.lower()} {value}" for trait, value in values)
    return f"Counted as {said}." if said else "Everybody counted the same: there were no quotas."


def _outcome(drawn: Draw, place: int, customer_id: int) -> str:
    if customer_id in drawn.seats:
        return f"Lottery number {drawn.seats.index(customer_id) + 1} among those drawn: a seat."
    turn = drawn.reserves[place].index(customer_id) + 1
    return f"Not drawn; reserve number {turn:,} of {len(drawn.reserves[place]):,} of the same kind."
