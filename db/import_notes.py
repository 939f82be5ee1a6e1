"""What a person should know before a file of feedback is taken over."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from casework.imports import Read
from casework.languages import name_of
from casework.outside import FeedbackEntry, Store
from db import criteria
from db.studies import StudyRow
from db.testers import Testers

_NAMED = 12


def notes(
    session: Session, study: StudyRow, testers: Testers, read: Read[FeedbackEntry], now: datetime
) -> tuple[str, ...]:
    """What the rows will count for, what stays unread, and what stands in the way of counting."""
    ours = {entry.participant_id or 0 for entry in read.accepted if entry.is_answer}
    answers = sum(entry.is_answer for entry in read.accepted)
    voices = len(read.accepted) - answers
    told = [
        f"Testers’ answers: {_rows(answers)}. Outside voices, read and never counted: "
        f"{_rows(voices)}."
    ]
    if answers:
        told.append("Answers count as received now, in the file’s order, whatever their date.")
    told += _unread(read.accepted)
    told += _strangers(read.accepted)
    for build in testers.builds_of(ours):
        told += _warnings(session, study, build, now)
    return tuple(told)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def languages(entries: Iterable[FeedbackEntry]) -> str:
    """The languages kept aside with their counts, the most frequent first: “German 12, Thai 1”."""
    found = Counter(entry.language for entry in entries if entry.kept_aside)
    return ", ".join(f"{name_of(one)} {times:,}" for one, times in found.most_common())


def _unread(entries: Iterable[FeedbackEntry]) -> list[str]:
    aside = [entry for entry in entries if entry.kept_aside]
    voices = languages(entry for entry in aside if not entry.is_answer)
    answers = languages(entry for entry in aside if entry.is_answer)
    told = []
    if voices:
        told.append(
            f"Kept aside unread, as the scorer reads English only: {voices}. They are stored and "
            "listed without a tone; their stars are taken."
        )
    if answers:
        told.append(f"Testers’ answers kept unread, to be read by a person: {answers}.")
    return told


def _strangers(entries: Iterable[FeedbackEntry]) -> list[str]:
    """The speakers of a meeting who are nobody of the study, with how often they spoke."""
    spoken = [one for one in entries if one.store is Store.MEETING and one.participant_id is None]
    found = Counter(one.speaker or "nobody named" for one in spoken)
    if not found:
        return []
    shown = ", ".join(f"“{name}” {times:,}" for name, times in found.most_common(_NAMED))
    more = f" and {len(found) - _NAMED:,} more" if len(found) > _NAMED else ""
    return [
        f"Speakers who are nobody of this study: {shown}{more}. Their words are kept by that name."
    ]


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
