"""The focus group: eight seats, one meeting, what was said and what they would build."""

from datetime import datetime, timedelta
from itertools import islice

from sqlmodel import Session

from casework.activities import Activity
from casework.funnel import ActivityKind
from casework.meetings import Idea, Meeting, Remark
from casework.roles import Actor
from casework.world import World, ideas_of, pick_up, remarks_of, santa_run
from casework.world.santa_run import day
from db import activities, meetings, participants, recruiting
from db.activities import ActivityRow
from db.customers import Standings
from db.demonstration import seats as seating
from db.meetings import MeetingRow
from db.participants import ParticipantRow
from db.studies import StudyRow


def run(
    session: Session,
    actor: Actor,
    study: StudyRow,
    people: World,
    loyal: Standings,
    *,
    now: datetime,
) -> list[int]:
    """Hold the focus group; returns the people of the world who sat in it."""
    activity = _open(session, actor, study, now=now)
    members = _fill_seats(session, actor, activity, people, loyal, now=now)
    met = day(now, santa_run.GROUP_MET)
    meeting = Meeting(title="Santa Run, the concept", held_at=met, place="Video call")
    held = meetings.hold(session, actor, activity, meeting, now=met - timedelta(days=2))
    for participant in members.values():
        meetings.attend(session, actor, participant, present=True, now=met)
    _take_notes(session, actor, held, people, members, met=met)
    for participant in members.values():
        participants.thank(session, actor, participant, now=met + timedelta(days=1))
    return list(members)


def _open(session: Session, actor: Actor, study: StudyRow, *, now: datetime) -> ActivityRow:
    opened = day(now, santa_run.GROUP_OPENED)
    plan = Activity(
        kind=ActivityKind.FOCUS_GROUP,
        name="Focus group: the concept",
        purpose="Hear what loyal players feel about the story before it is built further.",
        seats=santa_run.GROUP_SEATS,
        starts_at=opened,
        closes_at=day(now, santa_run.GROUP_CLOSED),
        incentive="1,000 gems in Clash of Armies",
    )
    return activities.open_activity(session, actor, study, plan, now=opened)


def _fill_seats(
    session: Session,
    actor: Actor,
    activity: ActivityRow,
    people: World,
    loyal: Standings,
    *,
    now: datetime,
) -> dict[int, ParticipantRow]:
    """Draw, ask, and ask the next reserve for each seat that was declined."""
    members: dict[int, ParticipantRow] = {}
    turnout = pick_up(people, "group")
    opened = day(now, santa_run.GROUP_OPENED)
    drawn = iter(
        seating.choose(session, activity, loyal, activity.seats, seed=people.seed, now=opened)
    )
    while len(members) < activity.seats:
        choices = list(islice(drawn, activity.seats - len(members)))
        at = opened + timedelta(hours=12 * len(members))
        rows = recruiting.recruit(session, actor, activity, choices, now=at)
        members |= {
            person: row
            for person, row in seating.people_of(session, rows).items()
            if seating.answer_invitation(session, actor, row, person, turnout, now=at)
        }
    return members


def _take_notes(
    session: Session,
    actor: Actor,
    held: MeetingRow,
    people: World,
    members: dict[int, ParticipantRow],
    *,
    met: datetime,
) -> None:
    seats = list(members)
    for number, said in enumerate(remarks_of(people, seats, caught=True)):
        at = met + timedelta(minutes=3 * (number + 1))
        remark = Remark(text=said.text, tag=said.tag, made_at=at)
        meetings.note(session, actor, held, members[said.person], remark)
    for person, title, text in ideas_of(people, seats):
        idea = Idea(title=title, text=text, made_at=met + timedelta(minutes=55))
        meetings.note_idea(session, actor, members[person], idea)
