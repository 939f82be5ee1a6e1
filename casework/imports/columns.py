"""Which column means what: guessed from its name, decided by the person who imports."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from casework.errors import Invalid


class ImportKind(StrEnum):
    """What a file holds."""

    CUSTOMERS = "customers"
    INTERACTIONS = "interactions"

    @property
    def label(self) -> str:
        """As shown to people."""
        return "Customers" if self is ImportKind.CUSTOMERS else "Purchases and sessions"


class CustomerField(StrEnum):
    """What we can take from a file of customers; only `ref` is required."""

    REF = "ref"
    NAME = "name"
    EMAIL = "email"
    SEGMENT = "segment"
    PLATFORM = "platform"
    REGION = "region"
    AGE_BAND = "age_band"
    MAY_CONTACT = "may_contact"
    DO_NOT_CONTACT = "do_not_contact"


class InteractionField(StrEnum):
    """What we can take from a file of purchases and sessions: customer and time are required.

    The values differ from a customer's, since equal texts would be equal keys.
    """

    CUSTOMER_REF = "customer_ref"
    AT = "at"
    AMOUNT = "amount"
    CENTS = "cents"
    KIND = "kind"
    PRODUCT = "product"
    REF = "interaction_ref"


Field = CustomerField | InteractionField
Columns = Mapping[Field, str]
"""The name of the column chosen for each field that has one."""

LABELS: Mapping[Field, str] = {
    CustomerField.REF: "Customer id",
    CustomerField.NAME: "Name",
    CustomerField.EMAIL: "E-mail",
    CustomerField.SEGMENT: "Segment",
    CustomerField.PLATFORM: "Platform",
    CustomerField.REGION: "Region",
    CustomerField.AGE_BAND: "Age or age band",
    CustomerField.MAY_CONTACT: "May be contacted (yes or no)",
    CustomerField.DO_NOT_CONTACT: "Must not be contacted (yes or no)",
    InteractionField.CUSTOMER_REF: "Customer id",
    InteractionField.AT: "Date or time",
    InteractionField.AMOUNT: "Amount, in units of the currency",
    InteractionField.CENTS: "Amount, in cents",
    InteractionField.KIND: "Kind (purchase or session)",
    InteractionField.PRODUCT: "Product",
    InteractionField.REF: "Id of the purchase or session",
}
REQUIRED: frozenset[Field] = frozenset(
    {CustomerField.REF, InteractionField.CUSTOMER_REF, InteractionField.AT}
)

_WHO = (
    "customerid customerref customerno customernumber customer playerid player userid "
    "accountid memberid clientid custid uid ref reference"
)
_SYNONYMS: Mapping[Field, str] = {
    CustomerField.REF: f"{_WHO} user id number",
    CustomerField.EMAIL: "email emailaddress mail contactemail customeremail",
    CustomerField.NAME: (
        "name fullname customername playername displayname gamertag nickname username "
        "firstname contact"
    ),
    CustomerField.SEGMENT: "segment tier cluster customersegment persona group category class",
    CustomerField.PLATFORM: "platform os device operatingsystem system store deviceos console",
    CustomerField.REGION: "region country market territory area location countrycode locale",
    CustomerField.AGE_BAND: "ageband agegroup agerange age agebracket",
    CustomerField.MAY_CONTACT: (
        "may_contact contact_allowed opt_in opted_in marketing marketingconsent consent "
        "newsletter contactable subscribed"
    ),
    CustomerField.DO_NOT_CONTACT: "donotcontact optout optedout unsubscribed nocontact",
    InteractionField.CUSTOMER_REF: f"{_WHO} user cust id",
    InteractionField.AT: (
        "at date timestamp datetime time purchasedat purchasedate orderdate createdat occurredat "
        "startedat playedat eventtime transactiondate paidat day when ts invoicedate"
    ),
    InteractionField.CENTS: "spendcents amountcents cents pricecents revenuecents totalcents",
    InteractionField.AMOUNT: (
        "amount price revenue total value spend sales dollarvalue ordertotal amountusd amounteur "
        "pricepaid netamount paid gross net cost usd eur"
    ),
    InteractionField.KIND: "kind type event eventtype interaction action activity",
    InteractionField.PRODUCT: "product item sku title productname game itemname description",
    InteractionField.REF: (
        "interactionid orderid transactionid purchaseid sessionid eventid invoiceno invoice "
        "orderno receipt id ref reference"
    ),
}
_LONG_ENOUGH = 5
"""Shorter synonyms must be a word of the name: as a mere part, `os` would be found in `cost`."""


def fields_of(kind: ImportKind) -> tuple[Field, ...]:
    """What we can take from a file of this kind."""
    return tuple(CustomerField if kind is ImportKind.CUSTOMERS else InteractionField)


def guess_columns(header: Sequence[str], fields: Sequence[Field]) -> Columns:
    """The column that most likely holds each field; fields without a likely column are left out.

    Whole names decide before parts of names, and no column is guessed twice.
    """
    free = list(header)
    found: dict[Field, str] = {}
    # The table's order, not the fields': what names somebody is settled before a bare "id".
    ordered = [field for field in _SYNONYMS if field in fields]
    for whole in (True, False):
        for field in ordered:
            if field not in found and (name := _match(field, free, whole=whole)):
                found[field] = name
                free.remove(name)
    return {field: found[field] for field in fields if field in found}


def require_columns(header: Sequence[str], columns: Columns, fields: Sequence[Field]) -> None:
    """Refuse a choice of columns that leaves out what is required or is not in the file.

    Raises:
        Invalid: naming the missing field and the columns there are.
    """
    there = ", ".join(f"“{name}”" for name in header[:12])
    for field in fields:
        if field in REQUIRED and field not in columns:
            raise Invalid(
                f"No column was found for “{LABELS[field]}”. The file has {there}: "
                "choose one, or rename it."
            )
    for name in columns.values():
        if name not in header:
            raise Invalid(f"The file has no column “{name}”. It has {there}.")


def _match(field: Field, free: Sequence[str], *, whole: bool) -> str | None:
    fits = _is_called if whole else _speaks_of
    synonyms = _SYNONYMS[field].replace("_", "").split()
    return next((name for synonym in synonyms for name in free if fits(name, synonym)), None)


def _is_called(name: str, synonym: str) -> bool:
    return "".join(_words(name)) == synonym


def _speaks_of(name: str, synonym: str) -> bool:
    words = _words(name)
    return synonym in words or (len(synonym) >= _LONG_ENOUGH and synonym in "".join(words))


def _words(name: str) -> list[str]:
    """The words of a column's name, also of one written likeThis."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W_]+", parted.casefold())
