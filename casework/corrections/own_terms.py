"""Words to which an installation gives a weight of its own, above the scorer's table."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from casework.errors import Invalid
from casework.record import Line, Moment, Record
from casework.sentiment import SCORER_VERSION
from casework.sentiment.tokens import TOKEN, fold

WORDS_AT_MOST = 4
STRONGEST = 3.0
"""No own word weighs more than the strongest of the committed table, in log-odds."""


def _as_read(term: str) -> str:
    """A term as the scorer meets it in a text. Raises: ValueError."""
    words = [piece for piece in TOKEN.findall(fold(term)) if piece[0].isalnum()]
    if not 1 <= len(words) <= WORDS_AT_MOST:
        raise ValueError(f"Give one to {WORDS_AT_MOST} words, without other signs.")
    return " ".join(words)


Term = Annotated[str, StringConstraints(max_length=80), AfterValidator(_as_read)]


class OwnTerm(Record):
    """A word or phrase and its weight in log-odds, above 0 for praise; `because` tells whence."""

    term: Term
    weight: float = Field(ge=-STRONGEST, le=STRONGEST)
    because: Line

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not -STRONGEST <= round(self.weight, 2) <= STRONGEST:
            raise ValueError("The weight is out of range.")
        return self


class OwnTerms(Record):
    """All own terms of an installation in one version; version 0 has none."""

    version: int = Field(ge=0)
    terms: tuple[OwnTerm, ...] = ()
    made_at: Moment
    made_by: Line
    said: Line

    def weights(self) -> dict[str, float]:
        """Term to weight."""
        return {one.term: one.weight for one in self.terms}


def read_by(own_version: int) -> str:
    """Which scorer with which own terms reads a text: “1.2”, or “1.2+3” with own terms."""
    return f"{SCORER_VERSION}+{own_version}" if own_version else SCORER_VERSION


def with_term(terms: tuple[OwnTerm, ...], new: OwnTerm) -> tuple[OwnTerm, ...]:
    """The terms with one more, in alphabetical order; it takes the place of one alike."""
    others = [one for one in terms if one.term != new.term]
    return tuple(sorted([*others, new], key=lambda one: one.term))


def without_term(terms: tuple[OwnTerm, ...], term: str) -> tuple[OwnTerm, ...]:
    """The terms without one. Raises: Invalid when it is not among them."""
    others = tuple(one for one in terms if one.term != term)
    if len(others) == len(terms):
        raise Invalid(f"“{term}” is not among the own terms any more.")
    return others
