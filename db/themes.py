"""The themes of a study, version by version, and the texts they are found in."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from sqlmodel import Field, Session, col, select

from casework.corrections import offence_in_force, polarity_in_force
from casework.errors import Invalid
from casework.meetings import Tag
from casework.record import Line, Moment, Record
from casework.roles import Act, Actor, may, require, require_reading
from casework.themes import Heard, ThemeSet, first_themes
from db import audit
from db.activities import ActivityRow
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.meetings import RemarkRow
from db.outside import OutsideVoiceRow
from db.outside import of_study as outside_of
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow
from db.table import Table

MEETING = "meeting"
"""Where remarks were heard, in place of a build."""

VOICE = "voice"
"""What a source begins with that was heard outside."""

UNKNOWN = "no build named"
"""What a voice from outside is about, where it does not say."""


class ThemesKept(Record):
    """One version of a study's themes: who made it, when, and what they did."""

    version: int
    kept: ThemeSet
    made_at: Moment
    made_by: Line
    said: Line


class ThemesRow(ThemesKept, Table, table=True):
    """A version; it is never edited, only followed by the next."""

    __tablename__ = "themes"
    __table_args__ = (sa.UniqueConstraint("study_id", "version"),)
    study_id: int = Field(foreign_key="study.id", index=True)


class _Text(NamedTuple):
    said_at: datetime
    source: str
    text: str
    polarity: float | None
    offended: bool
    loyal: bool
    may_quote: bool
    build: str


def current(session: Session, study: StudyRow) -> ThemeSet:
    """The themes in force: those every study begins with, until somebody changes them."""
    rows = versions(session, study)
    return rows[-1].kept if rows else first_themes()


def versions(session: Session, study: StudyRow) -> list[ThemesRow]:
    """Every changed version, the oldest first."""
    query = select(ThemesRow).where(ThemesRow.study_id == study.id)
    return list(session.exec(query.order_by(col(ThemesRow.version))))


def change(
    session: Session, actor: Actor, study: StudyRow, after: ThemeSet, said: str, *, now: datetime
) -> ThemesRow:
    """Put the next version in force; sent twice it stays one. `said` is what was done, in words.

    Raises:
        NotAllowed: for anybody but an owner.
        Invalid: when somebody else changed the themes in the meantime.
    """
    require(actor, Act.MARK_FEEDBACK)
    # Two owners changing at once would both make one version: the study's row queues them.
    session.exec(select(StudyRow).where(StudyRow.id == study.id).with_for_update()).one()
    before = versions(session, study)
    newest = before[-1] if before else None
    if newest is not None and newest.kept == after:
        return newest
    if after.version != (newest.version if newest else first_themes().version) + 1:
        raise Invalid("Somebody changed the themes in the meantime. Look at them, then try again.")
    kept = ThemesKept(
        version=after.version, kept=after, made_at=now, made_by=actor.name, said=said[:200]
    )
    row = ThemesRow.model_validate(kept, update={"study_id": study.id})
    session.add(row)
    session.flush()
    subject = f"themes {row.id}"
    audit.record(
        session,
        actor,
        "change themes",
        subject,
        now=now,
        study_id=study.id,
        detail=f"version {row.version}",
    )
    return row


def heard(session: Session, actor: Actor, study: StudyRow) -> Heard:
    """All texts of a study in order of receipt: answers that count and remarks of its meetings.

    Whoever is not an owner finds only the texts that may be quoted. Raises: NotAllowed.
    """
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    found = [*_answers(session, study), *_remarks(session, study)]
    if not may(actor, Act.READ_FEEDBACK):
        found = [one for one in found if one.may_quote]
    return _columns(sorted(found, key=lambda one: (one.said_at, one.source)))


def outside(session: Session, actor: Actor, study: StudyRow) -> Heard:
    """What voices from outside say, in order of writing: a group of its own, in nobody's share.

    Texts that the scorer cannot read are left out; whoever is not an owner finds only public ones.
    Raises: NotAllowed.
    """
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    voice = OutsideVoiceRow
    query = select(voice).where(outside_of(study), voice.text != "", sa.not_(col(voice.kept_aside)))
    if not may(actor, Act.READ_FEEDBACK):
        query = query.where(col(voice.participant_id).is_(None))
    found = [
        _Text(
            row.written_at or row.imported_at,
            f"{VOICE} {row.id}",
            row.text,
            row.polarity,
            row.offence,
            loyal=False,
            may_quote=row.participant_id is None,
            build=row.build or UNKNOWN,
        )
        for row in session.exec(query)
    ]
    return _columns(sorted(found, key=lambda one: (one.said_at, one.source)))


def _columns(found: list[_Text]) -> Heard:
    polarity = [np.nan if one.polarity is None else one.polarity for one in found]
    return Heard(
        texts=tuple(one.text for one in found),
        polarity=np.array(polarity, dtype=np.float64),
        offended=np.array([one.offended for one in found], dtype=np.bool_),
        loyal=np.array([one.loyal for one in found], dtype=np.bool_),
        may_quote=np.array([one.may_quote for one in found], dtype=np.bool_),
        build=tuple(one.build for one in found),
        day=tuple(f"{one.said_at:%Y-%m-%d}" for one in found),
        source=tuple(one.source for one in found),
    )


def _answers(session: Session, study: StudyRow) -> Iterable[_Text]:
    """The newest version of each tester's valid answer about a build, where it has words."""
    answer = FeedbackRow
    newest = (
        select(sa.func.max(col(answer.id)))
        .group_by(col(answer.participant_id), col(answer.build_id))
        .scalar_subquery()
    )
    words = (col(answer.change_first), col(answer.offended_by))
    query = (
        sa.select(
            col(answer.id),
            col(answer.received_at),
            *words,
            col(answer.polarity),
            col(answer.offence),
            col(ParticipantRow.loyal),
            col(ConsentRow.may_quote),
            col(BuildRow.version),
        )
        .join(ParticipantRow, col(ParticipantRow.id) == answer.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(BuildRow, col(BuildRow.id) == answer.build_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .where(
            col(ActivityRow.study_id) == study.id,
            is_taking_part(),
            col(ConsentRow.withdrawn_at).is_(None),
            col(answer.id).in_(newest),
            col(answer.valid),
            sa.or_(*(column != "" for column in words)),
        )
    )
    for row_id, at, first, by, polarity, offence, loyal, may_quote, build in session.execute(query):
        text = "\n".join(part for part in (first, by) if part)
        yield _Text(at, f"answer {row_id}", text, polarity, offence, loyal, may_quote, build)


def _remarks(session: Session, study: StudyRow) -> Iterable[_Text]:
    query = (
        select(RemarkRow, ParticipantRow.loyal, ConsentRow.may_quote)
        .join(ParticipantRow, col(ParticipantRow.id) == RemarkRow.participant_id)
        .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
        .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
        .where(
            ActivityRow.study_id == study.id,
            is_taking_part(),
            col(ConsentRow.withdrawn_at).is_(None),
        )
    )
    for row, loyal, may_quote in session.exec(query):
        reading = row.reading
        polarity = polarity_in_force(reading, row.human_label)
        vetoed = row.tag is Tag.VETO
        offends = offence_in_force(reading, human=row.human_offence, told=vetoed)
        source = f"remark {row.id}"
        yield _Text(row.made_at, source, row.text, polarity, offends, loyal, may_quote, MEETING)
