"""Who gets which letter: asked, reminded, called to a meeting, thanked, told what came of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from casework import roles
from casework.errors import CaseworkError, Invalid
from casework.funnel import ActivityKind, Step
from casework.meetings import Meeting
from casework.messages import MessageKind
from casework.messages import wording as say
from casework.messages.calendar_entry import calendar_entry
from casework.messages.templates import TemplateName
from casework.roles import Act, Actor
from db import invitations, outbox, participants, replies
from db.activities import ActivityRow
from db.letter_checks import REMINDED
from db.letter_writing import Tally, Written, customer_of, study_of, write
from db.participants import ParticipantRow
from db.post import Post

INVITING = {
    ActivityKind.FOCUS_GROUP: TemplateName.INVITE_GROUP,
    ActivityKind.BETA: TemplateName.INVITE_BETA,
}
TOOK_PART = frozenset({Step.ANSWERED, Step.VALID, Step.INVALID, Step.ATTENDED, Step.THANKED})
STEPS: Mapping[TemplateName, frozenset[Step]] = {
    TemplateName.INVITE_GROUP: frozenset({Step.DRAWN, Step.EXPIRED}),
    TemplateName.INVITE_BETA: frozenset({Step.DRAWN, Step.EXPIRED}),
    TemplateName.MEETING: frozenset({Step.SCHEDULED}),
    TemplateName.THANKS: TOOK_PART,
    TemplateName.RESULT: TOOK_PART,
}
"""At which step somebody is whom a letter is for; reminders differ by kind of activity."""


def addressees(session: Session, activity: ActivityRow, name: TemplateName) -> list[ParticipantRow]:
    """Whom of an activity a letter is for."""
    people = participants.of_activity(session, activity.id or 0)
    steps = REMINDED[activity.kind] if name is TemplateName.REMINDER else STEPS.get(name, ())
    return [one for one in people if one.step in steps]


def invite(
    session: Session, actor: Actor, people: Iterable[ParticipantRow], post: Post, *, now: datetime
) -> Written:
    """Give each person a personal link and a letter that will carry it.

    Whoever was invited already gets a new link, and the old one stops working.
    """
    roles.require(actor, Act.INVITE)
    tally = Tally()
    for person in people:
        customer = customer_of(session, person)
        try:
            _new_link(session, actor, person, post, now)
        except CaseworkError as wrong:
            tally.leave_out(customer.name, str(wrong))
            continue
        outbox.replace(session, person.id or 0, MessageKind.INVITATION)
        name = INVITING[participants.activity_of(session, person).kind]
        key = f"invitation {person.id} {now.isoformat()}"
        tally.add(customer, write(session, person, name, key=key, now=now))
    return tally.written


def remind(
    session: Session, actor: Actor, people: Iterable[ParticipantRow], post: Post, *, now: datetime
) -> Written:
    """Remind whoever has not done their next step, once a day at most.

    Whose link cannot be made again gets a new one, and the old one stops working.
    """
    roles.require(actor, Act.INVITE)
    tally = Tally()
    for person in people:
        customer = customer_of(session, person)
        try:
            _require_unfinished(session, person)
            if _known_link(session, person, post, now) is None:
                _new_link(session, actor, person, post, now)
        except CaseworkError as wrong:
            tally.leave_out(customer.name, str(wrong))
            continue
        key = f"reminder {person.id} {now:%Y-%m-%d}"
        tally.add(customer, write(session, person, TemplateName.REMINDER, key=key, now=now))
    return tally.written


def _require_unfinished(session: Session, person: ParticipantRow) -> None:
    if person.step not in REMINDED[participants.activity_of(session, person).kind]:
        said = person.step.label.lower()
        raise Invalid(f"They are “{said}”; there is nothing to remind them of.")


def _known_link(session: Session, person: ParticipantRow, post: Post, now: datetime) -> str | None:
    return invitations.link_in_force(
        session,
        person.id or 0,
        secret=post.secret.get_secret_value(),
        base_url=post.base_url,
        now=now,
    )


def _new_link(
    session: Session, actor: Actor, person: ParticipantRow, post: Post, now: datetime
) -> None:
    invitations.issue(
        session,
        actor,
        person,
        now=now,
        base_url=post.base_url,
        secret=post.secret.get_secret_value(),
    )


def call_to_meeting(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    meeting_id: int,
    people: Iterable[ParticipantRow],
    *,
    now: datetime,
) -> Written:
    """Tell whoever is expected when and where, with a file for their calendar; once each.

    Raises:
        Invalid: for a meeting that is over.
    """
    roles.require(actor, Act.HOST_MEETING)
    if meeting.held_at <= now:
        raise Invalid("This meeting is over; nobody can be called to it any more.")
    tally = Tally()
    for person in people:
        study = study_of(session, person)
        letter = write(
            session,
            person,
            TemplateName.MEETING,
            key=f"meeting {meeting_id} {person.id}",
            now=now,
            more=say.of_meeting(meeting),
            calendar=calendar_entry(
                meeting, uid=f"meeting-{meeting_id}@{study.slug}", product=study.product, now=now
            ),
        )
        tally.add(customer_of(session, person), letter)
    return tally.written


def thank(
    session: Session, actor: Actor, people: Iterable[ParticipantRow], *, now: datetime
) -> Written:
    """Thank whoever took part; once each."""
    roles.require(actor, Act.TELL_BACK)
    tally = Tally()
    for person in people:
        key = f"thanks {person.id}"
        letter = write(session, person, TemplateName.THANKS, key=key, now=now)
        tally.add(customer_of(session, person), letter)
    return tally.written


def tell_results(
    session: Session, actor: Actor, people: Iterable[ParticipantRow], *, now: datetime
) -> Written:
    """Tell whoever took part what came of it; again only when there is something new to tell.

    Raises:
        Invalid: before anything was told back.
    """
    roles.require(actor, Act.TELL_BACK)
    tally = Tally()
    for person in people:
        told = replies.of_study(session, study_of(session, person).id)
        if not told:
            raise Invalid("Nothing has been told back yet. Write it under “Tell back” first.")
        key = f"result {person.id} {told[-1].id}"
        more = say.of_replies(told)
        letter = write(session, person, TemplateName.RESULT, key=key, now=now, more=more)
        tally.add(customer_of(session, person), letter)
    return tally.written
