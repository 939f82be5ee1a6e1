"""Taking over a file of feedback: testers' answers are filed, other voices are kept apart.

A row of a tester becomes their answer or is set aside with its reason. It never becomes an outside
voice: no author is kept there, so a withdrawal could no longer reach it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from casework.errors import Invalid, NotFound
from casework.feedback import Answer
from casework.imports import (
    Columns,
    DateOrder,
    ImportKind,
    Read,
    Rejected,
    fields_of,
    guess_columns,
    read_feedback,
)
from casework.outside import FeedbackEntry, voice_of
from casework.roles import Act, Actor, Role, require
from casework.tabular import read_sheet
from db import audit, criteria, feedback, outside, participants
from db.customers import Imported
from db.feedback import FeedbackRow
from db.studies import StudyRow
from db.testers import Testers, testers_of

Progress = Callable[[int], None]


@dataclass(frozen=True)
class FeedbackReport:
    """A file of feedback taken over: answers that may count, voices that never do."""

    name: str
    answers: Imported
    voices: Imported
    read: Read[FeedbackEntry]

    @property
    def set_aside(self) -> tuple[Rejected, ...]:
        """The rows that were not taken."""
        return self.read.set_aside

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        return (
            f"Testers’ answers: {_counts(self.answers)}. "
            f"Outside voices: {_counts(self.voices)}. {len(self.set_aside):,} set aside."
        )


def _counts(done: Imported) -> str:
    return f"{done.added:,} added, {done.updated:,} updated, {done.unchanged:,} already there"


def read_file(
    session: Session,
    actor: Actor,
    study: StudyRow,
    name: str,
    content: bytes,
    *,
    now: datetime,
    columns: Columns | None = None,
    order: DateOrder = DateOrder.AUTO,
) -> Read[FeedbackEntry]:
    """A file as an import would take it, nothing being stored; columns not given are guessed.

    Raises:
        Invalid: when the file is no table or no column holds anything that people say.
    """
    require(actor, Act.IMPORT_FEEDBACK)
    sheet = read_sheet(content)
    fields = fields_of(ImportKind.FEEDBACK)
    chosen = guess_columns(sheet.header, fields) if columns is None else columns
    testers = testers_of(session, study)
    elsewhere = outside.from_elsewhere(session, study, name)

    def author_of(entry: FeedbackEntry) -> int | None:
        found = testers.author_of(session, entry, now)
        if found is None:
            _require_voice(entry, elsewhere, name, now)
        return found

    read = read_feedback(sheet, chosen, now=now, order=order, author_of=author_of)
    return replace(read, notes=(*read.notes, *_notes(session, study, testers, read, now)))


def _require_voice(
    entry: FeedbackEntry, elsewhere: outside.Elsewhere, name: str, now: datetime
) -> None:
    """Refuse what would be an outside voice without a word, or overwrite another file's."""
    if not entry.answer.text and entry.answer.csat is None:
        raise Invalid("The author is no tester, and there are neither words nor stars to read.")
    before = elsewhere.get(entry.ref)
    if before and before.said != outside.said(voice_of(entry, name, now)):
        raise Invalid(
            f"The id “{entry.ref[:80]}” came with “{before.source}” already and says something "
            "else there. Give these rows ids of their own."
        )


def _notes(
    session: Session, study: StudyRow, testers: Testers, read: Read[FeedbackEntry], now: datetime
) -> tuple[str, ...]:
    """What the rows will count for, and what stands in the way of counting them."""
    ours = {entry.participant_id for entry in read.accepted if entry.participant_id is not None}
    answers = sum(entry.participant_id is not None for entry in read.accepted)
    voices = len(read.accepted) - answers
    notes = [
        f"Testers’ answers: {answers:,} rows. Outside voices, read and never counted: "
        f"{voices:,} rows."
    ]
    if answers:
        notes.append("Answers count as received now, in the file’s order, whatever their date.")
    for build in testers.builds_of(ours):
        notes += _warnings(session, study, build, now)
    return tuple(notes)


