"""One answer by its number: the way to it from elsewhere, and from it to the verdict."""

import streamlit as st

from pages.study_choice import KEY

ANSWER = "answer"
"""The parameter of an address that names one answer."""


def to_answer(number: int) -> None:
    """A button that leads to the answer under Read feedback."""
    _leading("Open the answer", "owner/read_feedback.py", {ANSWER: str(number)}, "open_in_new")


def to_verdict(number: int, build: str) -> None:
    """A button that leads to the verdict on the answer's build, where its figures name it."""
    where = {ANSWER: str(number), "build": build}
    _leading("See it in the verdict", "owner/read_verdict.py", where, "gavel")


def _leading(label: str, page: str, where: dict[str, str], icon: str) -> None:
    study = str(st.query_params.get(KEY, ""))
    known = {KEY: study} | where
    st.page_link(page, label=label, icon=f":material/{icon}:", query_params=known, width="content")


def asked_for() -> int | None:
    """The answer that the address names."""
    asked = str(st.query_params.get(ANSWER, ""))
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


def forget() -> None:
    """Leave the one answer."""
    st.query_params.pop(ANSWER, None)
