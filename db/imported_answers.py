"""Testers' answers that came in a file, filed as if they had just been sent."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from casework.errors import NotFound
from casework.feedback import Answer
from casework.outside import FeedbackEntry
from casework.roles import Act, Actor, Role, require
from db import feedback, participants
from db.customers import Imported
from db.feedback import FeedbackRow
from db.studies import StudyRow

Progress = Callable[[int], None]


def file(
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
