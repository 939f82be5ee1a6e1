"""Taking over a file of feedback: testers' answers are filed, other voices are kept apart.

A row of a tester becomes their answer or is set aside with its reason. It never becomes an outside
voice: no author is kept there, so a withdrawal could no longer reach it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from casework.errors import Invalid
from casework.imports import (
    Columns,
    DateOrder,
    FeedbackFormat,
    ImportKind,
    Read,
    Rejected,
    fields_of,
    guess_columns,
    open_feedback,
    read_feedback,
)
from casework.outside import FeedbackEntry, Store, voice_of
from casework.roles import Act, Actor, require
from db import audit, import_notes, imported_answers, outside
from db.customers import Imported
from db.import_notes import languages
from db.speakers import speakers_of
from db.studies import StudyRow
from db.testers import testers_of

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
        aside = languages(entry for entry in self.read.accepted if not entry.is_answer)
        return (
            f"Testers’ answers: {_counts(self.answers)}. "
            f"Outside voices: {_counts(self.voices)}. {len(self.set_aside):,} set aside."
            + (f" Kept aside unread: {aside}." if aside else "")
            + (" Nothing is new: every row came before." if self.is_known else "")
        )

    @property
    def is_known(self) -> bool:
        """Every usable row was on file already."""
        both = (self.answers, self.voices)
        new = sum(done.added + done.updated for done in both)
        return not new and any(done.unchanged for done in both)


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
    wanted: FeedbackFormat = FeedbackFormat.AUTO,
) -> Read[FeedbackEntry]:
    """A file as an import would take it, nothing being stored; columns not given are guessed.

    Raises:
        Invalid: when the file cannot be read or no column holds anything that people say.
    """
    require(actor, Act.IMPORT_FEEDBACK)
    export = open_feedback(content, wanted)
    chosen = export.columns or columns
    if chosen is None:
        chosen = guess_columns(export.sheet.header, fields_of(ImportKind.FEEDBACK))
    authors = _Authors(session, study, name, now)
    read = read_feedback(
        export.sheet, chosen, now=now, order=order, author_of=authors.of, store=export.store
    )
    told = import_notes.notes(session, study, authors.testers, read, now)
    return replace(read, notes=(*read.notes, *told), said=export.said)


class _Authors:
    """Whose words the rows of one file are."""

    def __init__(self, session: Session, study: StudyRow, name: str, now: datetime) -> None:
        self.session, self.name, self.now = session, name, now
        self.testers = testers_of(session, study)
        self.speakers = speakers_of(session, study)
        self.elsewhere = outside.from_elsewhere(session, study, name)

    def of(self, entry: FeedbackEntry) -> int | None:
        """The participant; None for a voice from outside. Raises: Invalid for a row to set aside.

        A store's reviewer is nobody's tester, whatever they call themselves.
        """
        if entry.store is Store.MEETING:
            return self.speakers.participant_of(self.session, entry.speaker)
        if entry.store is not Store.FILE:
            return None
        found = self.testers.author_of(self.session, entry, self.now)
        if found is None:
            _require_voice(entry, self.elsewhere, self.name, self.now)
        elif entry.answer.is_empty:
            raise Invalid(
                "The author is a tester, and a thumb alone answers none of the questions."
            )
        return found


def _require_voice(
    entry: FeedbackEntry, elsewhere: outside.Elsewhere, name: str, now: datetime
) -> None:
    """Refuse what would be an outside voice without a word, or overwrite another file's."""
    if not entry.text and entry.answer.csat is None and entry.recommended is None:
        raise Invalid("The author is no tester, and there are neither words nor stars to read.")
    before = elsewhere.get(entry.ref)
    if before and before.said != outside.said(voice_of(entry, name, now)):
        raise Invalid(
            f"The id “{entry.ref[:80]}” came with “{before.source}” already and says something "
            "else there. Give these rows ids of their own."
        )


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
    wanted: FeedbackFormat = FeedbackFormat.AUTO,
) -> FeedbackReport:
    """Take over every usable row of a file; importing it again adds nothing twice.

    Raises:
        Invalid: when the file is no table or no column holds anything that people say.
    """
    read = read_file(
        session,
        actor,
        study,
        name,
        content,
        now=now,
        columns=columns,
        order=order,
        wanted=wanted,
    )
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
    ours = [entry for entry in read.accepted if entry.is_answer]
    others = [voice_of(entry, name, now) for entry in read.accepted if not entry.is_answer]
    answers = imported_answers.file(session, actor, study, ours, now=now, progress=progress)
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
