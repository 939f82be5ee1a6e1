"""A file of customers, read row by row."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from casework.accounts import Email
from casework.builds import Platform
from casework.customers import UNKNOWN, Customer
from casework.errors import Invalid
from casework.imports import yes_no
from casework.imports.columns import Columns, require_columns
from casework.imports.fields import CustomerField
from casework.imports.read import Read, read_rows
from casework.tabular import Sheet

_F = CustomerField
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_YES = yes_no.YES | {"opted_in", "subscribed"}
_NO = yes_no.NO | {"opted_out", "unsubscribed"}
_PLATFORMS = MappingProxyType(
    {
        "iphone": Platform.IOS,
        "ipad": Platform.IOS,
        "ipados": Platform.IOS,
        "app store": Platform.IOS,
        "google play": Platform.ANDROID,
        "play store": Platform.ANDROID,
        "pc": Platform.WINDOWS,
        "win": Platform.WINDOWS,
        "mac": Platform.MACOS,
        "mac os": Platform.MACOS,
        "os x": Platform.MACOS,
        "browser": Platform.WEB,
        **{platform.value: platform for platform in Platform},
    }
)
_BANDS = ((13, 17), (18, 24), (25, 34), (35, 44), (45, 54))
_YOUNGEST_NAMED, _OLDEST_NAMED = 13, 55
_OLDEST = 120

_Cell = Callable[[CustomerField], str]


def read_customers(sheet: Sheet, columns: Columns) -> Read[Customer]:
    """The customers of a file; a row without an id, with a false address or twice is set aside.

    Raises:
        Invalid: when no column holds the customer's id.
    """
    require_columns(sheet.header, columns, tuple(CustomerField))
    places = {field: sheet.header.index(name) for field, name in columns.items()}

    def read_row(cells: tuple[str, ...]) -> Customer:
        return _customer(lambda field: cells[places[field]] if field in places else "", columns)

    notes = () if _F.NAME in columns else ("Without a column of names, customers go by their id.",)
    return read_rows(sheet, read_row, notes)


def _customer(cell: _Cell, columns: Columns) -> Customer:
    """Only what the file tells is set, so that an update leaves the rest as it was."""
    ref = cell(_F.REF)
    if not ref:
        raise Invalid("The customer id is empty.")
    told: dict[str, object] = {"ref": ref, "name": cell(_F.NAME) or ref}
    for field, read in _READERS.items():
        if field in columns:
            told[field.value] = read(cell(field))
    if _F.MAY_CONTACT in columns or _F.DO_NOT_CONTACT in columns:
        told["may_contact"] = _may_contact(cell)
    return Customer.model_validate(told)


def read_region(text: str) -> str:
    """What a cell tells of where somebody lives; a capital NA is North America or Namibia."""
    return text if text == "NA" else read_told(text)


def read_told(text: str) -> str:
    """What a cell tells of somebody; unknown where it tells nothing."""
    return UNKNOWN if text.casefold() in yes_no.NOT_TOLD else text


def read_email(text: str) -> str | None:
    """An address in small letters; None where none is told. Raises: Invalid."""
    if text.casefold() in yes_no.NOT_TOLD:
        return None
    try:
        return _EMAIL.validate_python(text)
    except ValidationError:
        raise Invalid(f"“{text[:80]}” is not an e-mail address.") from None


def read_platform(text: str) -> str:
    """In the words of our builds where we know it, so that testers find theirs."""
    known = _PLATFORMS.get(text.casefold())
    return known.value if known else read_told(text)


def read_age_band(text: str) -> str:
    """A band as given; an age in years becomes the band it falls in. Raises: Invalid."""
    if not (text.isascii() and text.isdecimal()):
        return read_told(text)
    years = int(text[:4])
    if years > _OLDEST:
        raise Invalid(f"An age of {text[:10]} years is not possible.")
    if years < _YOUNGEST_NAMED:
        return f"under {_YOUNGEST_NAMED}"
    band = next((band for band in _BANDS if band[0] <= years <= band[1]), None)
    return f"{band[0]}–{band[1]}" if band else f"{_OLDEST_NAMED}+"


def _may_contact(cell: _Cell) -> bool:
    """Silence allows contact; any refusal forbids it."""
    allowed = _yes_or_no(cell(_F.MAY_CONTACT), silence=True)
    refused = _yes_or_no(cell(_F.DO_NOT_CONTACT), silence=False)
    return allowed and not refused


def _yes_or_no(text: str, *, silence: bool) -> bool:
    word = yes_no.word_of(text)
    if not word:
        return silence
    if word not in _YES | _NO:
        raise Invalid(f"“{text[:40]}” does not say yes or no to being contacted.")
    return word in _YES


_READERS: Mapping[CustomerField, Callable[[str], str | None]] = {
    _F.EMAIL: read_email,
    _F.SEGMENT: read_told,
    _F.PLATFORM: read_platform,
    _F.REGION: read_region,
    _F.AGE_BAND: read_age_band,
}
