"""Plain HTML for what is not a Streamlit page; every value is escaped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True
)


def screen(template: str, status: int = 200, **values: str) -> HTMLResponse:
    """A page that no cache keeps, since it may be personal."""
    html = TEMPLATES.get_template(template).render(values)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
