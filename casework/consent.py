"""What a participant agrees to, in versions that never change once used."""

from collections.abc import Mapping
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from pydantic import Field

from casework.errors import Invalid
from casework.funnel import ActivityKind
from casework.record import Line, Moment, Prose, Record


class ConsentText(Record):
    """One version of the text: what it is for, and for how many days answers are kept.

    `number` counts the versions for one kind of activity. A `material` change is one that people
    who agreed to an earlier text have to agree to anew.
    """

    version: str = Field(max_length=20)
    text: Prose = Field(min_length=1)
    retention_days: int = Field(ge=1, le=3650)
    purpose: Line = "To decide about this game."
    number: int = Field(default=0, ge=0)
    material: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 in hex over the version and everything a participant reads."""
        parts = (self.version, self.purpose, str(self.retention_days), self.text)
        return sha256("\n".join(parts).encode()).hexdigest()


class Consent(Record):
    """That this participant accepted one version of the text, and what they allowed besides.

    `withdrawn_at` is when it ended; `replaced` tells that a later consent took its place.
    `contact_again` is None where nobody asked. `digest` is that of the text as it was read.
    """

    version: str = Field(max_length=20)
    accepted_at: Moment
    is_adult: bool
    may_quote: bool = False
    contact_again: bool | None = None
    digest: str = ""
    withdrawn_at: Moment | None = None
    replaced: bool = False


FIRST = ConsentText(
    version="2026-11",
    retention_days=730,
    text=(
        "You are invited because you have played our games for a while, and we want to hear from "
        "you before we decide. Taking part is your choice. We keep your answers and the step you "
        "have reached, together with the customer number we already have for you, for two years; "
        "we use them to decide about this game and for nothing else. Your name is not shown with "
        "your words. You may stop at any time with one click: your answers then leave the "
        "evidence and are not quoted."
    ),
)
"""The text that both kinds of activity began with; consents to it stay good."""

TEMPLATES: Mapping[ActivityKind, ConsentText] = MappingProxyType(
    {
        ActivityKind.BETA: ConsentText(
            version="beta 1",
            number=1,
            retention_days=730,
            purpose="To decide whether this game is ready for everybody.",
            text=(
                "You get a version of the game that is not finished, and we ask you how it was.\n\n"
                "Taking part is your choice, and you may stop at any time with one click: your "
                "answers then leave the evidence and are not quoted.\n\n"
                "We keep your answers and how far you came, together with the customer number we "
                "already have for you. The people who make the game read them; nobody else does. "
                "Your name is not shown with your words.\n\n"
                "The game is not public yet, so please do not pass it on."
            ),
        ),
        ActivityKind.FOCUS_GROUP: ConsentText(
            version="focus group 1",
            number=1,
            retention_days=730,
            purpose="To hear what loyal players think before we decide about this game.",
            text=(
                "You talk about the game with us and a handful of other players for about an "
                "hour. Somebody takes notes; nothing is recorded.\n\n"
                "Taking part is your choice, and you may leave or stop at any time with one "
                "click: what you said then leaves the evidence and is not quoted.\n\n"
                "We keep our notes of what you say and the ideas you give, together with the "
                "customer number we already have for you. Your ideas carry your name towards us "
                "so that we can tell you what came of them; your words are quoted without it.\n\n"
                "What others say in the meeting stays there, please."
            ),
        ),
    }
)
"""What is read before joining until the owner writes a version of their own."""

CURRENT = TEMPLATES[ActivityKind.BETA]
"""The text of a beta where nobody wrote another."""


def first_texts(kind: ActivityKind) -> tuple[ConsentText, ...]:
    """The versions that come with the product, oldest first."""
    return FIRST, TEMPLATES[kind]


def next_text(
    kind: ActivityKind,
    before: ConsentText,
    *,
    text: str,
    purpose: str,
    retention_days: int,
    material: bool,
) -> ConsentText:
    """The version that follows `before`. Raises: Invalid for an empty or an unchanged text."""
    if not text.strip() or not purpose.strip():
        raise Invalid("Say what people agree to and what it is for.")
    number = before.number + 1
    drafted = ConsentText(
        version=f"{kind.label.lower()} {number}",
        number=number,
        text=text,
        purpose=purpose,
        retention_days=retention_days,
        material=material,
    )
    same = {"text", "purpose", "retention_days"}
    if drafted.model_dump(include=same) == before.model_dump(include=same):
        raise Invalid("Nothing has changed, so the version in force stays as it is.")
    return drafted


def agree(
    in_force: ConsentText,
    version: str,
    *,
    is_adult: bool,
    may_quote: bool,
    now: datetime,
    contact_again: bool | None = None,
) -> Consent:
    """Consent to the text that is in force.

    Raises:
        Invalid: for another version than that, or for somebody under age.
    """
    if version != in_force.version:
        raise Invalid("The text has changed since you opened it. Please read it again.")
    if not is_adult:
        raise Invalid("Please confirm that you are 18 or older; we cannot ask anybody younger.")
    return Consent(
        version=version,
        digest=in_force.digest,
        accepted_at=now,
        is_adult=True,
        may_quote=may_quote,
        contact_again=contact_again,
    )


def must_ask_again(consent: Consent, texts: tuple[ConsentText, ...]) -> bool:
    """Whether a material change came after the version agreed to; `texts` oldest first."""
    agreed = next((one.number for one in texts if one.version == consent.version), 0)
    return any(one.material and one.number > agreed for one in texts)


class Wording(StrEnum):
    """What became of a passage from one version to the next."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


class Passage(Record):
    """A run of words with what became of it."""

    wording: Wording
    words: str


def compare(before: str, after: str) -> tuple[Passage, ...]:
    """Both texts word by word: what was kept, taken out and put in, in reading order."""
    old, new = _words(before), _words(after)
    found: list[Passage] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Passage(wording=Wording.KEPT, words="".join(old[i:j])))
            continue
        if i < j:
            found.append(Passage(wording=Wording.REMOVED, words="".join(old[i:j])))
        if k < m:
            found.append(Passage(wording=Wording.ADDED, words="".join(new[k:m])))
    return tuple(found)


def _words(text: str) -> list[str]:
    """Words with the space that follows them, so that joining gives the text back."""
    words: list[str] = []
    for part in text.split(" "):
        lines = part.split("\n")
        words += [f"{line}\n" for line in lines[:-1]]
        words.append(f"{lines[-1]} ")
    words[-1] = words[-1].removesuffix(" ")
    return words
