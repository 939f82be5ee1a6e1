"""What customers talk about: themes with their figures and texts, edited by a person; charts."""

import streamlit as st

from casework.charts import (
    AspectTone,
    aspect_tones,
    by_aspect,
    by_build,
    distribution,
    over_time,
    theme_shares,
)
from casework.roles import Actor
from casework.themes import Assignment, Heard, assign, figures
from db import outside as outside_voices
from db import themes
from db.engine import Session, reading
from db.studies import StudyRow
from pages import who
from pages.parts.drawn_chart import show_drawn
from pages.parts.theme_editing import show_editing, show_history
from pages.parts.theme_read import show_theme
from pages.parts.theme_suggestions import show_suggestions
from pages.study_choice import chosen_study, go

GROUPS = ("Testers and meetings", "Outside voices")
PARTS = ("Themes", "Not in a theme", "Change themes", "Charts")


def nothing_yet(slug: str) -> None:
    st.info(
        "Themes are found in testers' answers and in remarks at meetings: invite some people.",
        title="Nothing heard yet",
        icon=":material/forum:",
    )
    if st.button("Recruit testers", type="primary", icon=":material/person_add:"):
        go("recruit", slug)


def choose_group(session: Session, actor: Actor, study: StudyRow) -> str:
    """Whose words are read; there is nothing to choose before anything was imported."""
    if not outside_voices.figures(session, actor, study).voices:
        return GROUPS[0]
    chosen = st.segmented_control(
        "Whose words", GROUPS, default=GROUPS[0], required=True, key="themes-group"
    )
    return chosen or GROUPS[0]


def show_done() -> None:
    done = st.session_state.pop("themes-done", "")
    if done:
        st.toast(done, icon=":material/check:")


def show_themes(heard: Heard, now_in: Assignment, *, outside: bool) -> None:
    found = figures(heard, now_in)
    show_drawn(theme_shares(found))
    by_name = {one.name: one for one in found}
    chosen = st.selectbox("Read one theme", list(by_name), key="theme-read")
    show_theme(heard, now_in, by_name[chosen], outside=outside)


@st.cache_data(show_spinner="Reading clause by clause", max_entries=16, ttl=600)
def tones_of(texts: tuple[str, ...]) -> tuple[AspectTone, ...]:
    return aspect_tones(texts)


def show_charts(heard: Heard) -> None:
    st.caption(
        "How each text feels, from −1 (complaint) to 1 (praise); texts without a tone are left out."
    )
    show_drawn(distribution(heard.polarity))
    show_drawn(by_build(heard))
    show_drawn(over_time(heard))
    show_drawn(by_aspect(tones_of(heard.texts)))


def show_part(session: Session, actor: Actor, study: StudyRow, part: str, *, outside: bool) -> None:
    heard = (themes.outside if outside else themes.heard)(session, actor, study)
    if not heard.texts:
        nothing_yet(study.slug)
        return
    now_in = assign(heard.texts, themes.current(session, study), offended=heard.offended)
    where = "outside voices, never counted with testers" if outside else "answers and meetings"
    st.caption(f"{len(heard.texts):,} texts from {where} · themes, version {now_in.themes.version}")
    if part == "Themes":
        show_themes(heard, now_in, outside=outside)
    elif part == "Not in a theme":
        show_suggestions(actor, study, heard, now_in)
    elif part == "Change themes":
        show_editing(actor, study, heard, now_in)
        show_history(actor, study, now_in.themes, themes.versions(session, study))
    else:
        show_charts(heard)


st.title("Themes", anchor=False)
actor = who.actor()
with who.shown_errors(), reading() as session:
    study = chosen_study(session, actor)
    show_done()
    group = choose_group(session, actor, study)
    chosen = st.segmented_control("Show", PARTS, default=PARTS[0], required=True, key="themes-part")
    show_part(session, actor, study, chosen or PARTS[0], outside=group == GROUPS[1])
