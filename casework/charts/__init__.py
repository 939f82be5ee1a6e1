"""How testers feel, drawn: each chart with its figures as a table, and both as files."""

from casework.charts.aspects import AspectTone, aspect_tones, by_aspect
from casework.charts.drawn import Drawn
from casework.charts.themes import share_by_build, theme_shares
from casework.charts.tone import by_build, by_day, distribution, over_time

__all__ = [
    "AspectTone",
    "Drawn",
    "aspect_tones",
    "by_aspect",
    "by_build",
    "by_day",
    "distribution",
    "over_time",
    "share_by_build",
    "theme_shares",
]
