"""The committed tables: sorted, explained, and small enough to read."""

from importlib.resources import files

import pytest

from casework.sentiment.table import weights
from casework.sentiment.tablefile import rows

TABLES = ("lexicon.tsv", "phrases.tsv", "domain.tsv", "modifiers.tsv", "offence.tsv")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_how_it_was_made_and_is_sorted(name: str) -> None:
    lines = files("casework.sentiment").joinpath(name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#")
    keys = [tuple(fields[:2]) if name == "offence.tsv" else fields[0] for fields in rows(name)]
    assert len(keys) == len(set(keys))
    if name == "lexicon.tsv":
        assert keys == sorted(keys)


def test_the_lexicon_holds_words_and_pairs_only() -> None:
    terms = weights("lexicon.tsv")
    assert "crashes" in terms
    assert all(term.count(" ") <= 1 for term in terms)
    assert all(abs(weight) <= 8 for weight in terms.values())
