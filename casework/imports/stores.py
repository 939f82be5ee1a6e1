"""The exports of three stores: which of their columns holds what.

Sources: Google Play Console, “Download reports: reviews”; App Store Connect API, “List all customer
reviews for an app”; Steamworks, “User reviews: get list” (appreviews).
"""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from types import MappingProxyType

from casework.errors import Invalid
from casework.imports.columns import Columns
from casework.imports.fields import FeedbackField, Field
from casework.tabular import Sheet
from casework.tabular.documents import is_json, keys_of, records_of_list, sheet_of_records

_F = FeedbackField
_LOOK_AT_RECORDS = 20

Names = Mapping[FeedbackField, Sequence[str]]
"""The columns that may hold each field, the one to be preferred first."""

PLAY: Names = MappingProxyType(
    {
        _F.REF: ("Review Link",),
        _F.TITLE: ("Review Title",),
        _F.TEXT: ("Review Text",),
        _F.CSAT: ("Star Rating",),
        _F.LANGUAGE: ("Reviewer Language",),
        _F.DEVICE: ("Device",),
        _F.BUILD: ("App Version Name",),
        _F.BUILD_CODE: ("App Version Code",),
        _F.WRITTEN_AT: (
            "Review Last Update Millis Since Epoch",
            "Review Submit Millis Since Epoch",
            "Review Last Update Date and Time",
            "Review Submit Date and Time",
        ),
    }
)
APP_STORE: Names = MappingProxyType(
    {
        _F.REF: ("id",),
        _F.TITLE: ("attributes.title",),
        _F.TEXT: ("attributes.body",),
        _F.CSAT: ("attributes.rating",),
        _F.AUTHOR: ("attributes.reviewerNickname",),
        _F.WRITTEN_AT: ("attributes.createdDate",),
    }
)
STEAM: Names = MappingProxyType(
    {
        _F.REF: ("recommendationid",),
        _F.TEXT: ("review",),
        _F.RECOMMENDED: ("voted_up",),
        _F.LANGUAGE: ("language",),
        _F.PLAYTIME: ("author.playtime_forever",),
        _F.WRITTEN_AT: ("timestamp_updated", "timestamp_created"),
    }
)
PLAY_SIGNS = ("Star Rating", "Review Text", "Reviewer Language")
APP_STORE_SIGNS = ("attributes.rating", "attributes.body")
STEAM_SIGNS = ("recommendationid", "voted_up")


def columns_of(names: Names, header: Sequence[str]) -> Columns:
    """The columns there are, for each field the preferred one."""
    found = {
        field: next((name for name in told if name in header), None)
        for field, told in names.items()
    }
    return {field: name for field, name in found.items() if name is not None}


def listed(text: str, key: str, names: Names, signs: Sequence[str]) -> tuple[Sheet, Columns] | None:
    """The reviews in a store's JSON; None when its first entries have none of the store's signs."""
    if not is_json(text):
        return None
    try:
        shown = keys_of(islice(records_of_list(text, key), _LOOK_AT_RECORDS))
    except Invalid:
        return None
    if not set(signs) & set(shown):
        return None
    columns: dict[Field, str] = {field: _preferred(told, shown) for field, told in names.items()}
    header = tuple(columns.values())
    return sheet_of_records(partial(records_of_list, text, key), header), columns


def _preferred(told: Sequence[str], shown: Sequence[str]) -> str:
    """The first column that occurs; a later entry may have what the first ones lack."""
    return next((name for name in told if name in shown), told[-1])
