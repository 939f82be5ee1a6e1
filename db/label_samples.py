"""Random texts labelled blind by people, and the scorer's error that follows from them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Field, Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from casework.corrections import (
    Candidate,
    Judgement,
    Sample,
    Spoken,
    draw_sample,
)
from casework.errors import Closed, Invalid, NotEnough, NotFound
from casework.record import Line, Moment, Record
from casework.roles import Act, Actor, require
from casework.sentiment import Label
from db import audit, corrections, heard_texts, own_terms
from db.activities import ActivityRow
from db.feedback import FeedbackRow
from db.outside import OutsideVoiceRow, of_study
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow
from db.table import Table, change


class LabelSample(Sample):
    """A sample as drawn: of which texts, by which seed, as read by which scorer."""

    spoken: Spoken
    seed: int
    read_by: Line
    drawn_at: Moment
    drawn_by: Line
    finished_at: Moment | None = None


class LabelSampleRow(LabelSample, Table, table=True):
    """One sample; what it holds never changes, only that it is finished."""

    __tablename__ = "label_sample"
    study_id: int = Field(foreign_key="study.id", index=True)


class GivenLabel(Record):
    """What a person said of the text at a place; None where they could not tell."""

    place: int = Field(ge=0)
    label: Label | None
    given_at: Moment
    given_by: Line


class GivenLabelRow(GivenLabel, Table, table=True):
    """One label; a later one for the same place counts in its stead."""

    __tablename__ = "given_label"
    sample_id: int = Field(foreign_key="label_sample.id", index=True)


def draw(
    session: Session, actor: Actor, study: StudyRow, spoken: Spoken, *, seed: int, now: datetime
) -> LabelSampleRow:
    """Draw texts of a study to be labelled; an unfinished sample is handed back instead.

    Raises:
        Closed: texts are still to be read by the present scorer.
        NotEnough: there is no text, or every one was labelled.
    """
    require(actor, Act.CORRECT_READING)
    # Two owners drawing at once would get one sample each: the study's row queues them.
    session.exec(select(StudyRow).where(StudyRow.id == study.id).with_for_update()).one()
    open_one = unfinished(session, study, spoken)
    if open_one is not None:
        return open_one
    present = own_terms.reader(session).read_by
    texts = _population(session, study, spoken)
    if any(one.read_by != present for one in texts):
        raise Closed("Some texts were read by an older scorer. Read them anew first, then draw.")
    if not texts:
        raise NotEnough(f"There are no words yet in: {spoken.label.lower()}.")
    labelled = _drawn_before(session, study, spoken, present)
    drawn = draw_sample([one.candidate for one in texts], labelled, seed=seed)
    sample = LabelSample(
        **drawn.model_dump(),
        spoken=spoken,
        seed=seed,
        read_by=present,
        drawn_at=now,
        drawn_by=actor.name,
    )
    row = LabelSampleRow.model_validate(sample.model_dump() | {"study_id": study.id})
    session.add(row)
    session.flush()
    detail = f"{len(row.items)} {spoken.label.lower()}, seed {seed}, scorer {present}"
    subject = f"label sample {row.id}"
    audit.record(session, actor, "draw sample", subject, now=now, study_id=study.id, detail=detail)
    return row


def unfinished(session: Session, study: StudyRow, spoken: Spoken) -> LabelSampleRow | None:
    """The sample that is being labelled."""
    query = _of(study, spoken).where(col(LabelSampleRow.finished_at).is_(None))
    return session.exec(query).first()


def finished(session: Session, study: StudyRow, spoken: Spoken) -> list[LabelSampleRow]:
    """The samples labelled to the end, oldest first."""
    query = _of(study, spoken).where(col(LabelSampleRow.finished_at).is_not(None))
    return list(session.exec(query))


def given(session: Session, sample: LabelSampleRow) -> dict[int, Label | None]:
    """Place to label, as last given."""
    query = select(GivenLabelRow).where(GivenLabelRow.sample_id == sample.id)
    return {row.place: row.label for row in session.exec(query.order_by(col(GivenLabelRow.id)))}


def next_place(sample: LabelSampleRow, labels: dict[int, Label | None]) -> int | None:
    """The first text without a label; None when all have one."""
    return next((at for at in range(len(sample.items)) if at not in labels), None)


def text_at(session: Session, actor: Actor, sample: LabelSampleRow, place: int) -> str:
    """The words at a place of a sample, and nothing of how they were read.

    "" where whoever said them has withdrawn since the sample was drawn. Raises: NotAllowed.
    """
    require(actor, Act.READ_FEEDBACK)
    row = heard_texts.get(session, sample.spoken, sample.items[place].text_id)
    return row.text if row is not None else ""


def give(
    session: Session,
    actor: Actor,
    sample_id: int,
    place: int,
    label: Label | None,
    *,
    now: datetime,
) -> LabelSampleRow:
    """Label the text at a place; after the last one the sample is finished.

    Where the person and the scorer then differ, the person's label counts as a correction.

    Raises:
        NotFound: there is no such place.
        Closed: the sample is finished, and its labels were shown beside the scorer's.
        Invalid: for a label that only a scorer gives.
    """
    require(actor, Act.CORRECT_READING)
    query = select(LabelSampleRow).where(LabelSampleRow.id == sample_id).with_for_update()
    sample = session.exec(query).one_or_none()
    if sample is None or not 0 <= place < len(sample.items):
        raise NotFound("There is no such text in this sample.")
    if sample.finished_at is not None:
        raise Closed("This sample is finished. Correct a single reading where it is shown.")
    if label is Label.abstain:
        raise Invalid("Say negative, neutral or positive, or that you cannot tell.")
    told = GivenLabel(place=place, label=label, given_at=now, given_by=actor.name)
    session.add(GivenLabelRow.model_validate(told.model_dump() | {"sample_id": sample_id}))
    session.flush()
    if next_place(sample, given(session, sample)) is None:
        _finish(session, actor, sample, now)
    return sample


def _finish(session: Session, actor: Actor, sample: LabelSampleRow, now: datetime) -> None:
    change(sample, finished_at=now)
    session.add(sample)
    session.flush()
    labels = given(session, sample)
    for place, item in enumerate(sample.items):
        label = labels[place]
        if label is None or not _differs(session, sample.spoken, item.text_id, label):
            continue
        judgement = Judgement(label=label, reason=f"Labelled blind in sample {sample.id}")
        corrections.correct(
            session, actor, sample.spoken, item.text_id, judgement, now=now, sample_id=sample.id
        )
    subject = f"label sample {sample.id}"
    audit.record(session, actor, "finish sample", subject, now=now, study_id=sample.study_id)


def _differs(session: Session, spoken: Spoken, text_id: int, label: Label) -> bool:
    """Whether the label is another than what counts of the text now; silence is neutral."""
    row = heard_texts.get(session, spoken, text_id)
    if row is None or row.reading is None:
        return False
    present = row.human_label or row.reading.label
    return label is not (Label.neutral if present is Label.abstain else present)


class _Text(NamedTuple):
    candidate: Candidate
    read_by: str


def _population(session: Session, study: StudyRow, spoken: Spoken) -> Sequence[_Text]:
    """The study's texts that were read: valid answers of those taking part, or outside voices."""
    kind = OutsideVoiceRow if spoken is Spoken.VOICE else FeedbackRow
    label = sa.type_coerce(col(kind.reading), sa.JSON)["label"].as_string()
    query = sa.select(col(kind.id), label, col(kind.read_by)).where(col(kind.read_by) != "")
    if spoken is Spoken.VOICE:
        query = query.where(of_study(study), ~col(OutsideVoiceRow.kept_aside))
    else:
        query = (
            query.join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
            .join(ActivityRow, col(ActivityRow.id) == ParticipantRow.activity_id)
            .join(ConsentRow, col(ConsentRow.participant_id) == ParticipantRow.id)
            .where(col(ActivityRow.study_id) == study.id, is_taking_part())
            .where(col(FeedbackRow.valid), col(ConsentRow.withdrawn_at).is_(None))
        )
    return [
        _Text(Candidate(text_id=text_id, label=Label(said)), read_by)
        for text_id, said, read_by in session.execute(query)
    ]


def _drawn_before(
    session: Session, study: StudyRow, spoken: Spoken, read_by: str
) -> frozenset[int]:
    samples = [one for one in finished(session, study, spoken) if one.read_by == read_by]
    return frozenset(item.text_id for sample in samples for item in sample.items)


def _of(study: StudyRow, spoken: Spoken) -> SelectOfScalar[LabelSampleRow]:
    return (
        select(LabelSampleRow)
        .where(LabelSampleRow.study_id == study.id, LabelSampleRow.spoken == spoken)
        .order_by(col(LabelSampleRow.id))
    )
