"""The blocks of a launch summary on screen; every word that people typed shows as text."""

import json

import streamlit as st

from casework.criteria.words import unbroken
from casework.report import Block, Chart, Figures, Paragraph, Quotation, Section, Table
from casework.text import escape_markdown

NO_ROWS = "Nothing yet."


def show_section(section: Section) -> None:
    for block in section.blocks:
        show_block(block)


def show_block(block: Block) -> None:
    match block:
        case Paragraph() | Figures():
            st.markdown(one_line(block.text))
        case Quotation():
            st.markdown(f"> “{one_line(block.text)}”  \n> — *{one_line(block.source)}*")
        case Chart():
            st.vega_lite_chart(spec=json.loads(block.spec), width="stretch", alt=block.alt)
            with st.expander("As a table", icon=":material/table_rows:"):
                show_table(block.table)
        case Table():
            show_table(block)


def show_table(table: Table) -> None:
    st.caption(one_line(table.caption))
    if not table.rows:
        st.text(NO_ROWS)
        return
    columns = [one_line(name) for name in table.header]
    rows = [[one_line(cell) for cell in row] for row in table.rows]
    st.table([dict(zip(columns, row, strict=True)) for row in rows], hide_index=True)


def one_line(text: str) -> str:
    return escape_markdown(unbroken(" ".join(text.split())))
