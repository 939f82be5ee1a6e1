"""What the focus groups of a study leave behind; words only of those who may be quoted."""

from sqlmodel import Session, col, select

from casework.funnel import ActivityKind
from casework.meetings import Tag
from casework.report import Group, GroupIdea, Veto
from db import activities, meetings, participants
from db.activities import ActivityRow
from db.participants import ConsentRow, ParticipantRow, is_taking_part
from db.studies import StudyRow


def of_study(session: Session, study: StudyRow) -> tuple[Group, ...]:
    """Each focus group's vetoes and ideas, in the order of the groups."""
    ideas = meetings.ideas_of(session, study.id or 0)
    return tuple(
        _group(session, activity, ideas)
        for activity in activities.of_study(session, study)
        if activity.kind is ActivityKind.FOCUS_GROUP
    )


def _group(session: Session, activity: ActivityRow, ideas: list[meetings.IdeaRow]) -> Group:
    people = {row.id: row for row in participants.of_activity(session, activity.id or 0)}
    remarks = [
        remark
        for meeting in meetings.of_activity(session, activity)
        for remark in meetings.remarks_of(session, meeting.id or 0)
    ]
    quotable = _quotable(session, activity)
    own = [idea for idea in ideas if idea.participant_id in people]
    return Group(
        name=activity.name,
        people=len({remark.participant_id for remark in remarks}),
        remarks=len(remarks),
        vetoes=tuple(
            _veto(people[remark.participant_id], remark.text, quotable)
            for remark in remarks
            if remark.tag is Tag.VETO
        ),
        ideas=tuple(
            GroupIdea(title=idea.title, text=idea.text, status=idea.status)
            for idea in own
            if idea.participant_id in quotable
        ),
        ideas_withheld=sum(idea.participant_id not in quotable for idea in own),
    )


def _veto(who: ParticipantRow, text: str, quotable: frozenset[int]) -> Veto:
    shown = text if who.id in quotable else None
    return Veto(text=shown, segment=who.segment, loyal=who.loyal)


def _quotable(session: Session, activity: ActivityRow) -> frozenset[int]:
    """The participants of an activity whose words may be printed."""
    query = (
        select(ConsentRow.participant_id)
        .join(ParticipantRow, col(ParticipantRow.id) == ConsentRow.participant_id)
        .where(ParticipantRow.activity_id == activity.id, is_taking_part())
        .where(col(ConsentRow.may_quote), col(ConsentRow.withdrawn_at).is_(None))
    )
    return frozenset(session.exec(query))
