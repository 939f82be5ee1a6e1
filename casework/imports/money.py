"""Amounts as written in files, made into cents; point or comma is decided over the column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casework.errors import Invalid

MOST_CENTS = 100_000_000
_CURRENCY = re.compile(
    r"[\s\u00a0\u202f'’]|[€$£¥]|\b(?:EUR|USD|GBP|CHF|CAD|AUD|JPY|SEK|NOK|DKK|PLN)\b", re.IGNORECASE
)
_COMMA_DECIMALS = re.compile(r"^[-+(]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}\)?$")
_POINT_DECIMALS = re.compile(r"^[-+(]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,2}\)?$")
_PLAIN = re.compile(r"^\d{1,15}(?:\.\d{1,12})?$", re.ASCII)
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$", re.ASCII)


@dataclass(frozen=True)
class MoneyStyle:
    """How the amounts of one column are read, and the sentence that says so."""

    decimal_comma: bool
    note: str


def style_of(values: Iterable[str]) -> MoneyStyle:
    """A comma before the last one or two digits marks cents, unless more rows use a point so."""
    commas = points = 0
    for value in values:
        bare = _CURRENCY.sub("", value)
        commas += bool(_COMMA_DECIMALS.match(bare))
        points += bool(_POINT_DECIMALS.match(bare))
    if commas > points:
        return MoneyStyle(decimal_comma=True, note="Amounts are read with a decimal comma.")
    return MoneyStyle(decimal_comma=False, note="")


def read_cents(text: str, style: MoneyStyle) -> int:
    """An amount of money in cents, from 0 to 1,000,000 units; fractions of a cent are rounded.

    Raises:
        Invalid: when it is empty, no number, negative or too large.
    """
    return _checked(text, _number(text, style) * 100)


def read_whole_cents(text: str) -> int:
    """An amount that is in cents already. Raises: Invalid."""
    return _checked(text, _number(text, MoneyStyle(decimal_comma=False, note="")))


def _number(text: str, style: MoneyStyle) -> Decimal:
    if not text:
        raise Invalid("The amount is empty.")
    if _PLAIN.match(text) and not style.decimal_comma:
        return Decimal(text)
    bare = _CURRENCY.sub("", text)
    if bare.startswith(("-", "−", "(")) and any(mark in "123456789" for mark in bare):
        raise Invalid(f"The amount “{text[:40]}” is negative; refunds are not counted.")
    plain = _with_point(bare, style).lstrip("+-")
    if not _PLAIN.match(plain):
        raise Invalid(f"“{text[:40]}” is not an amount.")
    return Decimal(plain)


def _with_point(bare: str, style: MoneyStyle) -> str:
    """The number with a decimal point and without marks between thousands."""
    if style.decimal_comma:
        bare = bare.translate(str.maketrans(",.", ".,"))
    return bare.replace(",", "") if _GROUPED.match(bare) else bare


def _checked(text: str, cents: Decimal) -> int:
    rounded = int(cents.to_integral_value(ROUND_HALF_UP))
    if rounded > MOST_CENTS:
        raise Invalid(f"The amount “{text[:40]}” is larger than {MOST_CENTS // 100:,}.")
    return rounded
