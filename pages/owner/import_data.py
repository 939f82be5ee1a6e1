"""Take over a studio's customers and their history: choose a file, check what it says, confirm."""

from typing import NamedTuple

import streamlit as st

from casework.customers import Customer, Interaction
from casework.errors import Invalid
from casework.imports import Columns, DateOrder, ImportKind, Read, fields_of, guess_columns
from casework.tabular import read_sheet
from db import customers
from db.clock import now
from db.engine import reading, transaction
from pages import who
from pages.parts.import_preview import (
    choose_columns,
    choose_order,
    download_set_aside,
    show_example,
    show_rows,
    show_set_aside,
    show_totals,
)

SPREADSHEETS = ["csv", "tsv", "txt", "xlsx"]
LIMIT_MB = 100


class Upload(NamedTuple):
    """A chosen file; `file_id` stands for its content."""

    kind: ImportKind
    name: str
    file_id: str
    content: bytes


class Opened(NamedTuple):
    """What a file's header says."""

    header: tuple[str, ...]
    guess: Columns


# Kept per visit, newest only: a rerun for another column reads anew, any other takes this.
@st.cache_resource(scope="session", max_entries=1, show_spinner="Opening the file…")
def opened(kind: ImportKind, file_id: str, _content: bytes) -> Opened:  # noqa: ARG001 - the key
    header = read_sheet(_content).header
    return Opened(header, guess_columns(header, fields_of(kind)))


@st.cache_resource(scope="session", max_entries=1, show_spinner="Reading the rows…")
def preview(
    kind: ImportKind,
    file_id: str,  # noqa: ARG001 - stands for the content in the key
    chosen: tuple[tuple[str, str], ...],  # noqa: ARG001 - stands for the columns in the key
    order: DateOrder,
    known: int,  # noqa: ARG001 - customers imported meanwhile make other rows acceptable
    _columns: Columns,
    _content: bytes,
) -> Read[Customer] | Read[Interaction]:
    with reading() as session:
        return customers.read_file(
            session, actor, kind, _content, now=now(), columns=_columns, order=order
        )


def choose_kind() -> ImportKind:
    following = st.session_state.pop("next_kind", None)
    if following or "import_kind" not in st.session_state:
        st.session_state["import_kind"] = following or ImportKind.CUSTOMERS
    kind = st.segmented_control(
        "What does the file hold?",
        list(ImportKind),
        format_func=lambda one: one.label,
        required=True,
        key="import_kind",
    )
    return kind or ImportKind.CUSTOMERS


def confirm(upload: Upload, columns: Columns, order: DateOrder, count: int) -> None:
    """The button that stores; afterwards the page is ready for the next file."""
    with who.shown_errors():
        if not count:
            raise Invalid("No row of this file can be imported. Check the columns and the reasons.")
        label = f"Import {count:,} {'row' if count == 1 else 'rows'}"
        if not st.button(label, type="primary", icon=":material/download_done:"):
            return
        with st.spinner("Importing…"), transaction() as session:
            report = customers.import_file(
                session,
                actor,
                upload.kind,
                upload.name,
                upload.content,
                now=now(),
                columns=columns,
                order=order,
            )
        aside = report.read.set_aside_csv if report.set_aside else b""
        st.session_state["imported"] = (upload.kind.value, report.sentence, aside)
        st.session_state["next_kind"] = ImportKind.INTERACTIONS
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        st.rerun()


def show_result() -> None:
    """What the last import did, and where to go from there."""
    if "imported" not in st.session_state:
        return
    kind, sentence, aside = st.session_state["imported"]
    following = "\n\nNext: what they bought and when they played." * (kind == ImportKind.CUSTOMERS)
    st.success(
        sentence + following,
        title=f"{ImportKind(kind).label} imported",
        icon=":material/check_circle:",
    )
    with st.container(horizontal=True):
        if aside:
            download_set_aside(aside, "result")
        if st.button("See the customers", icon=":material/groups:"):
            del st.session_state["imported"]
            st.switch_page("owner/customers.py")
        if st.button("Close this message", type="tertiary"):
            del st.session_state["imported"]
            st.rerun()


def check_and_confirm(upload: Upload) -> None:
    """Columns, preview, confirmation: shown for a file that could be opened."""
    kind, _, file_id, content = upload
    found = opened(kind, file_id, content)
    st.header("Columns", anchor=False)
    st.caption("Guessed from the first line. Change what is wrong; the preview follows.")
    columns = choose_columns(found.header, found.guess, fields_of(kind), f"{kind}-{file_id}")
    asked_here = st.container()
    order = DateOrder(st.session_state.get(f"order-{file_id}", DateOrder.AUTO))
    with reading() as session:
        known = customers.count(session)
    chosen = tuple((field.value, column) for field, column in columns.items())
    read = preview(kind, file_id, chosen, order, known, columns, content)
    if read.order_matters:
        with asked_here:
            choose_order(f"order-{file_id}")
    st.header("Preview", anchor=False)
    show_totals(read)
    show_rows(read)
    show_set_aside(read)
    confirm(upload, columns, order, len(read.accepted))


actor = who.actor()
st.title("Import data", anchor=False)
st.markdown(
    "Bring your customers first, then what they bought and when they played. Nothing is stored "
    "before you confirm, and importing a file again adds nothing twice."
)
show_result()
kind = choose_kind()
file = st.file_uploader(
    "CSV or Excel file, up to 100 MB",
    type=SPREADSHEETS,
    max_upload_size=LIMIT_MB,
    key=f"upload-{kind}-{st.session_state.get('uploads', 0)}",
)
if file is None:
    show_example(kind)
else:
    with who.shown_errors():
        check_and_confirm(Upload(kind, file.name, file.file_id, file.getvalue()))
