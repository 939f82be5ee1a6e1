"""The first page: what Casework is, and a door for each of three people."""

from typing import NamedTuple

import streamlit as st

from db.settings import settings
from pages.who import FOLDER, posting


class Door(NamedTuple):
    """One way in: the button in demo mode, what to do `otherwise`."""

    title: str
    role: str
    label: str
    promise: str
    otherwise: str


DOORS = (
    Door(
        "For product owners",
        "owner",
        "I run studies",
        "Bring in your customers, invite the loyal ones, agree what would stop the launch, read "
        "what they say, and get a verdict with its reasons.",
        '<a href="/auth/sign-in" target="_self">Sign in</a>',
    ),
    Door(
        "For customers",
        "customer",
        "I was invited",
        "Try a game before anybody else and say in two minutes what should change. Later you see "
        "what was done with it.",
        "Open the personal link in your invitation.",
    ),
    Door(
        "For students",
        "student",
        "I work the case",
        "Read how a Christmas launch came to the brink, choose how to ask its customers, predict, "
        "then decide from the answers.",
        '<a href="/auth/sign-in" target="_self">Sign in</a>',
    ),
)


def show_door(door: Door) -> None:
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container():
            st.subheader(door.title, anchor=False)
            st.markdown(door.promise)
        if settings().demo:
            posting(f"/auth/demo/{door.role}", door.label)
        else:
            st.html(f"<p>{door.otherwise}</p>")


with st.container(horizontal_alignment="center"), st.container(width=1000):
    st.title("Casework", anchor=False)
    st.markdown("Ask your most loyal customers before the launch, and decide honestly.")
    st.image(
        FOLDER / "static/welcome.svg",
        alt="Three customers speak, their answers are weighed against a line, and a game waits "
        "for the result.",
        width="stretch",
    )
    for column, door in zip(st.columns(3), DOORS, strict=True):
        with column:
            show_door(door)
    if settings().demo:
        st.caption(
            "Demonstration on this machine: the doors need no password, and every customer in it "
            "is invented."
        )
