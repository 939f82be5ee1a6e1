"""The owner's builds: add a version, give it to platforms, release it to a beta, see who has it."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from casework.builds import Build
from casework.errors import Invalid
from casework.funnel import ActivityKind
from casework.roles import Actor
from casework.text import escape_markdown
from casework.visits import is_open
from db import activities, builds, downloads
from db.activities import ActivityRow
from db.builds import ArtifactRow, BuildRow
from db.clock import now
from db.engine import reading, transaction
from db.studies import StudyRow
from pages.parts.attaching import attach
from pages.parts.news import show_news, tell
from pages.parts.sizes import in_megabytes
from pages.parts.typed import as_typed
from pages.study_choice import chosen_study
from pages.who import actor as who_is_here
from pages.who import shown_errors


def add_form(actor: Actor, study: StudyRow, *, first: bool) -> None:
    with (
        st.expander("Add a build", icon=":material/add:", expanded=first),
        st.form("add_build", clear_on_submit=False, border=False),
    ):
        version = st.text_input("Version", placeholder="0.9.1", max_chars=40)
        notes = st.text_area(
            "What testers should know", placeholder="What is new, what to try", max_chars=5_000
        )
        if st.form_submit_button("Add this build", type="primary"):
            with shown_errors():
                _add(actor, study, version, notes)
                tell(f"Build {version.strip()} is added. Give it a file or a link next.")
                st.rerun()


def _add(actor: Actor, study: StudyRow, version: str, notes: str) -> None:
    try:
        draft = Build(version=version.strip(), notes=notes, added_at=now())
    except ValidationError:
        raise Invalid(
            "A version is up to 40 letters, digits, dots and dashes without blanks, such as 0.9.1."
        ) from None
    with transaction() as session:
        builds.add_build(session, actor, study, draft, now=now())


def show_artifacts(build: BuildRow, artifacts: list[ArtifactRow]) -> None:
    if not artifacts:
        st.info("Nobody can get this build yet. Give it a file or a link below.")
        return
    rows = [
        {
            "Platform": one.platform.label,
            "What testers get": one.file_name or one.url,
            "Size": in_megabytes(one.size_bytes) if one.size_bytes else "link",
            "SHA-256": one.sha256 or "",
        }
        for one in artifacts
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        alt=f"Files and links of build {build.version}",
        column_config={"SHA-256": st.column_config.TextColumn(width="large")},
    )


def show_release(actor: Actor, build: BuildRow, betas: list[ActivityRow], *, ready: bool) -> None:
    waiting = [beta for beta in betas if beta.build_id != build.id and is_open(beta, now())]
    if not ready:
        return
    if not betas:
        st.caption("Plan a beta under “Recruit” to release this build to its testers.")
        return
    for beta in waiting:
        if st.button(
            f"Release to {escape_markdown(beta.name)}",
            key=f"release_{build.id}_{beta.id}",
            type="primary" if is_newer(build, beta) else "secondary",
            icon=":material/rocket_launch:",
        ):
            release(actor, build, beta)


def is_newer(build: BuildRow, beta: ActivityRow) -> bool:
    """Whether releasing goes forward; going back is possible but not what the page suggests."""
    return (build.id or 0) > (beta.build_id or 0)


def release(actor: Actor, build: BuildRow, beta: ActivityRow) -> None:
    with shown_errors():
        with transaction() as session:
            target = activities.get(session, beta.id)
            builds.release(session, actor, target, builds.get(session, build.id or 0), now=now())
        tell(f"The testers of {beta.name} get build {build.version} from now on.")
        st.rerun()


def show_reach(build: BuildRow, betas: list[ActivityRow], reach: downloads.Reach) -> None:
    now_with = [escape_markdown(beta.name) for beta in betas if beta.build_id == build.id]
    if now_with:
        st.badge(f"Out now: {', '.join(now_with)}", icon=":material/rocket_launch:", color="green")
    with st.container(horizontal=True):
        st.metric("Opened the link", reach.link_opened, border=True)
        st.metric("Downloaded", reach.downloaded, border=True)


st.title("Release a build")
actor = who_is_here()
with reading() as session:
    study = chosen_study(session, actor)
    betas = [a for a in activities.of_study(session, study) if a.kind is ActivityKind.BETA]
    found = [
        (one, builds.artifacts_of(session, one.id), downloads.reach_of(session, one.id or 0))
        for one in builds.of_study(session, study.id)
    ]
show_news()
st.write(
    "Testers get what you release for their own platform, by a personal link that expires. "
    "What they test stays the same: a change is a new version."
)
if not found:
    st.info(
        "Add the version that loyal customers should try before anybody else.",
        title="There is no build yet",
        icon=":material/deployed_code:",
    )
add_form(actor, study, first=not found)
for build, artifacts, reach in found:
    with st.container(border=True):
        st.subheader(f"Build {escape_markdown(build.version)}")
        if build.notes:
            st.markdown(as_typed(build.notes))
        show_reach(build, betas, reach)
        show_artifacts(build, artifacts)
        show_release(actor, build, betas, ready=bool(artifacts))
        key = f"give_{build.id}_{len(artifacts)}"
        with st.expander("Give it a file or a link", expanded=not artifacts, key=key):
            attach(actor, build.id or 0)
