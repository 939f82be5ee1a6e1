"""A launch summary from a real study; quotes only of those who allow it and still take part."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from casework.errors import NotAllowed
from casework.funnel import ActivityKind
from casework.gates import GateName, GateReview
from casework.meetings import Idea
from casework.options import LaunchOption, OptionKind
from casework.report import Paragraph, Summary, front_to_markdown, to_html, to_markdown
from casework.roles import Actor, Role
from casework.text import escape_markdown
from casework.verdict import Outcome, as_json
from db import activities, meetings, options, participants, reviews, summaries, verdicts
from db.feedback import FeedbackRow
from db.meetings import IdeaRow, RemarkRow
from db.participants import ConsentRow
from db.studies import StudyRow
from db.table import change
from tests.betas import NOW, OWNER, a_tester, an_activity
from tests.santa_run import IDEA, VETO, a_santa_run

LATER = NOW + timedelta(days=20)
SECRET = "A word that nobody else may read"


@pytest.fixture
def study(session: Session) -> StudyRow:
    return a_santa_run(session, NOW)


def summary(session: Session, study: StudyRow) -> Summary:
    return summaries.summary(session, OWNER, study, "0.9.0", now=LATER)


def everything(session: Session, study: StudyRow) -> str:
    """All that leaves the house: both files and the record, unescaped where words are plain."""
    written = summary(session, study)
    record = as_json(verdicts.verdict(session, OWNER, study, "0.9.0", now=LATER))
    return "\n".join([to_markdown(written), to_html(written), record])


def test_the_summary_is_a_no_go_because_of_offence_and_quotes_it(
    session: Session, study: StudyRow
) -> None:
    found = summaries.material(session, OWNER, study, "0.9.0", now=LATER)
    assert found.verdict.outcome is Outcome.NO_GO
    assert found.verdict.reasons[0].text.startswith("offended: 12 of 30")
    assert (found.asked, found.answered) == (30, 30)
    assert "Grinch" in front_to_markdown(summary(session, study))


def test_only_words_of_those_who_allow_quoting_are_there(session: Session, study: StudyRow) -> None:
    found = summaries.material(session, OWNER, study, "0.9.0", now=LATER)
    assert len(found.verbatims) == 15
    silent = {row.participant_id for row in session.scalars(_consents(may_quote=False))}
    for row in session.scalars(sa.select(FeedbackRow)):
        if row.participant_id in silent:
            change(row, offended_by=SECRET if row.offended else "", change_first=SECRET)
    session.flush()
    assert SECRET not in everything(session, study)


def _consents(*, may_quote: bool) -> sa.Select[ConsentRow]:
    return sa.select(ConsentRow).where(col(ConsentRow.may_quote).is_(may_quote))


def _all_may_be_quoted(session: Session) -> None:
    for row in session.scalars(_consents(may_quote=False)):
        change(row, may_quote=True)
    session.flush()


def test_words_of_somebody_who_withdraws_vanish_from_all_of_it(
    session: Session, study: StudyRow
) -> None:
    _all_may_be_quoted(session)
    row = session.scalars(sa.select(FeedbackRow).order_by(col(FeedbackRow.id))).first()
    assert row is not None
    change(row, offended_by=SECRET)
    session.flush()
    assert SECRET in everything(session, study)
    tester = participants.get(session, row.participant_id)
    actor = Actor(role=Role.CUSTOMER, name="x", participant_id=tester.id)
    participants.withdraw(session, actor, tester, now=LATER)
    assert SECRET not in everything(session, study)


def test_vetoes_and_ideas_need_consent_too(session: Session, study: StudyRow) -> None:
    text = everything(session, study)
    assert VETO not in text
    assert IDEA not in text
    assert "1 idea is not printed" in text
    _all_may_be_quoted(session)
    allowed = everything(session, study)
    assert escape_markdown(VETO) in allowed
    assert IDEA in allowed
    assert "not printed" not in allowed


def test_a_group_member_who_withdraws_takes_veto_and_idea_along(
    session: Session, study: StudyRow
) -> None:
    _all_may_be_quoted(session)
    for row in (*session.scalars(sa.select(RemarkRow)), *session.scalars(sa.select(IdeaRow))):
        tester = participants.get(session, row.participant_id)
        actor = Actor(role=Role.CUSTOMER, name="x", participant_id=tester.id)
        participants.withdraw(session, actor, tester, now=LATER)
    text = everything(session, study)
    assert VETO not in text
    assert IDEA not in text


def test_hostile_words_are_shown_and_obeyed_nowhere(session: Session, study: StudyRow) -> None:
    hostile = "<img src=x onerror=alert(1)> [click](javascript:alert(1)) =1+1"
    _all_may_be_quoted(session)
    for row in session.scalars(sa.select(FeedbackRow)):
        change(row, offended_by=hostile, change_first=hostile, offended=True, offence=True)
    idea = session.scalars(sa.select(IdeaRow)).one()
    change(idea, title=hostile)
    session.flush()
    written = summary(session, study)
    assert "<img" not in to_html(written)
    assert "&lt;img src=x" in to_html(written)
    assert "[click](" not in to_markdown(written)
    assert "<img" not in to_markdown(written)


def test_the_group_tells_its_people_remarks_and_status_of_ideas(
    session: Session, study: StudyRow
) -> None:
    _all_may_be_quoted(session)
    (group,) = summaries.material(session, OWNER, study, "0.9.0", now=LATER).groups
    assert (group.people, group.remarks) == (2, 2)
    assert [(idea.title, idea.status.value) for idea in group.ideas] == [(IDEA, "new")]


def test_an_idea_of_another_activity_is_not_this_groups(session: Session, study: StudyRow) -> None:
    (first,) = [
        row for row in activities.of_study(session, study) if row.kind is ActivityKind.FOCUS_GROUP
    ]
    change(first, name="The first evening")
    other = an_activity(session, study, ActivityKind.FOCUS_GROUP)
    guest, _ = a_tester(session, other, "Gil")
    meetings.note_idea(session, OWNER, guest, Idea(title="Of another evening", made_at=NOW))
    _all_may_be_quoted(session)
    groups = summaries.material(session, OWNER, study, "0.9.0", now=LATER).groups
    assert [[idea.title for idea in one.ideas] for one in groups] == [
        [IDEA],
        ["Of another evening"],
    ]


def test_entered_options_and_reviews_are_in_it(session: Session, study: StudyRow) -> None:
    option = LaunchOption(kind=OptionKind.STAGE, owner="Olive", cost=4_000, entered_at=NOW)
    options.enter(session, OWNER, study, option, now=NOW)
    judgement = GateReview(
        gate=GateName.VALUES, reviewer="Ann", reason="He escapes now.", reviewed_at=LATER
    )
    reviews.review(session, OWNER, study, judgement, now=LATER)
    text = to_markdown(summary(session, study))
    assert "| Stage | Olive | – | 4,000 |" in text
    assert "Ann reviewed values. He escapes now." in text


def test_tampered_criteria_still_give_a_summary_that_says_so(
    session: Session, study: StudyRow
) -> None:
    session.execute(sa.text("UPDATE criteria SET text = replace(text, '0.7', '0.1')"))
    session.expire_all()
    written = summary(session, study)
    assert written.front.title == "INVALID for 0.9.0"
    told = " ".join(
        block.text
        for part in (written.front, *written.sections)
        for block in part.blocks
        if isinstance(block, Paragraph)
    )
    assert "do not match their digest" in told


def test_a_student_may_have_the_cases_summary_and_a_tester_none(
    session: Session, study: StudyRow
) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    assert summaries.summary(session, student, study, now=LATER).title.startswith("Santa Run")
    tester = Actor(role=Role.CUSTOMER, name="x", participant_id=1)
    with pytest.raises(NotAllowed):
        summaries.summary(session, tester, study, now=LATER)
