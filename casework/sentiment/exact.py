"""TextBlob's own polarity and subjectivity."""

from textblob import TextBlob


def textblob_exact(text: str) -> tuple[float, float]:
    """Polarity in [-1, 1] and subjectivity in [0, 1] exactly as `TextBlob(text).sentiment`."""
    found = TextBlob(text).sentiment
    return found[0], found[1]
