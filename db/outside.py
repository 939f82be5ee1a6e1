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
from casework.outside import OutsideVoice, Store
from casework.roles import Act, Actor, require, require_reading
from casework.sentiment import Label, Reading
from db import own_terms, participants
from db.customers import Imported
from db.own_terms import Reader
from db.participants import ParticipantRow
from db.studies import StudyRow
from db.table import Table, change

PER_PAGE = 20
_BATCH = 5_000


class OutsideVoiceRow(OutsideVoice, Table, table=True):
    """One voice; `ref` makes a re-import add nothing twice.

    `polarity` is the reading's; None where the text holds no evidence or is kept aside unread.
    Where a person corrected the reading, `polarity` and `offence` are theirs; `reading` stays as
    `read_by` made it. `read_anyway`: a person said that it is English, which no import undoes.
    """

    __tablename__ = "outside_voice"
    __table_args__ = (sa.UniqueConstraint("study_id", "ref"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    read_anyway: bool = False
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
    recommended: bool | None


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
    kept_aside: int = 0


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
    return Said(voice.text, voice.stars, voice.build, voice.written_at, voice.recommended)


def _update(session: Session, reader: Reader, row: OutsideVoiceRow, voice: OutsideVoice) -> bool:
    if said(row) == said(voice) or _is_older(voice, row):
        return False
    heard = {} if row.text == voice.text else heard_in(reader, voice, anyway=row.read_anyway)
    change(row, **said(voice)._asdict(), language=voice.language, **heard)
    session.add(row)
    return True


def _is_older(voice: OutsideVoice, row: OutsideVoiceRow) -> bool:
    """An old export of a store does not undo what its author has changed since."""
    if voice.store is Store.FILE or voice.written_at is None or row.written_at is None:
        return False
    return voice.written_at < row.written_at


def _row(reader: Reader, study: StudyRow, voice: OutsideVoice) -> OutsideVoiceRow:
    return OutsideVoiceRow.model_validate(
        voice, update={"study_id": study.id, **heard_in(reader, voice, anyway=False)}
    )


def heard_in(reader: Reader, voice: OutsideVoice, *, anyway: bool) -> dict[str, object]:
    """The reading of a voice; none where its words are kept aside, unless `anyway`."""
    aside = voice.kept_aside and not anyway
    reading = reader.read(voice.text) if voice.text and not aside else None
    return {
        "kept_aside": aside,
        "read_anyway": anyway,
        "reading": reading,
        "polarity": polarity_in_force(reading, None),
        "offence": offence_in_force(reading, human=None),
        "human_label": None,
        "human_offence": None,
        "read_by": reader.read_by if reading else "",
    }


def of_study(study: StudyRow) -> sa.ColumnElement[bool]:
    """The voices that are shown: all but those of people who spoke in a meeting and withdrew."""
    staying = select(ParticipantRow.id).where(participants.is_taking_part())
    who = col(OutsideVoiceRow.participant_id)
    return sa.and_(
        col(OutsideVoiceRow.study_id) == study.id, sa.or_(who.is_(None), who.in_(staying))
    )


def find(
    session: Session, actor: Actor, study: StudyRow, *, page: int = 1, aside: bool = False
) -> VoicePage:
    """One page of voices, the newest first; those kept aside or the others. Raises: NotAllowed."""
    require_reading(actor, Act.READ_FEEDBACK, study.slug)
    wanted = sa.and_(of_study(study), col(OutsideVoiceRow.kept_aside) == aside)
    found = session.scalar(select(func.count(col(OutsideVoiceRow.id))).where(wanted)) or 0
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    query = (
        select(OutsideVoiceRow)
        .where(wanted)
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
    voices, stars, toned, polarity, offended, aside = session.execute(
        sa.select(
            func.count(col(OutsideVoiceRow.id)),
            func.avg(OutsideVoiceRow.stars),
            func.count(col(OutsideVoiceRow.polarity)),
            func.avg(OutsideVoiceRow.polarity),
            _how_many(col(OutsideVoiceRow.offence)),
            _how_many(col(OutsideVoiceRow.kept_aside)),
        ).where(of_study(study))
    ).one()
    return VoiceFigures(voices, _number(stars), toned, _number(polarity), int(offended), int(aside))


def _how_many(said_yes: sa.ColumnExpressionArgument[bool]) -> sa.ColumnElement[int]:
    return func.coalesce(func.sum(sa.case((said_yes, 1), else_=0)), 0)


def _number(mean: object) -> float | None:
    return None if mean is None else float(str(mean))
