"""How fast texts are put into themes, and what is left into groups."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

from textblob import TextBlob

from bench.sentiment import EXAMPLES
from casework.sentiment.aspects import aspects
from casework.themes import assign, first_themes
from casework.themes.suggesting import suggest
from scripts import fit_lexicon

TEXTS = 2_000
GOAL_SECONDS = 0.5
WISHED = (
    "chimney slide",
    "lantern parade",
    "gingerbread village",
    "sleigh ride",
    "mitten drawer",
    "candle wall",
    "snow globe",
    "nutcracker",
)
SAYING = ("I miss the {}", "Another {} would be nice", "Where has the {} gone", "Bring the {} back")
WHEN = ("last winter", "in the first year", "my neighbours said", "on the old tablet", "before")


def main(data: Path | None) -> None:
    """Print the processor time for 2,000 texts, also as a share of what TextBlob takes."""
    texts = _texts(data)
    base = _seconds(lambda: [TextBlob(text).sentiment for text in texts])
    themes = first_themes()
    rest = [texts[place] for place in assign(texts, themes).unmatched]
    assigned = _seconds(lambda: assign(texts, themes))
    grouped = _seconds(lambda: suggest(rest))
    read = _seconds(lambda: [aspects(text) for text in texts])
    print(f"{len(texts):,} texts, {len(rest):,} of them in no theme")
    print(f"{'':28}{'seconds':>10}{'of TextBlob':>14}")
    for name, taken in (
        ("TextBlob", base),
        ("themes by their terms", assigned),
        ("groups among the rest", grouped),
        (f"both (goal {GOAL_SECONDS})", assigned + grouped),
        ("aspects, clause by clause", read),
    ):
        print(f"{name:28}{taken:10.2f}{taken / base:14.2f}")


def _texts(data: Path | None) -> list[str]:
    if data is None:
        known = [f"{text} ({number})" for number in range(TEXTS // 8) for text in EXAMPLES]
        return known + [_wish(number) for number in range(TEXTS - len(known))]
    lines = fit_lexicon.lines(data)
    return [line["text"] for line in lines[:: max(1, len(lines) // TEXTS)]][:TEXTS]


def _wish(number: int) -> str:
    """A text that no theme claims, on one of a few things, in changing words."""
    thing = WISHED[number % len(WISHED)]
    return f"{SAYING[number // 7 % len(SAYING)].format(thing)}, as {WHEN[number % len(WHEN)]}"


def _seconds(work: Callable[[], object]) -> float:
    """The best of three passes."""
    passes = []
    for _ in range(3):
        began = process_time()
        work()
        passes.append(process_time() - began)
    return min(passes)


if __name__ == "__main__":
    main(None)
