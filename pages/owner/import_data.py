"""Take over a studio's customers and their history: choose a file, check what it says, confirm."""

from typing import NamedTuple

import streamlit as st

from casework.errors import Invalid
from casework.imports import (
    Columns,
    DateOrder,
    FeedbackFormat,
    ImportKind,
    fields_of,
    guess_columns,
    open_feedback,
)
from casework.tabular import read_sheet
from casework.text import escape_markdown
from db import customers, feedback_imports, studies
from db.clock import now
from db.engine import reading, transaction
from db.feedback_imports import FeedbackReport
from pages import who
from pages.parts.import_format import choose_file, choose_format
from pages.parts.import_preview import (
    AnyRead,
    choose_columns,
    choose_order,
    show_example,
    show_fixed,
    show_rows,
    show_set_aside,
    show_totals,
)
from pages.parts.import_result import show_result
from pages.study_choice import chosen_study


class Upload(NamedTuple):
    """A chosen file; `file_id` stands for its content, `study` is whose feedback it is.

    `wanted` is the format that a person chose, for feedback only.
    """

    kind: ImportKind
    study: str
    name: str
    file_id: str
    content: bytes
    wanted: FeedbackFormat = FeedbackFormat.AUTO


class Opened(NamedTuple):
    """What a file's header says; `fixed` columns are known by the format, others are guessed."""

    header: tuple[str, ...]
    guess: Columns
    fixed: bool = False
    said: str = ""


# Kept per visit, newest only: a rerun for another column reads anew, any other takes this.
@st.cache_resource(scope="session", max_entries=1, show_spinner="Opening the file…")
def opened(
    kind: ImportKind,
    file_id: str,  # noqa: ARG001 - stands for the content in the key
    wanted: FeedbackFormat,
    _content: bytes,
) -> Opened:
    if kind is not ImportKind.FEEDBACK:
        header = read_sheet(_content).header
        return Opened(header, guess_columns(header, fields_of(kind)))
    export = open_feedback(_content, wanted)
    header = export.sheet.header
    guess = guess_columns(header, fields_of(kind))
    fixed = export.columns is not None
    return Opened(header, guess if export.columns is None else export.columns, fixed, export.said)


@st.cache_resource(scope="session", max_entries=1, show_spinner="Reading the rows…")
def preview(
    kind: ImportKind,
    study: str,
    file_id: str,  # noqa: ARG001 - stands for the content in the key
    *,
    chosen: tuple[tuple[str, str], ...],  # noqa: ARG001 - stands for the columns in the key
    order: DateOrder,
    wanted: FeedbackFormat,
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
            wanted=wanted,
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
            wanted=upload.wanted,
        )


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


def columns_of(found: Opened, upload: Upload) -> Columns:
    """The columns as the format fixes them, or as guessed and confirmed."""
    if found.fixed:
        show_fixed(found.guess)
        return found.guess
    st.header("Columns", anchor=False)
    st.caption("Guessed from the first line. Change what is wrong; the preview follows.")
    key = f"{upload.kind}-{upload.file_id}-{upload.wanted}"
    return choose_columns(found.header, found.guess, fields_of(upload.kind), key)


def check_and_confirm(upload: Upload) -> None:
    """Columns, preview, confirmation: shown for a file that could be opened."""
    kind, study, file_id, wanted = upload.kind, upload.study, upload.file_id, upload.wanted
    found = opened(kind, file_id, wanted, upload.content)
    if found.said:
        st.info(found.said, icon=":material/find_in_page:")
    columns = columns_of(found, upload)
    asked_here = st.container()
    order = DateOrder(st.session_state.get(f"order-{file_id}", DateOrder.AUTO))
    chosen = tuple((field.value, column) for field, column in columns.items())
    read = preview(
        kind,
        study,
        file_id,
        chosen=chosen,
        order=order,
        wanted=wanted,
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
file = choose_file(kind)
if file is None:
    show_example(kind)
else:
    wanted = choose_format(kind, file.file_id)
    with who.shown_errors():
        check_and_confirm(Upload(kind, study, file.name, file.file_id, file.getvalue(), wanted))
