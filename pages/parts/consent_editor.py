"""The text people agree to: the version in force, how versions differ, and a new one."""

import streamlit as st

from casework.consent import ConsentText
from casework.funnel import ActivityKind
from casework.roles import Actor
from casework.text import escape_markdown
from db import consent_texts
from db.clock import now
from db.engine import Session, transaction
from pages.parts.typed import as_typed
from pages.parts.wording import show_difference
from pages.who import shown_errors


def show_consent(actor: Actor, session: Session, kind: ActivityKind) -> None:
    st.subheader("What people agree to", anchor=False)
    texts = consent_texts.versions(session, kind)
    current = texts[-1]
    st.caption(
        f"In force for every {kind.label.lower()}: version {escape_markdown(current.version)}. "
        "Beside it people tick that they are adults and take part, and, each for itself, that "
        "they may be quoted and asked again."
    )
    with st.container(border=True):
        st.markdown(as_typed(current.text))
        st.caption(
            f"What for: {escape_markdown(current.purpose)} Kept for {current.retention_days:,} "
            f"days. SHA-256 {current.digest}"
        )
    _compare(texts, kind)
    with st.expander("Write a new version", icon=":material/edit_note:"):
        _write(actor, kind, current)


def _compare(texts: tuple[ConsentText, ...], kind: ActivityKind) -> None:
    with st.expander("How versions differ", icon=":material/difference:"):
        by_version = {text.version: text for text in texts}
        names = list(by_version)
        # A new version is another choice: it begins with the last two.
        key = f"{kind.value}-{len(names)}"
        with st.grid(2, min_column_width=160):
            before = st.selectbox("From", names, index=len(names) - 2, key=f"from-{key}")
            after = st.selectbox("To", names, index=len(names) - 1, key=f"to-{key}")
        show_difference(by_version[before].text, by_version[after].text)
        for text in (by_version[before], by_version[after]):
            asks = " A material change: everybody is asked again." if text.material else ""
            st.caption(
                f"{text.version}. What for: {escape_markdown(text.purpose)} Kept for "
                f"{text.retention_days:,} days.{asks} SHA-256 {text.digest[:12]}"
            )


def _write(actor: Actor, kind: ActivityKind, current: ConsentText) -> None:
    with st.form(f"consent-{kind.value}-{current.number}", border=False):
        text = st.text_area("Text", current.text, height=260, max_chars=5_000)
        purpose = st.text_input("What for", current.purpose, max_chars=200)
        days = st.number_input("Days that answers are kept", 1, 3650, current.retention_days)
        material = st.checkbox(
            "This changes what people agree to: ask everybody again",
            help="Whoever agreed before reads the difference on their next visit, before they "
            "get anything else. Without it earlier consents stay good.",
        )
        if not st.form_submit_button("Put it in force", type="primary"):
            return
    with shown_errors():
        with transaction() as session:
            row = consent_texts.save(
                session,
                actor,
                kind,
                text=text,
                purpose=purpose,
                retention_days=int(days),
                material=material,
                now=now(),
            )
        st.toast(f"Version {row.version} is in force.", icon=":material/check:")
        st.rerun()
