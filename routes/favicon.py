"""The product's own mark, also where Streamlit would show its own."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

MARK = Path(__file__).parents[1] / "pages/static/favicon.svg"


async def show_mark(_request: Request) -> Response:
    """The mark, which a browser may keep for a day."""
    return FileResponse(
        MARK, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"}
    )


# Streamlit's page asks for favicon.png before the first script run; browsers go by the type.
ROUTES = [Route("/favicon.svg", show_mark), Route("/favicon.png", show_mark)]
