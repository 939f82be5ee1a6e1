"""The case's study as somebody may see who only looks: figures and words, never who said them.

Only its first attempt is shown: the build as Nate had it. What was done about it would give the
exercise away.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from casework.criteria import Metric, Segment, in_plain_words, read
from casework.feedback import disagrees
from casework.funnel import ActivityKind, StepCount
from casework.meetings import Tag
from casework.record import Record
from casework.roles import CASE_STUDY, Act, Actor, require_reading
from casework.sentiment import Contribution, Label, Reading
from casework.verdict import Verdict
from db import activities, criteria, following, meetings, studies, verdicts
from db.builds import BuildRow
from db.feedback import FeedbackRow
from db.participants import ConsentRow, ParticipantRow
from db.studies import StudyRow


class AnswerSeen(Record):
    """One counted answer, known by its number. `text` is empty where the tester is not quoted.

    `csat` 1 to 5, `recommend` 0 to 10, `polarity` in [-1, 1]; None where there is no value.
    """

    number: int
    loyal: bool
    csat: int | None
    recommend: int | None
    crashed: bool | None
    offended: bool | None
    written: bool
    text: str
    polarity: float | None
    label: Label | None
    words: tuple[Contribution, ...]
    disagrees: bool
    reading: Reading | None = None


class GroupSeen(Record):
    """What came out of a focus group: values concerns and ideas, without names.

    `vetoes_withheld` counts those whose words may not be shown.
    """

    attended: int
    vetoes: tuple[str, ...]
    vetoes_withheld: int
    ideas: tuple[tuple[str, str], ...]


class FunnelSeen(Record):
    """How far the participants of one activity came."""

    name: str
    kind: ActivityKind
    steps: tuple[StepCount, ...]


class CaseStudy(Record):
    """Everything a student may read before recommending; nothing in it can be changed."""

    title: str
    product: str
    hypothesis: str
    release_on: date
    players: int
    build: str
    criteria: tuple[tuple[Metric, str], ...]
    funnels: tuple[FunnelSeen, ...]
    group: GroupSeen
    answers: tuple[AnswerSeen, ...]
    verdict: Verdict

    def share(self, metric: Metric) -> float | None:
        """The share observed among everyone, in [0, 1]; None where it was not judged."""
        found = (r for r in self.verdict.criteria if r.metric is metric)
        return next((r.observed for r in found if r.segment is Segment.everyone), None)

    def words_of(self, numbers: Sequence[int]) -> dict[int, str]:
        """What was written in the answers with these numbers."""
        return {each.number: each.text for each in self.answers if each.number in numbers}


def inspect(session: Session, actor: Actor, *, now: datetime) -> CaseStudy:
    """The case's study, its first build.

    Raises:
        NotFound: it is not loaded, or has no criteria yet.
        NotAllowed: for a customer.
    """
    require_reading(actor, Act.READ_VERDICT, CASE_STUDY)
    study = studies.by_slug(session, CASE_STUDY)
    build = _first_build(session, study)
    numbers, verdict = _counted(session, actor, study, build, now)
    return CaseStudy(
        title=study.title,
        product=study.product,
        hypothesis=study.hypothesis,
        release_on=study.release_on,
        players=study.players,
        build=verdict.build,
        criteria=_criteria(session, study, build),
        funnels=_funnels(session, study, verdict.build, now),
        group=_group(session, study),
        answers=_answers(session, numbers),
        verdict=verdict,
    )


def answer_numbers(session: Session, actor: Actor, *, now: datetime) -> frozenset[int]:
    """The answers that may be cited. Raises: NotFound, NotAllowed as `inspect`."""
    study = studies.by_slug(session, CASE_STUDY)
    numbers, _ = _counted(session, actor, study, _first_build(session, study), now)
    return frozenset(numbers)


def _counted(
    session: Session, actor: Actor, study: StudyRow, build: str | None, now: datetime
) -> tuple[tuple[int, ...], Verdict]:
    """The answers a verdict counts, without those that came after its last, and the verdict."""
    found = verdicts.verdict(session, actor, study, build, now=now)
    ids = verdicts.evidence(session, actor, study, build, now=now).feedback_ids
    return tuple(int(each) for each in ids[: found.answers]), found


def _first_build(session: Session, study: StudyRow) -> str | None:
    return next((each.build for each in criteria.attempts(session, study.id)), None)


def _criteria(
    session: Session, study: StudyRow, build: str | None
) -> tuple[tuple[Metric, str], ...]:
    attempt = criteria.attempt(session, study, build) if build else None
    if attempt is None:
        return ()
    registered = read(attempt.registration).criteria
    return tuple((each.metric, in_plain_words(each, study.players)) for each in registered)


def _funnels(
    session: Session, study: StudyRow, build: str, now: datetime
) -> tuple[FunnelSeen, ...]:
    """The focus groups, and the beta that tested this build."""
    tested = _betas_of(session, build)
    return tuple(
        FunnelSeen(
            name=row.name,
            kind=row.kind,
            steps=following.funnel(session, row, now=now),
        )
        for row in activities.of_study(session, study)
        if row.kind is ActivityKind.FOCUS_GROUP or row.id in tested
    )


def _betas_of(session: Session, build: str) -> frozenset[int]:
    query = (
        select(ParticipantRow.activity_id)
        .join(FeedbackRow, col(FeedbackRow.participant_id) == ParticipantRow.id)
        .join(BuildRow, col(BuildRow.id) == FeedbackRow.build_id)
        .where(BuildRow.version == build)
        .distinct()
    )
    return frozenset(session.exec(query))


def _group(session: Session, study: StudyRow) -> GroupSeen:
    held = [
        meeting
        for row in activities.of_study(session, study)
        if row.kind is ActivityKind.FOCUS_GROUP
        for meeting in meetings.of_activity(session, row)
    ]
    remarks = [each for row in held for each in meetings.remarks_of(session, row.id or 0)]
    ideas = meetings.ideas_of(session, study.id or 0)
    may_be_read = _quotable(session)
    vetoes = [each for each in remarks if each.tag is Tag.VETO]
    shown = tuple(each.text for each in vetoes if each.participant_id in may_be_read)
    return GroupSeen(
        attended=len({each.participant_id for each in remarks}),
        vetoes=shown,
        vetoes_withheld=len(vetoes) - len(shown),
        ideas=tuple(
            (each.title, each.text) for each in ideas if each.participant_id in may_be_read
        ),
    )


def _quotable(session: Session) -> frozenset[int]:
    """The participants whose words may be shown to others."""
    agreed = select(ConsentRow.participant_id).where(
        col(ConsentRow.may_quote), col(ConsentRow.withdrawn_at).is_(None)
    )
    return frozenset(session.exec(agreed))


def _answers(session: Session, numbers: Sequence[int]) -> tuple[AnswerSeen, ...]:
    quotable = _quotable(session)
    query = (
        select(FeedbackRow, ParticipantRow.loyal)
        .join(ParticipantRow, col(ParticipantRow.id) == FeedbackRow.participant_id)
        .where(col(FeedbackRow.id).in_(numbers))
    )
    found = {
        row.id: _answer(row, loyal=loyal, quoted=row.participant_id in quotable)
        for row, loyal in session.exec(query)
    }
    return tuple(found[number] for number in numbers)


def _answer(row: FeedbackRow, *, loyal: bool, quoted: bool) -> AnswerSeen:
    reading: Reading | None = row.reading
    return AnswerSeen(
        number=row.id or 0,
        loyal=loyal,
        csat=row.csat,
        recommend=row.recommend,
        crashed=row.crashed,
        offended=row.offended,
        written=bool(row.text),
        text=row.text if quoted else "",
        polarity=row.polarity,
        label=row.human_label or (reading.label if reading else None),
        words=reading.contributions if reading and quoted else (),
        disagrees=disagrees(row.csat, row.polarity),
        reading=reading if quoted else None,
    )
