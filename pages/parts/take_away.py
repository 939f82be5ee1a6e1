"""The launch summary to take away, in every form; written when somebody presses, not before."""

from functools import partial

import streamlit as st

from casework.roles import Act, Actor, may
from db import exports
from db.clock import now
from db.engine import reading
from db.exports import Form
from db.studies import StudyRow

ICONS = {
    Form.PDF: ":material/picture_as_pdf:",
    Form.ONE_PAGE: ":material/article:",
    Form.CSV: ":material/folder_zip:",
}


def show_take_away(actor: Actor, study: StudyRow, build: str) -> None:
    """A button for each form of the summary, for those who may take it away."""
    if not may(actor, Act.EXPORT):
        return
    st.caption("The launch summary, to hand on or to count again")
    with st.container(horizontal=True):
        for form in Form:
            st.download_button(
                form.label,
                partial(write, actor, study, form, build),
                form.file_name(study.slug, build),
                form.media_type,
                type="primary" if form is Form.PDF else "secondary",
                icon=ICONS.get(form, ":material/download:"),
                on_click="ignore",
                key=f"take_away_{form.value}",
            )


def write(actor: Actor, study: StudyRow, form: Form, build: str) -> bytes:
    with reading() as session:
        return exports.written(session, actor, study, form, build, now=now())
