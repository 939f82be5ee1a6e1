"""A chart with its figures as a table and both as files."""

import json

import streamlit as st

from casework.charts import Drawn


def show_drawn(drawn: Drawn, *, heading: bool = True) -> None:
    """The chart, its table folded away below, and the ways to take either along."""
    if heading:
        st.subheader(drawn.title, anchor=False)
    if not drawn.rows:
        st.caption("Nothing to draw yet.")
        return
    if drawn.note:
        st.caption(drawn.note)
    st.vega_lite_chart(spec=json.loads(drawn.spec), width="stretch", alt=drawn.alt)
    with st.expander("As a table, or as a file", icon=":material/table_rows:"):
        st.dataframe(drawn.frame(), hide_index=True, alt=drawn.alt)
        _show_files(drawn)


def _show_files(drawn: Drawn) -> None:
    with st.container(horizontal=True):
        for label, mime, made in (
            ("CSV", "text/csv", drawn.csv),
            ("SVG", "image/svg+xml", drawn.svg),
            ("PNG", "image/png", drawn.png),
        ):
            st.download_button(
                label,
                data=made,
                file_name=f"{drawn.name}.{label.lower()}",
                mime=mime,
                key=f"{drawn.name}-{label}",
                icon=":material/download:",
                on_click="ignore",
            )
