"""The periods of a timeline → its bars, the names below them, and the rows of its table.

In come the records of `web/views/timeline.py`. Called by `templates/filters.html`.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from web.text.bidi import isolate
from web.text.escaping import escape
from web.views.timeline import Bar, Tick, Timeline


def bars(drawn: Timeline) -> Markup:
    """A group of the SVG for each period: a column to hit and the bar in it; a link where the period has articles."""
    return Markup("".join([_bar(bar, drawn.height) for bar in drawn.bars]))


def ticks(shown: Iterable[Tick]) -> Markup:
    """A place below each bar, with or without a name."""
    return Markup("".join([_tick(tick) for tick in shown]))


def rows(shown: Iterable[Bar]) -> Markup:
    """A row of the table for each period."""
    return Markup("\n".join([_row(bar) for bar in shown]))


def _bar(bar: Bar, height: int) -> str:
    left, width = bar.slot
    drawn = (
        f'<title>{escape(bar.title)}</title><rect class="slot" x="{left}" y="0" width="{width}" height="{height}"/>'
        f'<rect class="bar" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"/>'
    )
    return f'<a href="{escape(bar.url)}" tabindex="-1">{drawn}</a>' if bar.url else f"<g>{drawn}</g>"


def _tick(tick: Tick) -> str:
    name = f"<span>{isolate(tick.text)}</span>" if tick.text else ""
    return f'<span class="minor">{name}</span>' if tick.minor else f"<span>{name}</span>"


def _row(bar: Bar) -> str:
    period = f"<bdi>{isolate(bar.period)}</bdi>"
    head = f'<a href="{escape(bar.url)}">{period}</a>' if bar.url else period
    return f'<tr><th scope="row">{head}</th><td>{isolate(bar.count)}</td><td>{isolate(bar.share)}</td></tr>'
