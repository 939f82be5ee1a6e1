"""TextBlob's own polarity and subjectivity, several times faster than TextBlob.

The rules of `textblob._text.Sentiment.assessments` over the same word list, but what each token
does is worked out once, and the averages are summed as the walk goes on.
"""

from typing import NamedTuple

from textblob._text import EMOTICONS, PUNCTUATION
from textblob.en import sentiment as _textblob

from casework.sentiment.textblob_tokens import textblob_tokens

_LONGEST_EMOTICON = 5
_LONGEST_SMALL_WORD = 2
_NEGATED = -0.5
_EXCLAIMED = 1.25

_LY = 2
"""Marks an adverb in -ly, which alone lets a negation after it count backwards."""


class _Word(NamedTuple):
    """A word of TextBlob's list; `adverb`: 0 no, 1 yes, 2 yes and in -ly."""

    polarity: float
    subjectivity: float
    intensity: float
    adverb: int
    negates: bool


class _Tally:
    """The assessment still open, and the sums of those before it."""

    __slots__ = ("count", "intensity", "negated", "p", "polarities", "s", "subjectivities")

    def __init__(self) -> None:
        self.count = 0
        self.polarities = self.subjectivities = 0.0
        self.p = self.s = 0.0
        self.intensity = 1.0
        self.negated = False

    def open(self, polarity: float, subjectivity: float, intensity: float) -> None:
        """Close the open assessment and begin another."""
        self.close()
        self.count += 1
        self.p, self.s, self.intensity, self.negated = polarity, subjectivity, intensity, False

    def close(self) -> None:
        """Add the open assessment to the sums; "not good" counts as slightly bad."""
        if self.count:
            self.polarities += self.p * _NEGATED if self.negated else self.p
            self.subjectivities += self.s

    def intensify(self, word: _Word) -> None:
        """Let the open adverb act on the word that follows it."""
        self.p = _clamp(word.polarity * self.intensity)
        self.s = _clamp(word.subjectivity * self.intensity)
        self.intensity = word.intensity

    def exclaim(self) -> None:
        """An exclamation mark strengthens what stands before it."""
        if self.count:
            self.p = _clamp(self.p * _EXCLAIMED)


def textblob_exact(text: str) -> tuple[float, float]:
    """Polarity in [-1, 1] and subjectivity in [0, 1], exactly as `TextBlob(text).sentiment`."""
    tally = _Tally()
    adverb, negation = 0, False
    look = _WORDS.get
    for token in textblob_tokens(text):
        low = token.lower()
        word = look(low)
        if word is not None:
            _assess(tally, word, adverb, negation=negation)
            adverb, negation = word.adverb, word.negates
        elif low in _ODD:
            adverb, negation = _pass_by(tally, low, adverb, negation=negation)
            _react(tally, low)
        elif adverb or negation:
            adverb, negation = _pass_by(tally, low, adverb, negation=negation)
    tally.close()
    many = float(tally.count or 1)
    return tally.polarities / many, tally.subjectivities / many


def _assess(tally: _Tally, word: _Word, adverb: int, *, negation: bool) -> None:
    if adverb:
        tally.intensify(word)
    else:
        tally.open(word.polarity, word.subjectivity, word.intensity)
    if negation:
        tally.intensity = 1.0 / tally.intensity
        tally.negated = True


def _pass_by(tally: _Tally, low: str, adverb: int, *, negation: bool) -> tuple[int, bool]:
    """What remains of an adverb and a negation after an unknown word; small words keep both."""
    if low in _NEGATIONS:
        negation = True
    elif len(low.strip("'")) > 1:
        negation = False
    if negation and adverb == _LY:
        tally.negated = True
        return adverb, False
    return (0 if len(low) > _LONGEST_SMALL_WORD else adverb), negation


def _react(tally: _Tally, low: str) -> None:
    """Exclamation marks strengthen; irony marks and emoticons are assessments of their own."""
    if low == "!":
        tally.exclaim()
    elif low in _MOODS:
        tally.open(_MOODS[low], 1.0, 1.0)


def _clamp(value: float) -> float:
    return max(-1.0, min(value, 1.0))


def _words() -> dict[str, _Word]:
    if not dict.__len__(_textblob):
        _textblob.load()
    found = {}
    for form, senses in dict.items(_textblob):
        adverb = (_LY if form.endswith("ly") else 1) if "RB" in senses else 0
        if None in senses:
            polarity, subjectivity, intensity = senses[None]
            negates = form in _NEGATIONS
            found[form] = _Word(polarity, subjectivity, intensity, adverb, negates)
    return found


def _moods() -> dict[str, float]:
    """Emoticons as TextBlob meets them: in lower case, short, not letters, no plain punctuation."""
    found = {"(!)": 0.0}
    for (_, polarity), faces in EMOTICONS.items():
        for face in sorted(faces):
            low = face.lower()
            if not low.isalpha() and len(low) <= _LONGEST_EMOTICON and low not in PUNCTUATION:
                found.setdefault(low, polarity)
    return found


_NEGATIONS = frozenset(_textblob.negations)
_WORDS = _words()
_MOODS = _moods()
_ODD = frozenset(("!", *_NEGATIONS, *_MOODS))
