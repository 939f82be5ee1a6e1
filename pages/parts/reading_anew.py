"""Reading stored texts anew by the present scorer: how far it is, to be cancelled and resumed."""

import streamlit as st

from casework.roles import Actor
from db import own_terms, rescoring
from db.clock import now
from db.engine import Session, reading, transaction
from db.rescoring import RescoringRow, RescoringState
from pages import who
from pages.parts.when import day_and_time

EVERY_SECONDS = 2


def show_reading_anew(session: Session, actor: Actor) -> None:
    present = own_terms.reader(session).read_by
    st.markdown(
        f"New texts are read by scorer **{present}** at once. Texts that another scorer has read "
        "are read anew in the background; what people corrected stays in force."
    )
    job = rescoring.latest(session)
    if job is not None and job.state is RescoringState.RUNNING:
        watch(actor)
        return
    outdated = rescoring.outdated(session)
    if job is not None:
        show_job(job)
    if not outdated:
        st.success("Every text is read by the present scorer.", icon=":material/done_all:")
        return
    resumes = job is not None and job.state is RescoringState.CANCELLED
    soon = "" if resumes else " They are taken up by themselves within seconds, or begin now."
    told = f"{outdated:,} texts are still as another scorer read them.{soon}"
    st.info(told, icon=":material/update:")
    label = "Go on reading anew" if resumes else "Begin to read anew"
    st.button(label, type="primary", icon=":material/play_arrow:", on_click=begin, args=(actor,))
    if not resumes:
        wait(outdated)


@st.fragment(run_every=EVERY_SECONDS)
def wait(outdated: int) -> None:
    """Looks again every two seconds whether the texts were taken up; then shows the page anew."""
    with reading() as session:
        left = rescoring.outdated(session)
    if left != outdated:
        st.rerun()


@st.fragment(run_every=EVERY_SECONDS)
def watch(actor: Actor) -> None:
    """Looks again every two seconds; when the job has ended, the whole page is shown anew."""
    with reading() as session:
        job = rescoring.latest(session)
    if job is None or job.state is not RescoringState.RUNNING:
        st.rerun()
    show_job(job)
    st.button("Stop", icon=":material/stop:", on_click=cancel, args=(actor,))


def show_job(job: RescoringRow) -> None:
    share = min(1.0, job.done / job.total) if job.total else 1.0
    st.progress(share, text=f"{job.done:,} of {job.total:,} texts, {job.changed:,} changed label")
    ended = f", ended {day_and_time(job.ended_at)}" if job.ended_at else ""
    st.caption(
        f"Job {job.number}, scorer {job.read_by}: {job.state.value}, begun "
        f"{day_and_time(job.begun_at)}{ended}"
    )


def begin(actor: Actor) -> None:
    with who.shown_errors(), transaction() as session:
        rescoring.begin(session, actor, now=now())


def cancel(actor: Actor) -> None:
    with who.shown_errors(), transaction() as session:
        rescoring.cancel(session, actor, now=now())
