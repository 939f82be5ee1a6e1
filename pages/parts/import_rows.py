"""Rows of a file as they will be stored, for the first look before an import."""

from casework.customers import Customer, Interaction
from casework.languages import name_of
from casework.outside import FeedbackEntry
from casework.panel import PanelEntry

Entry = Customer | Interaction | FeedbackEntry | PanelEntry


def shown(record: Entry) -> dict[str, str]:
    """What a row will be stored as, by column; customer text stays text."""
    if isinstance(record, PanelEntry):
        return _panel(record)
    if isinstance(record, Customer):
        return _customer(record)
    return _interaction(record) if isinstance(record, Interaction) else _feedback(record)


def _customer(record: Customer) -> dict[str, str]:
    return {
        "Id": record.ref,
        "Name": record.name,
        "E-mail": record.email or "",
        "Segment": record.segment,
        "Platform": record.platform,
        "Region": record.region,
        "Age band": record.age_band,
        "May be contacted": _yes_or_no(record.may_contact),
    }


def _interaction(record: Interaction) -> dict[str, str]:
    return {
        "Customer": record.customer_ref,
        "When (UTC)": f"{record.at:%Y-%m-%d %H:%M}",
        "Kind": record.kind.value,
        "Amount": f"{record.spend_cents / 100:,.2f}",
        "Product": record.product,
    }


def _feedback(record: FeedbackEntry) -> dict[str, str]:
    answer = record.answer
    return {
        "Taken as": "tester’s answer" if record.is_answer else _voice(record),
        "Speaker": record.speaker,
        "Time": record.spoken_at,
        "Text": record.review or answer.change_first,
        "Language": name_of(record.language) if record.language else "",
        "Satisfied": _mark(answer.csat),
        "Thumb": _yes_or_no(record.recommended).replace("yes", "up").replace("no", "down"),
        "Recommends": _mark(answer.recommend),
        "Crashed": _yes_or_no(answer.crashed),
        "Offended": _yes_or_no(answer.offended),
        "What offended": answer.offended_by,
        "Written": f"{record.written_at:%Y-%m-%d}" if record.written_at else "",
        "Build": record.build,
        "Device": record.device,
        "Minutes played": _mark(record.playtime_minutes),
    }


def _voice(record: FeedbackEntry) -> str:
    return "outside voice, not read" if record.kept_aside else "outside voice"


def _mark(value: int | None) -> str:
    return "" if value is None else str(value)


def _yes_or_no(value: bool | None) -> str:  # noqa: FBT001 - a cell's value, not a switch
    return "" if value is None else ("yes" if value else "no")


def _panel(record: PanelEntry) -> dict[str, str]:
    agreed = f"{record.consented_at:%Y-%m-%d}" if record.consented_at else ""
    return {
        "E-mail": record.email,
        "Name": record.name or "",
        "Agreed on": agreed or ("no" if record.may_contact is False else "not on record"),
        "Where": record.consent_source,
        "Interests": ", ".join(record.interests),
        "Note": record.note,
        "Customer": record.customer_ref or "",
        "Segment": record.segment or "",
        "Platform": record.platform or "",
        "Region": record.region or "",
        "Age band": record.age_band or "",
    }
