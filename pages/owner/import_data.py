"""Take over a studio's customers and their history: choose a file, check what it says, confirm."""

from typing import NamedTuple

import streamlit as st

from casework.errors import Invalid
from casework.imports import Columns, DateOrder, ImportKind, fields_of, guess_columns
from casework.tabular import read_sheet
from casework.text import escape_markdown
from db import customers, feedback_imports, studies
from db.clock import now
from db.engine import reading, transaction
from db.feedback_imports import FeedbackReport
from pages import who
from pages.parts.import_preview import (
    AnyRead,
    choose_columns,
    choose_order,
    download_set_aside,
    show_example,
    show_rows,
    show_set_aside,
    show_totals,
)
from pages.study_choice import chosen_study, go

SPREADSHEETS = ["csv", "tsv", "txt", "xlsx"]
LIMIT_MB = 100


class Upload(NamedTuple):
    """A chosen file; `file_id` stands for its content, `study` is whose feedback it is."""

    kind: ImportKind
    study: str
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
    study: str,
    file_id: str,  # noqa: ARG001 - stands for the content in the key
    *,
    chosen: tuple[tuple[str, str], ...],  # noqa: ARG001 - stands for the columns in the key
    order: DateOrder,
    known: int,  # noqa: ARG001 - what is known of people makes other rows acceptable
    _upload: Upload,
    _columns: Columns,
) -> AnyRead:
    at = now()
    with reading() as session:
        if kind is not ImportKind.FEEDBACK:
            return customers.read_file(
                session, actor, kind, _upload.content, now=at, columns=_columns, order=order
            )
        return feedback_imports.read_file(
            session,
            actor,
            studies.by_slug(session, study),
            _upload.name,
            _upload.content,
            now=at,
            columns=_columns,
            order=order,
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
        with st.spinner("Importing…"):
            report = store(upload, columns, order)
        aside = report.read.set_aside_csv if report.set_aside else b""
        st.session_state["imported"] = (upload.kind.value, report.sentence, aside)
        if upload.kind is ImportKind.CUSTOMERS:
            st.session_state["next_kind"] = ImportKind.INTERACTIONS
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        st.rerun()


def store(
    upload: Upload, columns: Columns, order: DateOrder
) -> customers.ImportReport | FeedbackReport:
    at = now()
    with transaction() as session:
        if upload.kind is not ImportKind.FEEDBACK:
            return customers.import_file(
                session,
                actor,
                upload.kind,
                upload.name,
                upload.content,
                now=at,
                columns=columns,
                order=order,
            )
        return feedback_imports.import_file(
            session,
            actor,
            studies.by_slug(session, upload.study),
            upload.name,
            upload.content,
            now=at,
            columns=columns,
            order=order,
        )


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
        see_what_came(kind)
        if st.button("Close this message", type="tertiary"):
            del st.session_state["imported"]
            st.rerun()


def see_what_came(kind: str) -> None:
    """The way to where the imported rows are shown."""
    if kind == ImportKind.FEEDBACK:
        if st.button("Read the feedback", icon=":material/reviews:"):
            del st.session_state["imported"]
            go("read_feedback", st.session_state["study"])
    elif st.button("See the customers", icon=":material/groups:"):
        del st.session_state["imported"]
        st.switch_page("owner/customers.py")


def choose_study(kind: ImportKind) -> str:
    """The short name of the study that feedback is about; "" where no study is meant."""
    if kind is not ImportKind.FEEDBACK:
        return ""
    with reading() as session:
        study = chosen_study(session, actor)
    st.caption(
        f"For the study **{escape_markdown(study.title)}**; choose another one in the sidebar."
    )
    return study.slug


def how_much_is_known(kind: ImportKind) -> int:
    """A number that changes when a preview may have: new customers, or a new minute of a beta."""
    if kind is ImportKind.FEEDBACK:
        return int(now().timestamp() // 60)
    with reading() as session:
        return customers.count(session)


def check_and_confirm(upload: Upload) -> None:
    """Columns, preview, confirmation: shown for a file that could be opened."""
    kind, study, _, file_id, content = upload
    found = opened(kind, file_id, content)
    st.header("Columns", anchor=False)
    st.caption("Guessed from the first line. Change what is wrong; the preview follows.")
    columns = choose_columns(found.header, found.guess, fields_of(kind), f"{kind}-{file_id}")
    asked_here = st.container()
    order = DateOrder(st.session_state.get(f"order-{file_id}", DateOrder.AUTO))
    chosen = tuple((field.value, column) for field, column in columns.items())
    read = preview(
        kind,
        study,
        file_id,
        chosen=chosen,
        order=order,
        known=how_much_is_known(kind),
        _upload=upload,
        _columns=columns,
    )
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
    "Bring your customers first, then what they bought and when they played; feedback whenever it "
    "comes. Nothing is stored before you confirm, and importing a file again adds nothing twice."
)
show_result()
kind = choose_kind()
study = choose_study(kind)
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
        check_and_confirm(Upload(kind, study, file.name, file.file_id, file.getvalue()))
