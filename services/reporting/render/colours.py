"""The colours of reports. Text keeps 4.5:1 on its ground; a colour that means something stands beside its word."""

from services.reporting.domain.status import Rating

NAVY = "#0b2e4b"
TEAL = "#0f6e70"
TEAL_GROUND = "#ebf6f6"
INK = "#1b2533"
MUTED = "#515c6b"
LINE = "#d3d8df"
GRID = "#e6e9ee"

FILL: dict[Rating, str] = {
    "complete": "#1d5bd0",
    "on-track": "#0a7a46",
    "at-risk": "#b4470c",
    "off-track": "#b3211b",
    "dropped": "#5b6675",
}
PILL_GROUND: dict[Rating, str] = {
    "complete": "#d9e8fd",
    "on-track": "#d3f5df",
    "at-risk": "#fdefc3",
    "off-track": "#fde1df",
    "dropped": "#e6e9ee",
}
PILL_TEXT: dict[Rating, str] = {
    "complete": "#163f93",
    "on-track": "#0b5733",
    "at-risk": "#74350a",
    "off-track": "#97190f",
    "dropped": "#3d4754",
}


def palette() -> dict[str, object]:
    """All colours by name, for the templates."""
    return {
        "navy": NAVY,
        "teal": TEAL,
        "teal_ground": TEAL_GROUND,
        "ink": INK,
        "muted": MUTED,
        "line": LINE,
        "fill": dict(FILL),
        "pill_ground": dict(PILL_GROUND),
        "pill_text": dict(PILL_TEXT),
    }
