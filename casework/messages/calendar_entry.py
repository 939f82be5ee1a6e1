"""A meeting as a file that calendars take: iCalendar, RFC 5545."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from casework.meetings import Meeting

LENGTH = timedelta(hours=1)
"""How long a meeting is entered for. Source: letters promise about an hour."""


def calendar_entry(meeting: Meeting, *, uid: str, product: str, now: datetime) -> str:
    """The meeting without a list of guests, so that nobody learns who else was asked.

    `uid` stays the same when it is sent again: calendars then replace the entry.
    """
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", now)
    entry.add("dtstart", meeting.held_at)
    entry.add("dtend", meeting.held_at + LENGTH)
    entry.add("summary", f"{product}: {meeting.title}")
    entry.add("location", meeting.place)
    file = Calendar()
    file.add("prodid", "-//Casework//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(entry)
    written: bytes = file.to_ical()
    return written.decode("utf-8")
