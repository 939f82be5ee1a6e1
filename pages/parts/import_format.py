"""The file to import, and where a file of feedback comes from: recognised, and changeable."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from casework.imports import FeedbackFormat, ImportKind

SPREADSHEETS = ["csv", "tsv", "txt", "xlsx", "jsonl"]
EXPORTS = [*SPREADSHEETS, "json", "vtt", "srt"]
LIMIT_MB = 100


def choose_file(kind: ImportKind) -> UploadedFile | None:
    """The file, once there is one; after an import the place for it is empty again."""
    of_feedback = kind is ImportKind.FEEDBACK
    what = "A store’s export, a table or a transcript" if of_feedback else "CSV or Excel file"
    return st.file_uploader(
        f"{what}, up to {LIMIT_MB} MB",
        type=EXPORTS if of_feedback else SPREADSHEETS,
        max_upload_size=LIMIT_MB,
        key=f"upload-{kind}-{st.session_state.get('uploads', 0)}",
    )


def choose_format(kind: ImportKind, file_id: str) -> FeedbackFormat:
    """The format a person says; until then, what the file itself shows."""
    if kind is not ImportKind.FEEDBACK:
        return FeedbackFormat.AUTO
    chosen = st.pills(
        "Where does it come from?",
        list(FeedbackFormat),
        default=FeedbackFormat.AUTO,
        format_func=lambda one: one.label,
        key=f"format-{file_id}",
    )
    return chosen or FeedbackFormat.AUTO
