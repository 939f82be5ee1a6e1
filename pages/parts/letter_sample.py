"""What the placeholders of a text would say to a real recipient, for a preview."""

from casework.funnel import ActivityKind
from casework.messages import MessageKind, wording
from casework.messages.templates import TemplateName
from db import activities, letter_writing, letters, meetings, participants, replies, studies
from db.activities import ActivityRow
from db.engine import Session
from db.studies import StudyRow

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
    "what": "the verdict has changed",
    "alert": "What happened, in one sentence.",
}
"""Stands in where there is no study, meeting or reply yet."""


def sample(session: Session, name: TemplateName) -> dict[str, str]:
    """Values for the newest person there is whom this text is for, else invented ones."""
    for study in reversed(studies.all_studies(session)):
        for activity in reversed(activities.of_study(session, study)):
            people = participants.of_activity(session, activity.id or 0)
            if people and _fits(name, activity.kind):
                found = INVENTED | letter_writing.values_for(session, people[-1])
                return found | _more(session, study, activity, name)
    return INVENTED


def _fits(name: TemplateName, kind: ActivityKind) -> bool:
    """Whether an activity of this kind sends this text; an invitation belongs to one of them."""
    if name.kind is MessageKind.INVITATION:
        return letters.INVITING[kind] is name
    return name is not TemplateName.MEETING or kind is ActivityKind.FOCUS_GROUP


def _more(
    session: Session, study: StudyRow, activity: ActivityRow, name: TemplateName
) -> dict[str, str]:
    told = replies.of_study(session, study.id)
    held = meetings.of_activity(session, activity)
    found = wording.of_replies(told) if told else {}
    found |= wording.of_meeting(held[-1]) if held else {}
    return found | ({"name": study.owner_name} if name.kind.to_staff else {})
