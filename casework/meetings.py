"""A focus group's meeting: who said what, what they would veto, what they would build."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from casework.record import Line, Moment, Prose, Record

Remarked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class Tag(StrEnum):
    """How the note-taker marked a remark. A veto is a values concern: it may stop a launch."""

    WANT = "want"
    LIKE = "like"
    DISLIKE = "dislike"
    VETO = "veto"
    QUESTION = "question"

    @property
    def label(self) -> str:
        """As shown to people."""
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        """What the note-taker says by choosing it."""
        return _MEANINGS[self]


_MEANINGS = {
    Tag.WANT: "something they would have",
    Tag.LIKE: "something they are glad of",
    Tag.DISLIKE: "something that puts them off",
    Tag.VETO: "it hurts what they or their family hold dear, and should not ship like this",
    Tag.QUESTION: "something they do not understand",
}


class Meeting(Record):
    """When and where the group meets; `place` is a room or a call link."""

    title: Line
    held_at: Moment
    place: Line
    notes: Prose = ""


class Remark(Record):
    """One thing one participant said, as it was said."""

    text: Remarked
    tag: Tag
    made_at: Moment


class IdeaStatus(StrEnum):
    """What the team does with a customer's idea."""

    NEW = "new"
    CONSIDERED = "considered"
    PLANNED = "planned"
    SHIPPED = "shipped"
    DECLINED = "declined"


class Idea(Record):
    """A customer's own idea, credited to the participant who had it."""

    title: Line
    text: Prose = ""
    status: IdeaStatus = IdeaStatus.NEW
    made_at: Moment
