"""Every text that is read: testers' answers, outside voices, remarks; and what counts of each."""

from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from casework.corrections import Spoken, offence_in_force, polarity_in_force
from casework.errors import NotFound
from casework.roles import Act, Actor, require
from casework.sentiment import Label, Reading
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.meetings import MeetingRow, RemarkRow
from db.outside import OutsideVoiceRow
from db.participants import ParticipantRow, is_taking_part
from db.table import Table, change

HeardRow = FeedbackRow | OutsideVoiceRow | RemarkRow
Kind = type[FeedbackRow] | type[OutsideVoiceRow] | type[RemarkRow]
KINDS: Mapping[Spoken, Kind] = MappingProxyType(
    {Spoken.ANSWER: FeedbackRow, Spoken.VOICE: OutsideVoiceRow, Spoken.REMARK: RemarkRow}
)


def hold(session: Session, spoken: Spoken, text_id: int) -> HeardRow:
    """The text's row, kept from others until the end of the transaction. Raises: NotFound."""
    kind = KINDS[spoken]
    query = select(kind).where(col(kind.id) == text_id).with_for_update()
    row = heard(session.exec(query).one_or_none())
    if row is None or row.reading is None:
        raise NotFound(f"There are no words of {spoken.value} {text_id} to correct.")
    return row


def get(session: Session, spoken: Spoken, text_id: int) -> HeardRow | None:
    """The text's row; None where there is none, or whoever said it has withdrawn."""
    row = heard(session.get(KINDS[spoken], text_id))
    if row is None or row.participant_id is None:
        return row
    speaker = select(ParticipantRow.id).where(ParticipantRow.id == row.participant_id)
    stays = session.exec(speaker.where(is_taking_part())).first() is not None
    return row if stays else None


def is_heard(kind: Kind) -> sa.ColumnElement[bool]:
    """The condition under which texts are shown: whoever said them has not withdrawn."""
    staying = select(ParticipantRow.id).where(is_taking_part())
    return sa.or_(col(kind.participant_id).is_(None), col(kind.participant_id).in_(staying))


def by_name(session: Session, actor: Actor, name: str) -> HeardRow | None:
    """A text by its kind and number, such as “answer 12”. Raises: NotAllowed."""
    require(actor, Act.READ_FEEDBACK)
    spoken, _, number = name.partition(" ")
    return get(session, Spoken(spoken), int(number))


def heard(row: Table | None) -> HeardRow | None:
    """The row under its own type, which a query over several tables forgets."""
    return row if isinstance(row, FeedbackRow | OutsideVoiceRow | RemarkRow) else None


def outdated(
    session: Session, spoken: Spoken, read_by: str, *, after: int, at_most: int
) -> list[HeardRow]:
    """The next texts that another scorer has read, kept until the end of the transaction."""
    kind = KINDS[spoken]
    query = (
        select(kind)
        .where(col(kind.id) > after, *_is_outdated(kind, read_by))
        .order_by(col(kind.id))
        .limit(at_most)
        .with_for_update()
    )
    return [row for found in session.exec(query) if (row := heard(found)) is not None]


def count_outdated(session: Session, read_by: str) -> int:
    """How many texts another scorer has read."""
    return sum(
        session.exec(select(func.count(col(kind.id))).where(*_is_outdated(kind, read_by))).one()
        for kind in KINDS.values()
    )


def any_outdated(session: Session, read_by: str) -> bool:
    """Whether another scorer has read any text; asked often, so it looks up instead of counting."""
    return any(
        session.exec(select(kind.id).where(*between).limit(1)).first() is not None
        for kind in KINDS.values()
        for between in (
            (col(kind.read_by) > "", col(kind.read_by) < read_by),
            (col(kind.read_by) > read_by,),
        )
    )


def _is_outdated(kind: Kind, read_by: str) -> tuple[sa.ColumnElement[bool], ...]:
    return col(kind.read_by) != "", col(kind.read_by) != read_by


def study_id_of(session: Session, row: HeardRow) -> int:
    """The study in which this was said."""
    if isinstance(row, OutsideVoiceRow):
        return row.study_id
    if isinstance(row, RemarkRow):
        met = select(ActivityRow.study_id).join(MeetingRow).where(MeetingRow.id == row.meeting_id)
        return session.exec(met).one()
    asked = (
        select(ActivityRow.study_id)
        .join(ParticipantRow)
        .where(ParticipantRow.id == row.participant_id)
    )
    return session.exec(asked).one()


def put_in_force(row: HeardRow, *, label: Label | None, offence: bool | None) -> None:
    """Let a person's word stand above the reading; None gives the reading its place back."""
    _settle(row, row.reading, label, offence, row.read_by)


def read_anew(row: HeardRow, reading: Reading, read_by: str) -> None:
    """Replace the reading; what a person said stays in force."""
    _settle(row, reading, row.human_label, row.human_offence, read_by)


def _settle(
    row: HeardRow,
    reading: Reading | None,
    label: Label | None,
    offence: bool | None,  # noqa: FBT001 - private, and given by both callers in this order
    read_by: str,
) -> None:
    known: dict[str, object] = {
        "reading": reading,
        "human_label": label,
        "human_offence": offence,
        "read_by": read_by,
    }
    if isinstance(row, RemarkRow):
        change(row, **known)
        return
    told = isinstance(row, FeedbackRow) and bool(row.offended)
    change(
        row,
        **known,
        polarity=polarity_in_force(reading, label),
        offence=offence_in_force(reading, human=offence, told=told),
    )
