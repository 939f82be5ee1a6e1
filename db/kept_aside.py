"""Voices that the scorer cannot read: counted by language, and taken back one by one."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from casework.errors import Closed, NotFound
from casework.languages import name_of
from casework.outside import OutsideVoice
from casework.roles import Act, Actor, require, require_reading
from db import audit, outside, own_terms
from db.outside import OutsideVoiceRow
from db.studies import StudyRow
from db.table import change


class LanguageCount(NamedTuple):
    """How many voices in one language are kept aside."""

    language: str
    voices: int

    @property
    def name(self) -> str:
        """The language for people."""
        return name_of(self.language)


def by_language(session: Session, actor: Actor, study: StudyRow) -> list[LanguageCount]:
    """The languages kept aside, the most frequent first. Raises: NotAllowed."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    times = func.count(col(OutsideVoiceRow.id))
    query = (
        sa.select(col(OutsideVoiceRow.language), times)
        .where(outside.of_study(study), col(OutsideVoiceRow.kept_aside))
        .group_by(col(OutsideVoiceRow.language))
        .order_by(times.desc(), col(OutsideVoiceRow.language))
    )
    return [LanguageCount(language, voices) for language, voices in session.execute(query)]


def read_as_english(
    session: Session, actor: Actor, voice_id: int, *, now: datetime
) -> OutsideVoiceRow:
    """Take a voice back from those kept aside and score it; a later import leaves it there.

    Raises:
        NotFound: when there is no such voice.
        Closed: when it is not kept aside.
    """
    require(actor, Act.MARK_FEEDBACK)
    query = select(OutsideVoiceRow).where(OutsideVoiceRow.id == voice_id).with_for_update()
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotFound("This voice is no longer on file. Load the page again.")
    if not row.kept_aside:
        raise Closed("This voice is read as English already.")
    voice = OutsideVoice.model_validate(row.model_dump(include=set(OutsideVoice.model_fields)))
    change(row, **outside.heard_in(own_terms.reader(session), voice, anyway=True))
    session.add(row)
    session.flush()
    detail = f"was kept aside as {name_of(row.language)}"
    audit.record(
        session,
        actor,
        "read as English",
        f"voice {voice_id}",
        now=now,
        study_id=row.study_id,
        detail=detail,
    )
    return row