def _warnings(session: Session, study: StudyRow, build: str, now: datetime) -> list[str]:
    attempt = criteria.attempt(session, study, build)
    if attempt is None:
        return [
            f"Build {build} has no launch criteria yet. Criteria must come before answers: "
            "register them first, or its verdict will be INVALID."
        ]
    if attempt.closes_at <= now:
        return [f"The criteria of build {build} have closed: answers imported now do not count."]
    return []


def import_file(
    session: Session,
    actor: Actor,
    study: StudyRow,
    name: str,
    content: bytes,
    *,
    now: datetime,
    columns: Columns | None = None,
    order: DateOrder = DateOrder.AUTO,
) -> FeedbackReport:
    """Take over every usable row of a file; importing it again adds nothing twice.

    Raises:
        Invalid: when the file is no table or no column holds anything that people say.
    """
    read = read_file(session, actor, study, name, content, now=now, columns=columns, order=order)
    return import_read(session, actor, study, name, read, now=now)


def import_read(
    session: Session,
    actor: Actor,
    study: StudyRow,
    name: str,
    read: Read[FeedbackEntry],
    *,
    now: datetime,
    progress: Progress = lambda _: None,
) -> FeedbackReport:
    """Take over what `read_file` found usable; `progress` hears of every row."""
    ours = [entry for entry in read.accepted if entry.participant_id is not None]
    others = [voice_of(entry, name, now) for entry in read.accepted if entry.participant_id is None]
    answers = import_answers(session, actor, study, ours, now=now, progress=progress)
    voices = outside.keep(session, actor, study, others, progress=progress)
    detail = f"answers: {_counts(answers)}; outside voices: {_counts(voices)}"
    audit.record(
        session,
        actor,
        "import feedback",
        f"study {study.id}",
        now=now,
        study_id=study.id,
        detail=detail,
    )
    return FeedbackReport(name=name, answers=answers, voices=voices, read=read)


def import_answers(
    session: Session,
    actor: Actor,
    study: StudyRow,
    rows: Sequence[FeedbackEntry],
    *,
    now: datetime,
    progress: Progress = lambda _: None,
) -> Imported:
    """File testers' answers as received now, in the order of the rows and never backdated.

    A tester's first valid answer counts, whichever way it came; a further one is kept as the next
    version ("updated"), and one that is on file already in any version is left alone.

    Raises:
        NotFound: for a row of nobody in this study.
        NotAllowed: without the tester's consent.
        Closed: after the beta's end or before a build is out.
    """
    require(actor, Act.IMPORT_FEEDBACK)
    added = updated = 0
    for place, entry in enumerate(rows):
        # Microseconds apart: a verdict reads answers in the order of receipt.
        row = _file(session, study, entry, now + timedelta(microseconds=place))
        added += row is not None and row.version == 1
        updated += row is not None and row.version > 1
        progress(1)
    return Imported(added, updated, len(rows) - added - updated)


def _file(
    session: Session, study: StudyRow, entry: FeedbackEntry, at: datetime
) -> FeedbackRow | None:
    """The answer as filed for its tester, who gave it elsewhere; None when it is on file."""
    tester = participants.get(session, entry.participant_id or 0)
    activity = participants.activity_of(session, tester)
    if activity.study_id != study.id:
        raise NotFound("This participant is not in a beta of this study.")
    on_file = feedback.of_participant(session, tester.id or 0, activity.build_id)
    if any(_answer_of(row) == entry.answer for row in on_file):
        return None
    on_behalf = Actor(role=Role.CUSTOMER, name="imported answer", participant_id=tester.id)
    return feedback.receive(session, on_behalf, tester.id or 0, entry.answer, now=at)


def _answer_of(row: FeedbackRow) -> Answer:
    return Answer.model_validate(row.model_dump(include=set(Answer.model_fields)))
