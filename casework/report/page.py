"""The launch summary as one self-contained, accessible HTML file."""

from functools import cache, lru_cache

import vl_convert as vlc
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from casework.report.blocks import Block, Chart, Summary


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casework.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = _kind
    environment.filters["svg"] = to_svg
    return environment


def to_html(summary: Summary) -> str:
    """The whole summary as one file without scripts or outside addresses."""
    return _environment().get_template("summary.html").render(summary=summary)


def _kind(block: Block) -> str:
    return type(block).__name__


def to_svg(chart: Chart) -> Markup:
    """A chart drawn as SVG, with its description for whoever does not see it."""
    drawn = drawing(chart)
    described = Markup('<svg role="img" aria-label="{}" ').format(chart.alt)
    # The drawing is ours, from figures alone; no customer's text is in it.
    return described + Markup(drawn.removeprefix("<svg "))  # noqa: S704


def warm_up() -> None:
    """Start the engine that draws charts, which takes a second, before anybody waits for it."""
    drawn(_NOTHING, None)


_NOTHING = '{"mark":"point","data":{"values":[]}}'


def drawing(chart: Chart, font: str | None = None) -> str:
    """A chart drawn as SVG, in a typeface of one's choice."""
    return drawn(chart.spec, font)


@lru_cache(maxsize=64)
def drawn(spec: str, font: str | None) -> str:
    """Drawing takes most of the time of a summary, and most charts stay as they were."""
    return str(vlc.vegalite_to_svg(spec, config={"font": font} if font else None))
