"""What a file to import looks like, to be downloaded and filled in."""

from casework.imports.fields import ImportKind
from casework.tabular import write_csv

_HEADERS = {
    ImportKind.CUSTOMERS: (
        "customer_id",
        "name",
        "email",
        "segment",
        "platform",
        "region",
        "age",
        "may_contact",
    ),
    ImportKind.INTERACTIONS: ("customer_id", "date", "kind", "amount", "product"),
    ImportKind.FEEDBACK: (
        "customer_id",
        "text",
        "stars",
        "recommend",
        "crashed",
        "offended",
        "offended_by",
        "date",
        "build",
    ),
    ImportKind.PANEL: (
        "email",
        "name",
        "consent",
        "consent_date",
        "consent_source",
        "interests",
        "region",
        "platform",
        "notes",
    ),
}
_ROWS = {
    ImportKind.CUSTOMERS: (
        ("P-1001", "Ada Park", "ada.park@example.com", "regular", "iOS", "Europe", "34", "yes"),
        ("P-1002", "Ben Ortiz", "ben.ortiz@example.com", "new", "Android", "Americas", "27", "yes"),
        ("P-1003", "Chloe Weiss", "", "regular", "Android", "Europe", "", "no"),
    ),
    ImportKind.INTERACTIONS: (
        ("P-1001", "2026-05-02 18:40", "purchase", "4.99", "Bag of gems"),
        ("P-1001", "2026-05-09 20:15", "session", "", ""),
        ("P-1002", "2026-06-11 07:30", "purchase", "12.00", "Winter hat"),
    ),
    ImportKind.FEEDBACK: (
        ("P-1001", "More villages, please.", "4", "9", "no", "no", "", "2026-06-20", "0.9.0"),
        ("P-1002", "", "2", "3", "yes", "yes", "Santa is caught.", "2026-06-21", "0.9.0"),
        ("", "Lovely snow, too many ads.", "3", "", "", "", "", "2026-06-22", ""),
    ),
    ImportKind.PANEL: (
        (
            "ada.park@example.com",
            "Ada Park",
            "yes",
            "2026-05-02",
            "booth at the games fair",
            "puzzles, co-op",
            "Europe",
            "iOS",
            "Played all levels twice.",
        ),
        ("dan.lee@example.com", "Dan Lee", "yes", "2026-06-20", "newsletter", "story", "", "", ""),
        ("eva.roth@example.com", "Eva Roth", "no", "", "", "", "Europe", "Android", ""),
    ),
}


def header_of(kind: ImportKind) -> tuple[str, ...]:
    """The columns of the example."""
    return _HEADERS[kind]


def rows_of(kind: ImportKind) -> tuple[tuple[str, ...], ...]:
    """The rows of the example."""
    return _ROWS[kind]


def example_csv(kind: ImportKind) -> bytes:
    """The example as a file that imports without a row set aside."""
    return write_csv(_HEADERS[kind], _ROWS[kind])
