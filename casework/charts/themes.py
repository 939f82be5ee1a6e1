"""How often each theme is heard, and how that changes from build to build."""

from collections.abc import Sequence

import altair as alt

from casework.charts.drawn import BAD, INK, ROW_HEIGHT, Cell, Drawn, as_spec, frame
from casework.themes import Share, ThemeFigures

_PERCENT = alt.Axis(format="%", title="share of texts")
TONES = ("#c4552d", "#b9b2a6", "#2f8a76")


def theme_shares(figures: Sequence[ThemeFigures]) -> Drawn:
    """Each theme's share of the texts with its 95 % interval, coloured by its mean tone."""
    header = ("theme", "texts", "of", "share", "low", "high", "mean tone", "loyal", "others")
    rows = [
        (
            one.name,
            one.share.count,
            one.share.n,
            *_cells(one.share),
            one.tone.polarity,
            one.loyal.value,
            one.others.value,
        )
        for one in figures
    ]
    shown: list[tuple[Cell, ...]] = [
        (one.name, *_cells(one.share), one.share.count, one.tone.polarity) for one in figures
    ]
    names = ("theme", "share", "low", "high", "texts", "tone")
    base = alt.Chart(frame(names, shown)).encode(
        y=alt.Y("theme:N", title=None, sort=None, axis=alt.Axis(labelLimit=180))
    )
    bars = base.mark_bar(height=14).encode(
        x=alt.X("share:Q", axis=_PERCENT),
        color=alt.Color(
            "tone:Q",
            scale=alt.Scale(domain=[-1, 0, 1], range=list(TONES)),
            legend=alt.Legend(title="mean tone", orient="top", gradientLength=140),
        ),
        tooltip=["theme:N", alt.Tooltip("share:Q", format=".1%"), "texts:Q"],
    )
    spread = base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    said = "; ".join(f"{one.name} {one.share.count} of {one.share.n}" for one in figures)
    return Drawn(
        name="themes",
        title="What they talk about",
        note="Lines are 95 % intervals of the shares.",
        spec=as_spec(bars + spread, {"height": alt.Step(ROW_HEIGHT)}),
        alt=f"Share of the texts with each theme, with 95 % intervals. {said}.",
        header=header,
        rows=tuple(rows),
    )


def share_by_build(theme: ThemeFigures) -> Drawn:
    """One theme's share of what was heard about each build, with 95 % intervals."""
    header = ("build", "texts", "of", "share", "low", "high")
    rows = [(build, share.count, share.n, *_cells(share)) for build, share in theme.by_build]
    base = alt.Chart(frame(header, rows)).encode(y=alt.Y("build:N", title=None, sort=None))
    scale = alt.Scale(domain=[0, 1])
    spread = base.mark_rule(strokeWidth=5, opacity=0.45, color=BAD).encode(
        x=alt.X("low:Q", scale=scale, axis=_PERCENT), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=110, opacity=1, color=BAD).encode(x="share:Q")
    said = "; ".join(f"{build}: {share.count} of {share.n}" for build, share in theme.by_build)
    return Drawn(
        name="theme-by-build",
        title=f"{theme.name}, build by build",
        note="Dots are shares of the texts about a build, bars their 95 % intervals.",
        spec=as_spec(spread + points, {"height": alt.Step(ROW_HEIGHT)}),
        alt=f"Share of the texts with this theme, with 95 % intervals. {said}.",
        header=header,
        rows=tuple(rows),
    )


def _cells(share: Share) -> tuple[float, float | None, float | None]:
    low, high = share.interval or (None, None)
    return share.value, low, high
