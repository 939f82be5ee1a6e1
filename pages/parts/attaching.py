"""Giving a build to a platform: a file or a link, as the platform takes it."""

from typing import BinaryIO

import streamlit as st

from casework.builds import LINK_ONLY, Platform
from casework.roles import Actor
from db import builds, storage
from db.clock import now
from db.engine import transaction
from pages.parts.news import tell
from pages.who import shown_errors

LARGEST_MB = 500
"""Streamlit holds an upload in memory until it is stored; larger builds go by link."""

FILE, LINK = "A file", "A link"


def attach(actor: Actor, build_id: int) -> None:
    platform = st.segmented_control(
        "Platform",
        list(Platform),
        format_func=lambda one: one.label,
        key=f"platform_{build_id}",
    )
    if platform is None:
        st.caption("Choose the platform first.")
    elif platform in LINK_ONLY:
        st.caption(f"{platform.label} takes a link, such as {_EXAMPLE[platform]}.")
        _attach_link(actor, build_id, platform)
    else:
        _attach_either(actor, build_id, platform)


_EXAMPLE = {Platform.IOS: "TestFlight's", Platform.WEB: "the page where it runs"}


def _attach_either(actor: Actor, build_id: int, platform: Platform) -> None:
    way = st.segmented_control(
        "How testers get it", [FILE, LINK], default=FILE, required=True, key=f"way_{build_id}"
    )
    if way == LINK:
        _attach_link(actor, build_id, platform)
    else:
        _attach_file(actor, build_id, platform)


def _attach_link(actor: Actor, build_id: int, platform: Platform) -> None:
    with st.form(f"link_form_{build_id}", clear_on_submit=False):
        url = st.text_input(
            "Link", placeholder="https://testflight.apple.com/join/…", max_chars=2_000
        )
        if st.form_submit_button("Give testers this link", type="primary"):
            with shown_errors():
                with transaction() as session:
                    build = builds.get(session, build_id)
                    builds.attach_link(session, actor, build, platform, url, now=now())
                tell(f"The link for {platform.label} is there.")
                st.rerun()


def _attach_file(actor: Actor, build_id: int, platform: Platform) -> None:
    file = st.file_uploader(
        f"File for {platform.label}",
        max_upload_size=LARGEST_MB,
        key=f"file_{build_id}_{platform.value}",
        help=f"Up to {LARGEST_MB} MB. For a larger build, give a link.",
    )
    if file is None:
        return
    if st.button("Store this file", type="primary", key=f"store_{build_id}"):
        with shown_errors():
            _store(actor, build_id, platform, file, file.name)
            tell(f"The file for {platform.label} is stored.")
            st.rerun()


def _store(actor: Actor, build_id: int, platform: Platform, file: BinaryIO, name: str) -> None:
    file.seek(0)
    with st.spinner("Storing the file and computing its SHA-256 …"):
        stored = storage.store(file, name=name)
    with transaction() as session:
        build = builds.get(session, build_id)
        builds.attach_file(session, actor, build, platform, stored, now=now())
