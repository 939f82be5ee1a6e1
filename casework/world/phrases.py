"""The banks of phrases from which the people of a world speak and write."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np


@cache
def banks() -> Mapping[str, tuple[str, ...]]:
    """Every bank of `phrases.tsv` by its name."""
    text = files("casework.world").joinpath("phrases.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            bank, phrase = line.split("\t", 1)
            found.setdefault(bank, []).append(phrase)
    return {bank: tuple(phrases) for bank, phrases in found.items()}


def one_of(bank: str, rng: np.random.Generator) -> str:
    """A phrase of this bank."""
    phrases = banks()[bank]
    return phrases[int(rng.integers(len(phrases)))]
