"""Voices from outside the beta: public reviews and other feedback that no verdict ever counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, func, select

from casework.corrections import offence_in_force, polarity_in_force
from casework.errors import Invalid
from casework.outside import OutsideVoice
from casework.roles import Act, Actor, require, require_reading
from casework.sentiment import Label, Reading
from db import own_terms
from db.customers import Imported
from db.own_terms import Reader
from db.studies import StudyRow
from db.table import Table, change

PER_PAGE = 20
_BATCH = 5_000


class OutsideVoiceRow(OutsideVoice, Table, table=True):
    """One voice; `ref` makes a re-import add nothing twice.

    `polarity` is the reading's; None where the text holds no evidence. Where a person corrected the
    reading, `polarity` and `offence` are theirs; `reading` stays as `read_by` made it.
    """

    __tablename__ = "outside_voice"
    __table_args__ = (sa.UniqueConstraint("study_id", "ref"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    reading: Reading | None = None
    polarity: float | None = None
    offence: bool = False
    human_label: Label | None = None
    human_offence: bool | None = None
    read_by: str = Field(default="", index=True, sa_column_kwargs={"server_default": ""})


class Said(NamedTuple):
    """The part of a voice that a later export may change."""

    text: str
    stars: int | None
    build: str
    written_at: datetime | None


class Before(NamedTuple):
    """A voice that came in another file."""

    source: str
    said: Said


Elsewhere = Mapping[str, Before]


@dataclass(frozen=True)
class VoicePage:
    """One page of voices; `page` counts from 1 and is never beyond the last."""

    voices: tuple[OutsideVoiceRow, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True)
class VoiceFigures:
    """All outside voices of a study in figures; means are None where nothing has a value."""

    voices: int
    stars: float | None
    with_tone: int
    polarity: float | None
    offended: int


def keep(
    session: Session,
    actor: Actor,
    study: StudyRow,
    voices: Sequence[OutsideVoice],
    *,
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Keep new voices, and what changed in those that came before from the same file.

    Raises:
        Invalid: when somebody else imports the same voices at this moment.
    """
    require(actor, Act.IMPORT_FEEDBACK)
    before = by_ref(session, study, [voice.ref for voice in voices])
    reader = own_terms.reader(session)
    updated = 0
    for voice in voices:
        row = before.get(voice.ref)
        if row is None:
            session.add(_row(reader, study, voice))
        else:
            updated += _update(session, reader, row, voice)
        progress(1)
    try:
        session.flush()
    except IntegrityError:
        raise Invalid(
            "Somebody else imported some of these rows at the same moment. Import the file again: "
            "nothing is stored twice."
        ) from None
    added = len(voices) - len(before)
    return Imported(added, updated, len(before) - updated)


def by_ref(session: Session, study: StudyRow, refs: Sequence[str]) -> dict[str, OutsideVoiceRow]:
    """The voices of a study that are kept under these refs."""
    found: dict[str, OutsideVoiceRow] = {}
    for start in range(0, len(refs), _BATCH):
        query = select(OutsideVoiceRow).where(
            OutsideVoiceRow.study_id == study.id,
            col(OutsideVoiceRow.ref).in_(refs[start : start + _BATCH]),
        )
        found |= {row.ref: row for row in session.exec(query)}
    return found


def from_elsewhere(session: Session, study: StudyRow, source: str) -> Elsewhere:
    """The voices of a study that came in other files, by ref."""
    query = select(OutsideVoiceRow).where(
        OutsideVoiceRow.study_id == study.id, OutsideVoiceRow.source != source
    )
    return {row.ref: Before(row.source, said(row)) for row in session.exec(query)}


def said(voice: OutsideVoice) -> Said:
    """What a voice says, whenever and in whichever file it came."""
    return Said(voice.text, voice.stars, voice.build, voice.written_at)


def _update(session: Session, reader: Reader, row: OutsideVoiceRow, voice: OutsideVoice) -> bool:
    if said(row) == said(voice):
        return False
    heard = {} if row.text == voice.text else _heard(reader, voice.text)
    change(row, **said(voice)._asdict(), **heard)
    session.add(row)
    return True


def _row(reader: Reader, study: StudyRow, voice: OutsideVoice) -> OutsideVoiceRow:
    return OutsideVoiceRow.model_validate(
        voice, update={"study_id": study.id, **_heard(reader, voice.text)}
    )


def _heard(reader: Reader, text: str) -> dict[str, object]:
    reading = reader.read(text) if text else None
    return {
        "reading": reading,
        "polarity": polarity_in_force(reading, None),
        "offence": offence_in_force(reading, human=None),
        "human_label": None,
        "human_offence": None,
        "read_by": reader.read_by if reading else "",
    }


def find(session: Session, actor: Actor, study: StudyRow, *, page: int = 1) -> VoicePage:
    """One page of outside voices, the newest first. Raises: NotAllowed."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    of_study = OutsideVoiceRow.study_id == study.id
    found = session.scalar(select(func.count(col(OutsideVoiceRow.id))).where(of_study)) or 0
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    query = (
        select(OutsideVoiceRow)
        .where(of_study)
        .order_by(
            sa.func.coalesce(OutsideVoiceRow.written_at, OutsideVoiceRow.imported_at).desc(),
            col(OutsideVoiceRow.id).desc(),
        )
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return VoicePage(tuple(session.exec(query)), found, page, pages)


def figures(session: Session, actor: Actor, study: StudyRow) -> VoiceFigures:
    """What the outside voices of a study say on the whole. Raises: NotAllowed."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    voices, stars, toned, polarity, offended = session.execute(
        sa.select(
            func.count(col(OutsideVoiceRow.id)),
            func.avg(OutsideVoiceRow.stars),
            func.count(col(OutsideVoiceRow.polarity)),
            func.avg(OutsideVoiceRow.polarity),
            func.coalesce(func.sum(sa.case((col(OutsideVoiceRow.offence), 1), else_=0)), 0),
        ).where(col(OutsideVoiceRow.study_id) == study.id)
    ).one()
    return VoiceFigures(voices, _number(stars), toned, _number(polarity), int(offended))


def _number(mean: object) -> float | None:
    return None if mean is None else float(str(mean))
