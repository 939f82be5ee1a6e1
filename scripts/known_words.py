"""Words whose side is known before any fitting."""

from textblob.en import sentiment as textblob_words
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from casework.sentiment import table
from casework.sentiment.tokens import TOKEN, fold

TEXTBLOB_SCALE, VADER_SCALE = 1.0, 0.3


def centres() -> dict[str, float]:
    """Where each known word's weight starts, in log-odds."""
    found = {w: value * VADER_SCALE for w, value in SentimentIntensityAnalyzer().lexicon.items()}
    if not dict.__len__(textblob_words):
        textblob_words.load()
    for word, senses in dict.items(textblob_words):
        if senses[None][0]:
            found[word] = senses[None][0] * TEXTBLOB_SCALE
    found.update(table.weights("domain.tsv"))
    silent = table.stopwords()
    return {word: value for word, value in found.items() if usable(word) and word not in silent}


def usable(word: str) -> bool:
    """Whether the scorer can meet this word as one token."""
    return len(TOKEN.findall(fold(word.removeprefix(table.NOT)))) == 1
