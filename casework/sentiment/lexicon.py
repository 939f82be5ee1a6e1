"""The table the scorer reads: fitted weights, fixed phrases and rules, joined at import."""

from collections.abc import Mapping

from casework.sentiment import table
from casework.sentiment.tokens import TOKEN, fold


def load() -> table.Table:
    """The committed weights under the hand-made phrases and rules."""
    phrases = table.weights("phrases.tsv")
    terms = {**table.weights("lexicon.tsv"), **phrases}
    return table.build(terms, phrases, table.modifiers())


TABLE = load()


def extended(entries: Mapping[str, float]) -> table.Table:
    """A workspace's own words and phrases (weights in log-odds) laid over the committed table.

    Building takes about a hundredth of a second and some megabytes: build it once and keep it.
    Entries are read as texts are, in any case; one without a word in it is passed over.
    """
    own = {" ".join(TOKEN.findall(fold(term))): weight for term, weight in entries.items()}
    return table.overlaid(TABLE, {term: weight for term, weight in own.items() if term})
