"""What the placeholders of a text would say to a real recipient, for a preview."""

from casework.messages import wording
from casework.messages.templates import TemplateName
from db import activities, letter_writing, meetings, participants, replies, studies
from db.engine import Session

INVENTED = {
    "name": "Ada",
    "owner": "Nora",
    "product": "your product",
    "study": "Your study",
    "activity": "Your activity",
    "seats": "8",
    "closes_on": "3 August 2026",
    "incentive": "As a thank-you: what you promise.",
    "next_step": "I would still like to know whether you take part, yes or no.",
    "meeting": "First round",
    "meeting_time": "3 August 2026, 18:00 UTC",
    "meeting_place": "Where you meet",
    "replies": "You said: what they said\nWe did: what became of it",
    "alert": "What happened, in one sentence.",
}
"""Stands in where there is no study, meeting or reply yet."""


def sample(session: Session, name: TemplateName) -> dict[str, str]:
    """Values for the newest participant of the newest study there is, else invented ones."""
    for study in reversed(studies.all_studies(session)):
        for activity in reversed(activities.of_study(session, study)):
            people = participants.of_activity(session, activity.id or 0)
            if people:
                found = INVENTED | letter_writing.values_for(session, people[-1])
                told = replies.of_study(session, study.id)
                held = meetings.of_activity(session, activity)
                found |= wording.of_replies(told) if told else {}
                found |= wording.of_meeting(held[-1]) if held else {}
                return found | ({"name": study.owner_name} if name.kind.to_staff else {})
    return INVENTED
