"""A verdict that is looked at again and again: made anew only when something has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casework.report import Material, Summary, compose
from casework.roles import Act, Actor, require_reading
from casework.verdict.since import Moved, moved
from db import marks, summaries, verdicts
from db.studies import StudyRow
from db.verdicts import Counted

LOOKS_KEPT = 4
"""A look at a million answers takes about 150 MB."""


@dataclass(frozen=True)
class Look:
    """What a verdict's page shows, and what it was made from."""

    key: tuple[str, ...]
    counted: Counted
    material: Material
    summary: Summary

    def holds(self, now: datetime) -> bool:
        """Whether the time alone has changed nothing: it has not closed meanwhile."""
        criteria = self.counted.criteria
        closed = criteria is not None and now >= criteria.closes_at
        return closed == self.counted.evidence.closed and self.counted.evidence.ahead == 0


_LOOKS: marks.Shelf[Look] = marks.Shelf(LOOKS_KEPT)


def look(
    session: Session, actor: Actor, study: StudyRow, build: str | None, *, now: datetime
) -> Look:
    """The verdict on a build with its summary, for a session that only reads.

    As long as nothing has come since, the one made before is shown again. Raises: NotAllowed,
    NotFound.
    """
    require_reading(actor, Act.READ_VERDICT, study.slug)
    mark = marks.mark(session, study.id)
    where = str(session.connection().engine.url)
    key = (where, study.slug, build or "", actor.role.value, str(now.date()), mark)
    kept = _LOOKS.find(key)
    if kept is not None and kept.holds(now):
        return kept
    counted = verdicts.evidence(session, actor, study, build, now=now)
    material = summaries.material_of(session, actor, study, counted, now=now)
    made = Look(key, counted, material, compose(material))
    _LOOKS.keep(key, made)
    return made


_MOVES: marks.Shelf[tuple[Moved, ...]] = marks.Shelf(LOOKS_KEPT)


def since(look_: Look, study: StudyRow, moment: datetime) -> tuple[Moved, ...]:
    """How every criterion has moved since a moment, in UTC."""
    key = (*look_.key, moment.isoformat())
    kept = _MOVES.find(key)
    if kept is None:
        then = verdicts.judge(study, look_.counted.before(moment))
        kept = moved(then, look_.material.verdict)
        _MOVES.keep(key, kept)
    return kept
