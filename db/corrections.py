"""Corrections of readings: each is filed beside what the scorer said, and the latest counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper
from sqlmodel import Field, Session, col, select

from casework.corrections import Correction, Judgement, Spoken
from casework.errors import Invalid, NotFound
from casework.roles import Act, Actor, require
from db import audit, heard_texts
from db.studies import StudyRow
from db.table import Table


class CorrectionRow(Correction, Table, table=True):
    """One correction; a later one about the same text takes its place, none is edited.

    `sample_id` is set where it followed from a blind label.
    """

    __tablename__ = "correction"
    __table_args__ = (sa.Index("ix_correction_spoken_text_id", "spoken", "text_id"),)
    study_id: int = Field(foreign_key="study.id", index=True)
    sample_id: int | None = Field(default=None, foreign_key="label_sample.id")


def _refuse(_mapper: Mapper[Table], _connection: Connection, _row: Table) -> NoReturn:
    raise TypeError("A correction is never edited; add a later one.")


sa.event.listen(CorrectionRow, "before_update", _refuse)


def correct(
    session: Session,
    actor: Actor,
    spoken: Spoken,
    text_id: int,
    judgement: Judgement,
    *,
    now: datetime,
    sample_id: int | None = None,
) -> CorrectionRow:
    """File what a person says of a text; from now on it counts, the scorer's values stay on file.

    Saying the same again changes nothing; a judgement without a label and without a word on offence
    takes an earlier one back.

    Raises:
        NotFound: there is no such text, or it has no words.
        Invalid: nothing is said, and nothing had been said before.
    """
    require(actor, Act.CORRECT_READING)
    row = heard_texts.hold(session, spoken, text_id)
    latest = next(iter(of_texts(session, spoken, [text_id])[text_id]), None)
    if latest is not None and latest.model_dump(include=set(Judgement.model_fields)) == (
        judgement.model_dump()
    ):
        return latest
    if latest is None and judgement.label is None and judgement.offence is None:
        raise Invalid("Say how the text should be read, then keep it.")
    filed = CorrectionRow.model_validate(
        _beside(row, spoken, judgement, actor, now)
        | {"study_id": heard_texts.study_id_of(session, row), "sample_id": sample_id}
    )
    session.add(filed)
    heard_texts.put_in_force(row, label=judgement.label, offence=judgement.offence)
    session.add(row)
    session.flush()
    subject = f"{spoken.value} {text_id}"
    audit.record(
        session,
        actor,
        "correct reading",
        subject,
        now=now,
        study_id=filed.study_id,
        detail=_said(filed),
    )
    return filed


def _beside(
    row: heard_texts.HeardRow, spoken: Spoken, judgement: Judgement, actor: Actor, now: datetime
) -> dict[str, object]:
    if row.reading is None:
        raise NotFound("There are no words to correct.")
    return judgement.model_dump() | {
        "spoken": spoken,
        "text_id": row.id,
        "machine_label": row.reading.label,
        "machine_polarity": row.reading.polarity,
        "machine_offence": row.reading.offence,
        "raw_polarity": row.reading.textblob_polarity,
        "read_by": row.read_by or row.reading.scorer_version,
        "made_by": actor.name,
        "made_at": now,
    }


def _said(filed: CorrectionRow) -> str:
    label = filed.label.value if filed.label else "as read"
    offence = {None: "as heard", True: "offended", False: "not offended"}[filed.offence]
    return f"tone {label}, offence {offence}: {filed.reason}"


def of_texts(
    session: Session, spoken: Spoken, text_ids: Sequence[int]
) -> defaultdict[int, list[CorrectionRow]]:
    """The corrections of each text, the latest first."""
    query = select(CorrectionRow).where(
        CorrectionRow.spoken == spoken, col(CorrectionRow.text_id).in_(text_ids)
    )
    found: defaultdict[int, list[CorrectionRow]] = defaultdict(list)
    for row in session.exec(query.order_by(col(CorrectionRow.id).desc())):
        found[row.text_id].append(row)
    return found


def of_study(session: Session, actor: Actor, study: StudyRow) -> list[CorrectionRow]:
    """Every correction of a study, the latest first. Raises: NotAllowed."""
    require(actor, Act.READ_FEEDBACK)
    query = select(CorrectionRow).where(CorrectionRow.study_id == study.id)
    return list(session.exec(query.order_by(col(CorrectionRow.id).desc())))
