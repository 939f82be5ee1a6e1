"""Which column means what: guessed from its name, decided by the person who imports."""

import re
from collections.abc import Mapping, Sequence

from casework.errors import Invalid
from casework.imports.fields import (
    CONTENT,
    LABELS,
    REQUIRED,
    CustomerField,
    FeedbackField,
    Field,
    InteractionField,
    PanelField,
)

Columns = Mapping[Field, str]
"""The name of the column chosen for each field that has one."""

_NAMED = (
    "customerid customerref customerno customernumber customer playerid player userid "
    "accountid memberid clientid custid uid"
)
_WHO = f"{_NAMED} ref reference"
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
    FeedbackField.AUTHOR_EMAIL: "author_email email email_address mail user_email tester_email",
    FeedbackField.AUTHOR: f"{_NAMED} tester_id tester author user username reviewer_nickname",
    FeedbackField.OFFENDED_BY: (
        "offended_by what_offended what_was_it offence offense offended_what what_upset"
    ),
    FeedbackField.OFFENDED: "offended offensive upset was_offended felt_offended",
    FeedbackField.RECOMMENDED: "voted_up recommended is_recommended thumbs_up",
    FeedbackField.RECOMMEND: (
        "recommend nps nps_score would_recommend recommendation likelihood_to_recommend"
    ),
    FeedbackField.KEEP_PLAYING: "keep_playing would_keep_playing play_again would_play_again",
    FeedbackField.CRASHED: "crashed crash crashes did_it_crash had_crash",
    FeedbackField.EFFORT: "effort ces effort_score difficulty how_hard",
    FeedbackField.CSAT: (
        "csat stars star_rating rating satisfaction satisfied csat_score rate score"
    ),
    FeedbackField.REF: "feedback_id review_id answer_id response_id comment_id ticket_id id ref",
    FeedbackField.WRITTEN_AT: (
        "written_at date timestamp datetime created_at submitted_at review_date posted_at time "
        "created_date review_submit_date_and_time answered_at at day when ts"
    ),
    FeedbackField.BUILD: "build version app_version app_version_name game_version build_version",
    FeedbackField.TEXT: (
        "text review_text comment review feedback message body comments verbatim content "
        "change_first what_should_we_change_first answer opinion note"
    ),
    FeedbackField.TITLE: "title review_title subject headline",
    FeedbackField.LANGUAGE: "language lang reviewer_language locale",
    FeedbackField.DEVICE: "device device_model device_name phone",
    FeedbackField.PLAYTIME: "playtime_minutes minutes_played author.playtime_forever playtime",
    PanelField.EMAIL: "email emailaddress mail contactemail customeremail",
    PanelField.CONSENT_AT: (
        "consent_at consent_date consented_at consented_on agreed_on opt_in_date optin_at "
        "date_of_consent consent_time date"
    ),
    PanelField.CONSENT_SOURCE: (
        "consent_source opt_in_source source_of_consent where_agreed source origin"
    ),
    PanelField.CONSENT: (
        "consent may_contact contact_allowed consent_to_contact opt_in opted_in contactable "
        "agreed subscribed newsletter"
    ),
    PanelField.REF: _NAMED,
    PanelField.NAME: "name fullname customername playername displayname nickname firstname",
    PanelField.INTERESTS: "interests interest tags topics likes genres",
    PanelField.NOTE: "note notes comment comments remark remarks",
    PanelField.SEGMENT: "segment tier cluster customersegment persona group",
    PanelField.PLATFORM: "platform os device operatingsystem system console",
    PanelField.REGION: "region country market territory area location countrycode",
    PanelField.AGE_BAND: "ageband agegroup agerange age agebracket",
}
_LONG_ENOUGH = 5
"""Shorter synonyms must be a word of the name: as a mere part, `os` would be found in `cost`."""


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
    if CONTENT & set(fields) and not CONTENT & set(columns):
        raise Invalid(
            f"No column was found for what people say, such as “Text” or “Stars”. The file has "
            f"{there}: choose one, or rename it."
        )
    for name in columns.values():
        if name not in header:
            raise Invalid(f"The file has no column “{name}”. It has {there}.")


def _match(field: Field, free: Sequence[str], *, whole: bool) -> str | None:
    fits = _is_called if whole else _speaks_of
    synonyms = _SYNONYMS[field].replace("_", "").replace(".", "").split()
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
