"""What the placeholders of a letter say, from the records they speak of."""

from collections.abc import Iterable
from datetime import datetime

from casework.activities import Activity
from casework.funnel import Step
from casework.meetings import Meeting
from casework.replies import Reply
from casework.studies import Study

_NOT_ANSWERED = frozenset({Step.INVITED, Step.OPENED})


def of_study(study: Study) -> dict[str, str]:
    """Who asks, and about what."""
    return {"owner": study.owner_name, "product": study.product, "study": study.title}


def of_activity(activity: Activity) -> dict[str, str]:
    """What somebody is asked into."""
    return {
        "activity": activity.name,
        "seats": str(activity.seats),
        "closes_on": plain_date(activity.closes_at),
        "incentive": f"As a thank-you: {activity.incentive}." if activity.incentive else "",
    }


def of_meeting(meeting: Meeting) -> dict[str, str]:
    """When and where a group meets."""
    return {
        "meeting": meeting.title,
        "meeting_time": f"{plain_date(meeting.held_at)}, {meeting.held_at:%H:%M} UTC",
        "meeting_place": meeting.place,
    }


def of_replies(replies: Iterable[Reply]) -> dict[str, str]:
    """You said, we did."""
    told = (f"You said: {one.said}\n{one.promise.opening} {one.answer}" for one in replies)
    return {"replies": "\n\n".join(told)}


def next_step(step: Step) -> dict[str, str]:
    """What a reminder asks for, by how far somebody has come."""
    if step in _NOT_ANSWERED:
        return {"next_step": "I would still like to know whether you take part, yes or no."}
    return {"next_step": "You said yes, and I have not heard yet how it was. It takes two minutes."}


def plain_date(moment: datetime) -> str:
    """A day as people write it: 3 August 2026."""
    return f"{moment.day} {moment:%B %Y}"
