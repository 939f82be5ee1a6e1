"""The table the scorer reads: fitted weights, fixed phrases and rules, joined at import."""

from casework.sentiment import table


def load() -> table.Table:
    """The committed weights under the hand-made phrases and rules."""
    phrases = table.weights("phrases.tsv")
    terms = {**table.weights("lexicon.tsv"), **phrases}
    return table.build(terms, phrases, table.modifiers())


TABLE = load()
