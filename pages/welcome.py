"""The first page: what Casework is, and a door for each of three people."""

import streamlit as st

from db.settings import settings

st.title("Casework")
st.subheader("Ask your most loyal customers before the launch, and decide honestly.")
DOORS = (("owner", "I run studies"), ("customer", "I was invited"), ("student", "I work the case"))
for column, (role, label) in zip(st.columns(3), DOORS, strict=True):
    with column.container(border=True):
        st.subheader(label)
        if settings().demo:
            st.html(
                f'<form method="post" action="/auth/demo/{role}" target="_self"><button type="submit">{label}</button></form>'
            )
        else:
            st.html('<a href="/auth/sign-in" target="_self">Sign in</a>')
