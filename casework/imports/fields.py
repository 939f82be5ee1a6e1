"""What we can take from a file, field by field, and what each field is called."""

from collections.abc import Mapping
from enum import StrEnum


class ImportKind(StrEnum):
    """What a file holds."""

    CUSTOMERS = "customers"
    INTERACTIONS = "interactions"
    FEEDBACK = "feedback"
    PANEL = "panel"

    @property
    def label(self) -> str:
        """As shown to people."""
        return {"interactions": "Purchases and sessions"}.get(self.value, self.value.capitalize())


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


class FeedbackField(StrEnum):
    """What we can take from a file of feedback; at least one of `CONTENT` is required."""

    AUTHOR = "author"
    AUTHOR_EMAIL = "author_email"
    TEXT = "text"
    CSAT = "csat"
    RECOMMEND = "recommend"
    CRASHED = "crashed"
    OFFENDED = "offended"
    OFFENDED_BY = "offended_by"
    EFFORT = "effort"
    KEEP_PLAYING = "keep_playing"
    WRITTEN_AT = "written_at"
    BUILD = "build"
    REF = "feedback_ref"
    TITLE = "title"
    RECOMMENDED = "recommended"
    LANGUAGE = "language"
    DEVICE = "device"
    PLAYTIME = "playtime_minutes"
    BUILD_CODE = "build_code"
    SPEAKER = "speaker"
    SPOKEN_AT = "spoken_at"


class PanelField(StrEnum):
    """What we can take from a file of people who may be asked; only the address is required."""

    EMAIL = "panel_email"
    NAME = "panel_name"
    REF = "panel_ref"
    CONSENT = "consent"
    CONSENT_AT = "consent_at"
    CONSENT_SOURCE = "consent_source"
    INTERESTS = "interests"
    NOTE = "note"
    SEGMENT = "panel_segment"
    PLATFORM = "panel_platform"
    REGION = "panel_region"
    AGE_BAND = "panel_age_band"


Field = CustomerField | InteractionField | FeedbackField | PanelField

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
    FeedbackField.AUTHOR: "Author’s customer id",
    FeedbackField.AUTHOR_EMAIL: "Author’s e-mail",
    FeedbackField.TEXT: "Text",
    FeedbackField.CSAT: "Satisfaction or stars (1 to 5)",
    FeedbackField.RECOMMEND: "Would recommend (0 to 10)",
    FeedbackField.CRASHED: "It crashed (yes or no)",
    FeedbackField.OFFENDED: "Offended (yes or no)",
    FeedbackField.OFFENDED_BY: "What offended",
    FeedbackField.EFFORT: "Effort (1 to 7)",
    FeedbackField.KEEP_PLAYING: "Would keep playing (yes or no)",
    FeedbackField.WRITTEN_AT: "Date or time",
    FeedbackField.BUILD: "Version of the build",
    FeedbackField.REF: "Id of the feedback",
    FeedbackField.TITLE: "Title of the text",
    FeedbackField.RECOMMENDED: "Recommends it (yes or no)",
    FeedbackField.LANGUAGE: "Language",
    FeedbackField.DEVICE: "Device",
    FeedbackField.PLAYTIME: "Minutes played",
    FeedbackField.BUILD_CODE: "Version code of the build",
    FeedbackField.SPEAKER: "Speaker",
    FeedbackField.SPOKEN_AT: "Time in the meeting",
    PanelField.EMAIL: "E-mail",
    PanelField.NAME: "Name",
    PanelField.REF: "Customer id, where there is one",
    PanelField.CONSENT: "Agreed to be contacted (yes or no)",
    PanelField.CONSENT_AT: "Agreed on (date)",
    PanelField.CONSENT_SOURCE: "Where they agreed",
    PanelField.INTERESTS: "Interests, parted by commas",
    PanelField.NOTE: "Note",
    PanelField.SEGMENT: "Segment",
    PanelField.PLATFORM: "Platform",
    PanelField.REGION: "Region",
    PanelField.AGE_BAND: "Age or age band",
}
REQUIRED: frozenset[Field] = frozenset(
    {CustomerField.REF, InteractionField.CUSTOMER_REF, InteractionField.AT, PanelField.EMAIL}
)
CONTENT: frozenset[Field] = frozenset(
    {
        FeedbackField.TEXT,
        FeedbackField.CSAT,
        FeedbackField.RECOMMEND,
        FeedbackField.CRASHED,
        FeedbackField.OFFENDED,
        FeedbackField.OFFENDED_BY,
        FeedbackField.EFFORT,
        FeedbackField.KEEP_PLAYING,
        FeedbackField.TITLE,
        FeedbackField.RECOMMENDED,
    }
)
"""What a piece of feedback can say; without any of it there is nothing to import."""

_BY_FORMAT = frozenset({FeedbackField.BUILD_CODE, FeedbackField.SPEAKER, FeedbackField.SPOKEN_AT})
"""Told only by formats whose columns are known, so nobody is asked for them."""

_FIELDS: Mapping[ImportKind, type[Field]] = {
    ImportKind.CUSTOMERS: CustomerField,
    ImportKind.INTERACTIONS: InteractionField,
    ImportKind.FEEDBACK: FeedbackField,
    ImportKind.PANEL: PanelField,
}


def fields_of(kind: ImportKind) -> tuple[Field, ...]:
    """What we can take from a table of this kind."""
    return tuple(field for field in _FIELDS[kind] if field not in _BY_FORMAT)
