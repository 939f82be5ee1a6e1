"""The parts of an import's preview: columns, figures, first rows, rows set aside."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from casework.customers import Customer, Interaction
from casework.imports import (
    CONTENT,
    LABELS,
    REQUIRED,
    Columns,
    DateOrder,
    Field,
    ImportKind,
    Read,
    Rejected,
)
from casework.imports.examples import example_csv, header_of, rows_of
from casework.outside import FeedbackEntry
from casework.panel import PanelEntry
from casework.text import escape_markdown
from pages.parts.import_rows import Entry, shown

AnyRead = Read[Customer] | Read[Interaction] | Read[FeedbackEntry] | Read[PanelEntry]

ABSENT = "Not in the file"
FIRST_ROWS = 5
SHOWN_ASIDE = 200
EXPECTED = {
    ImportKind.CUSTOMERS: (
        "One row per customer. Only the id is required; it must stay the same in every file. "
        "Without an e-mail address nobody can be invited."
    ),
    ImportKind.INTERACTIONS: (
        "One row per purchase or session, with the customer's id and a date. Loyalty is worked "
        "out from these rows, so the longer the history, the better."
    ),
    ImportKind.FEEDBACK: (
        "- An export of Google Play, the App Store or Steam, as it is\n"
        "- The transcript of a meeting: WebVTT, SRT or lines of “Name: text”\n"
        "- Any table with a text, stars or anything ticked per row, such as this one\n\n"
        "A row of a tester, named by customer id or e-mail, becomes their answer. Everything else "
        "is an outside voice: read, never counted in a verdict."
    ),
    ImportKind.PANEL: (
        "One row per person who may be asked, known by the e-mail address. Whoever is new can be "
        "written to only if the file says on which day they agreed to it."
    ),
}


def show_example(kind: ImportKind) -> None:
    """What files are expected, before there is one."""
    with st.container(border=True):
        st.subheader("What the file should look like", anchor=False)
        st.markdown(EXPECTED[kind])
        table = pd.DataFrame(rows_of(kind), columns=header_of(kind))
        st.dataframe(table, hide_index=True, alt=f"Example of a file: {kind.label}")
        st.caption(
            "Column names may differ: they are guessed, and you can correct the guess. Commas, "
            "semicolons or tabs, any common encoding and most ways of writing dates will do."
        )
        st.download_button(
            "Download this example",
            example_csv(kind),
            file_name=f"example-{kind.value}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def choose_columns(
    header: Sequence[str], guess: Columns, fields: Sequence[Field], key: str
) -> Columns:
    """One choice per field, starting from the guess; fields without a column are left out.

    What no column was found for waits behind an expander, which is open where too little was found.
    """
    enough = bool(guess) and (not CONTENT & set(fields) or bool(CONTENT & set(guess)))
    found = [field for field in fields if field in guess or field in REQUIRED]
    absent = [field for field in fields if field not in found]
    chosen = _choices(header, guess, found, key)
    if absent:
        title = f"Not found in the file: {len(absent)}. Choose a column for any of them"
        with st.expander(title, expanded=not enough, icon=":material/view_column:"):
            chosen |= _choices(header, guess, absent, key)
    return {field: column for field in fields if (column := chosen[field]) is not None}


def _choices(
    header: Sequence[str], guess: Columns, fields: Sequence[Field], key: str
) -> dict[Field, str | None]:
    chosen: dict[Field, str | None] = {}
    with st.grid("auto", min_column_width=230, gap="small"):
        for field in fields:
            required = field in REQUIRED
            chosen[field] = st.selectbox(
                f"{LABELS[field]}{' (required)' if required else ''}",
                list(header),
                index=header.index(guess[field]) if field in guess else None,
                placeholder="Choose a column" if required else ABSENT,
                key=f"column-{key}-{field.value}",
            )
    return chosen


def show_fixed(columns: Columns) -> None:
    """The columns of a known format, for whoever wants to see them."""
    with st.expander("Columns, as the format fixes them", icon=":material/view_column:"):
        rows = [(LABELS[field], name) for field, name in columns.items()]
        st.dataframe(
            pd.DataFrame(rows, columns=["Taken as", "Column in the file"]),
            hide_index=True,
            alt="Which column of the file is taken as what",
        )


def choose_order(key: str) -> None:
    """Whether days or months come first, for a file whose dates leave it open."""
    st.segmented_control(
        "How is 03/04/2026 meant?",
        list(DateOrder),
        default=DateOrder.AUTO,
        format_func=lambda one: one.label,
        required=True,
        key=key,
    )


def show_totals(read: AnyRead) -> None:
    """How many rows are good, how many are not, and what was assumed in reading them."""
    with st.grid("auto", min_column_width=160, gap="small"):
        st.metric("Rows to import", f"{len(read.accepted):,}", border=True)
        if unread := _unread(read):
            st.metric("Of these, kept unread", f"{unread:,}", border=True)
        st.metric("Rows set aside", f"{len(read.set_aside):,}", border=True)
    if read.notes:
        st.info("\n".join(f"- {note}" for note in read.notes), title="How the file was read")


def _unread(read: AnyRead) -> int:
    """The rows that will be stored without a tone, since the scorer cannot read them."""
    return sum(isinstance(one, FeedbackEntry) and one.kept_aside for one in read.accepted)


def show_rows(read: AnyRead) -> None:
    """The first rows as they will be stored."""
    if not read.accepted:
        return
    st.subheader("First rows, as they will be stored", anchor=False)
    first: Sequence[Entry] = read.accepted[:FIRST_ROWS]
    rows = [
        {"Line": line, **shown(record)}
        for line, record in zip(read.lines[:FIRST_ROWS], first, strict=True)
    ]
    config = {"Line": st.column_config.NumberColumn(format="%d", width="small")}
    table = pd.DataFrame(rows)
    filled = [name for name in table.columns if name == "Line" or table[name].any()]
    st.dataframe(
        table[filled],
        hide_index=True,
        column_config=config,
        alt="The first rows of the file as they will be stored",
    )


def show_set_aside(read: AnyRead) -> None:
    """The rows that will not be imported, each with its reason, and all of them as a file."""
    if not read.set_aside:
        return
    st.subheader("Rows set aside", anchor=False)
    st.caption(_how_many(read.set_aside))
    table = pd.DataFrame(
        [(row.line, row.reason, *row.content[: len(read.header)]) for row in _first(read)],
        columns=["Line", "Reason", *map(_not_taken, read.header)],
    )
    config = {
        "Line": st.column_config.NumberColumn(format="%d", width="small"),
        "Reason": st.column_config.TextColumn(width="large"),
    }
    st.dataframe(
        table, hide_index=True, column_config=config, alt="Rows set aside, with line and reason"
    )
    download_set_aside(read.set_aside_csv, "preview")


def download_set_aside(content: bytes, where: str) -> None:
    """All rows set aside as a file, with line and reason."""
    st.download_button(
        "Download the rows set aside",
        content,
        file_name="set-aside.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"set-aside-{where}",
    )


def _first(read: AnyRead) -> Sequence[Rejected]:
    return read.set_aside[:SHOWN_ASIDE]


def _not_taken(name: str) -> str:
    """A column's name that does not collide with ours."""
    return f"{name} " if name in ("Line", "Reason") else name


def _how_many(set_aside: Sequence[Rejected]) -> str:
    kinds: dict[str, int] = {}
    for row in set_aside:
        kinds[row.reason] = kinds.get(row.reason, 0) + 1
    reason, times = max(kinds.items(), key=lambda kind: kind[1])
    shown = f" The first {SHOWN_ASIDE} are shown." if len(set_aside) > SHOWN_ASIDE else ""
    often = f" Most often ({times:,} times): {escape_markdown(reason)}" if times > 1 else ""
    return f"Mend these rows in the file and import it again: nothing is added twice.{often}{shown}"
