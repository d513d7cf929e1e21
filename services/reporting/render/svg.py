"""Just enough SVG for our charts: elements with escaped attributes and text, a drawing with its alternative text.

Only presentation attributes are used, no `style`, so that a page's content security policy needs no exception.
"""

from dataclasses import dataclass
from html import escape

FAMILY = "Inter, 'Noto Emoji', 'DejaVu Sans', 'Droid Sans Fallback', system-ui, sans-serif"
_NARROW, _WIDE = 0.56, 0.72


@dataclass(frozen=True)
class Chart:
    """A drawing, its title, and in words all that it shows."""

    title: str
    alt: str
    svg: str
    width: int
    height: int


def element(name: str, text: str | None = None, **attributes: str | float) -> str:
    """One element; `_` in an attribute's name stands for `-`, a trailing one is dropped (`class_`)."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{given}/>" if text is None else f"<{name}{given}>{escape(text, quote=False)}</{name}>"


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def label(
    text: str, x: float, y: float, *, size: float = 10, fill: str, anchor: str = "start", weight: int = 400
) -> str:
    """A line of text with its baseline at `y`."""
    return element("text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=str(weight))


def drawing(title: str, alt: str, width: int, height: int, parts: list[str]) -> Chart:
    """Put the parts into a drawing that screen readers meet as one picture."""
    inside = "".join(parts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FAMILY}" role="img" aria-label="{escape(alt)}">{inside}</svg>'
    )
    return Chart(title=title, alt=alt, svg=svg, width=width, height=height)


def shortened(text: str, width: float, size: float) -> str:
    """The text cut to about `width` points at this size, with an ellipsis where something is missing."""
    one_line = " ".join(text.split())
    wide = 0.0
    for place, char in enumerate(one_line):
        wide += size * (_NARROW if char.islower() or char == " " else _WIDE)
        if wide > width:
            return one_line[: max(place - 1, 1)].rstrip() + "…"
    return one_line
