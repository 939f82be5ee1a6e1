"""Moments as the person at the screen would say them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from casework.schedule import plain_day


def local(moment: datetime) -> datetime:
    """The moment on the clock of this browser; UTC where it does not tell."""
    try:
        return moment.astimezone(ZoneInfo(str(st.context.timezone or "UTC")))
    except (ZoneInfoNotFoundError, ValueError):
        return moment


def day_and_time(moment: datetime) -> str:
    """Such as “Fri 11 Dec 2026, 18:00”."""
    here = local(moment)
    return f"{plain_day(here.date())}, {here:%H:%M}"


def at(day: date, clock: time) -> datetime:
    """A day and a time as typed at this browser."""
    typed = datetime.combine(day, clock, tzinfo=UTC)
    return typed.replace(tzinfo=local(typed).tzinfo)
