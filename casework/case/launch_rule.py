"""Finding the if and the then in a launch rule written in plain words.

Generous on purpose: it reads English words, not sense. It asks whether a condition and a
consequence are there at all, never whether the rule is a good one.
"""

import re

from casework.record import Record

_CONNECTOR = (
    r"\b(?:if|when|whenever|unless|until|provided|assuming|in case|as soon as|as long as"
    r"|once(?!\s+(?:an?|and|or|per|more|before|in|for|at|with)\b)(?=\s+\w)"
    r"|should(?=\s+(?:more|less|fewer|most|any|at|over|half|a|an|the|one|two|\d)\b))\b"
)
_COMPARISON = (
    r"\b(?:more|fewer|less|greater|higher|lower|better|worse) than\b"
    r"|\bat (?:least|most)\b"
    r"|\b(?:above|below|over|under|exceeds?|reach(?:es)?)\s+(?:\d|half\b|one\b|two\b|the threshold)"
    r"|[<>≤≥]=?\s*\d|\d\s*(?:%|percent\b|per cent\b)"
    r"|\b(?:\d+|one|two|three|four|five) (?:of|out of|in) (?:\d+|the|our|them|five|ten|eight)\b"
    r"|\b(?:a|any|one|two|\d+) (?:\w+ )?(?:complaints?|objections?|veto(?:es)?)\b"
)
_CONDITION = re.compile(f"{_CONNECTOR}|{_COMPARISON}", re.IGNORECASE)

# The two words after a connector belong to the condition: "if we launch too early" decides nothing.
_CONDITION_OPENING = re.compile(rf"{_CONNECTOR}(?:\s+[\w'’]+){{0,2}}", re.IGNORECASE)
_LAUNCH_AS_A_DATE = re.compile(
    r"\b(?:before|after|at|since|during|until|by)\s+(?:(?:the|its|our|a|any|next|planned|official)\s+)*"
    r"(?:launch|release)\b",
    re.IGNORECASE,
)
_DECISION = (
    r"\b(?:launch|release?|ship|publish|stop|cancel|scrap|abandon|kill|postpon|delay|wait|hold|paus"
    r"|fix|chang|redesign|rework|rewrit|redraw|remov|replac|adjust|revis|improv|retest|re-test"
    r"|repeat|stag|proceed|drop|shelv|ditch|pull|push|mov|soften|adapt|continue?|rethink|alter"
    r"|reconsider|discard|reject|swap)(?:e|ed|es|s|ing|ped|ping|led|ling)?\b"
    r"|\bgo(?:es)? (?:ahead|live|out|on sale|back)\b|\bno[- ]?go\b|\bgreen light\b"
    r"|\brolls?(?:ed)? out\b|\btake[sn]? (?:it |them |that |the \w+ )?out\b"
    r"|\bstarts? (?:over|again)\b|\b(?:test|ask|try) (?:\w+ )?again\b|\bcuts? (?:it|the|that)\b"
)
_SPELLED_OUT = (
    r"\bthen,?\s+\w+\s+\w+"
    r"|[,:;→]\s*(?:we|i|nate|boomergames|the (?:team|company|developers?|designers?))\s+[\w'’]+"
)
_CONSEQUENCE = re.compile(f"{_DECISION}|{_SPELLED_OUT}", re.IGNORECASE)


class LaunchRule(Record):
    """Which halves of an if–then rule a text states."""

    condition: bool
    consequence: bool

    @property
    def exists(self) -> bool:
        """Whether both halves are there."""
        return self.condition and self.consequence


def read(text: str) -> LaunchRule:
    """What of a launch rule this text states, in whatever order it states it."""
    rest = _LAUNCH_AS_A_DATE.sub(" ", _CONDITION_OPENING.sub(" ", text))
    return LaunchRule(
        condition=_CONDITION.search(text) is not None,
        consequence=_CONSEQUENCE.search(rest) is not None,
    )
