"""The web door: Streamlit's pages behind one shell, plain HTTP beside them.

`python app.py`, `uvicorn app:app` and `streamlit run app.py` all serve it.
"""

from pathlib import Path

import streamlit as st

from routes import auth, download, favicon, health, invitation, leaving, opt_out, waiting_list
from routes.errors import HANDLERS
from routes.middleware import MIDDLEWARE
from routes.serve import require_readiness, serve
from routes.start import lifespan

require_readiness()
app = st.App(
    Path(__file__).parent / "pages/shell.py",
    routes=[
        *auth.ROUTES,
        *download.ROUTES,
        *favicon.ROUTES,
        *health.ROUTES,
        *invitation.ROUTES,
        *leaving.ROUTES,
        *opt_out.ROUTES,
        *waiting_list.ROUTES,
    ],
    lifespan=lifespan,
    middleware=MIDDLEWARE,
    exception_handlers=HANDLERS,
)

if __name__ == "__main__":
    serve(app)
