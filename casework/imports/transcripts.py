"""What was said in a meeting, by whom and when: WebVTT, SRT, or lines of “Name: text”."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from casework.tabular import Row, Sheet

HEADER = ("Time", "Speaker", "Text", "Cue")
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"^\s*({_CLOCK})\s*-->\s*({_CLOCK})(?:\s|$)")
_SRT = re.compile(rf"\A\s*\d+\s*\n\s*{_CLOCK}\s*-->")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^>]*>")
_NAMED = re.compile(
    rf"^\s*(?:[\[(]?({_CLOCK})[\])]?\s*[-–]?\s*)?([^\W\d_][\w .'’\-()]{{0,58}}):\s+(\S.*)$"
)
_ENDS_A_SENTENCE = (".", "?", "!", "…", '"', "”")
_MOST_NAMED = 0.5
_LOOK_AT_LINES, _LOOK_AT_LETTERS = 40, 50_000
_MOST_NAMES = 5
_LONGEST = 2_000


class Utterance(NamedTuple):
    """What one person said without a break; `at` is the time code as written, "" without one.

    `line` counts from 1. With a `problem` it is what could not be read, as it stands in the file.
    """

    line: int
    at: str
    speaker: str
    text: str
    problem: str = ""


def is_transcript(text: str) -> bool:
    """Whether it is WebVTT or SRT, or at least half its first lines begin with a name."""
    if text.lstrip("\ufeff").startswith("WEBVTT") or _SRT.match(text.lstrip("\ufeff")):
        return True
    shown = text[:_LOOK_AT_LETTERS].splitlines()
    lines = [line for line in shown if line.strip()][:_LOOK_AT_LINES]
    named = [line for line in lines if _named(line)]
    # A table's header names columns and nobody, so the first line must be somebody's.
    return len(named) > 1 and lines[0] == named[0] and len(named) >= _MOST_NAMED * len(lines)


def read_transcript(text: str) -> list[Utterance]:
    """Everything said, in order; a sentence that goes on in the next cue is one utterance."""
    bare = text.lstrip("\ufeff")
    cued = bare.startswith("WEBVTT") or _SRT.match(bare)
    found = _cues(bare) if cued else _named_lines(bare)
    return list(_joined(found))


def sheet_of(text: str) -> Sheet:
    """A transcript as a table of time, speaker, words and place in the meeting."""
    said = read_transcript(text)

    def rows() -> Iterator[Row]:
        for place, one in enumerate(said, start=1):
            cells = (one.at, one.speaker, one.text, str(place))
            yield Row(one.line, cells, one.problem)

    return Sheet(header=HEADER, rows=rows)


def _cues(text: str) -> Iterator[Utterance]:
    for line, block in _blocks(text):
        if block[0].startswith(("WEBVTT", "NOTE", "STYLE", "REGION")):
            continue
        place = next((i for i, told in enumerate(block[:2]) if "-->" in told), None)
        if place is None:
            yield _unread(line, block, "This block has no time, such as 00:01:02.000 --> 00:01:05.")
        elif timing := _TIMING.match(block[place]):
            yield from _spoken(line + place + 1, timing, block[place + 1 :])
        else:
            yield _unread(line, block, "The time of this cue cannot be read.")


def _spoken(line: int, timing: re.Match[str], words: list[str]) -> Iterator[Utterance]:
    """Who speaks in a cue: the voice it names, else the name before a colon."""
    begins = timing[1].replace(",", ".")
    if _seconds(timing[2]) < _seconds(timing[1]):
        yield _unread(line, [timing[0], *words], "This cue ends before it begins.")
        return
    speaker = ""
    for offset, raw in enumerate(words):
        voice = _VOICE.search(raw)
        named = None if voice else _named(raw)
        if voice:
            speaker = html.unescape(voice[1]).strip()
        elif named:
            speaker = named[2].strip()
        said = _plain(named[3] if named else raw)
        if said:
            yield Utterance(line + offset, begins, speaker, said)


def _named_lines(text: str) -> Iterator[Utterance]:
    speaker, at = "", ""
    for number, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        if named := _named(raw):
            at, speaker = named[1] or "", named[2].strip()
            yield Utterance(number, at, speaker, named[3].strip())
        elif speaker:
            yield Utterance(number, at, speaker, raw.strip())
        else:
            yield _unread(number, [raw], "No speaker is named before this line.")


def _named(raw: str) -> re.Match[str] | None:
    """A line with somebody's name before a colon: one word, or a few that all begin as names do."""
    found = _NAMED.match(raw)
    if found is None:
        return None
    words = found[2].split()
    is_name = len(words) == 1 or not any(word[0].islower() for word in words[:-1])
    return found if is_name and len(words) <= _MOST_NAMES else None


def _joined(found: Iterator[Utterance]) -> Iterator[Utterance]:
    open_one: Utterance | None = None
    for one in found:
        if open_one is None:
            open_one = one
        elif _goes_on(open_one, one):
            open_one = open_one._replace(text=f"{open_one.text} {one.text}")
        else:
            yield open_one
            open_one = one
    if open_one is not None:
        yield open_one


def _goes_on(before: Utterance, after: Utterance) -> bool:
    if before.problem or after.problem or before.speaker != after.speaker:
        return False
    unfinished = not before.text.endswith(_ENDS_A_SENTENCE)
    return unfinished and len(before.text) + len(after.text) < _LONGEST


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank ones, each with the line where it begins."""
    begins, block = 0, list[str]()
    for number, raw in enumerate([*text.splitlines(), ""], start=1):
        if raw.strip():
            begins = begins if block else number
            block.append(raw)
        elif block:
            yield begins, block
            block = []


def _unread(line: int, block: list[str], problem: str) -> Utterance:
    return Utterance(line, "", "", " ".join(block), problem)


def _plain(raw: str) -> str:
    return html.unescape(_TAG.sub("", raw)).strip()


def _seconds(clock: str) -> float:
    parts = [float(part) for part in clock.replace(",", ".").split(":")]
    return sum(part * float(60**power) for power, part in enumerate(reversed(parts)))
