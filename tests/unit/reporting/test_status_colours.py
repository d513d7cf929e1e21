"""Text in reports keeps the contrast that WCAG 2.2 AA asks for."""

import pytest

from services.reporting.domain.status import RATINGS
from services.reporting.render.colours import FILL, INK, MUTED, NAVY, PILL_GROUND, PILL_TEXT, TEAL, TEAL_GROUND

PAIRS = [
    *((PILL_TEXT[key], PILL_GROUND[key]) for key in RATINGS),
    *(("#ffffff", FILL[key]) for key in RATINGS),
    *((INK, ground) for ground in ("#ffffff", TEAL_GROUND)),
    *((MUTED, ground) for ground in ("#ffffff", TEAL_GROUND)),
    (TEAL, "#ffffff"), (TEAL, TEAL_GROUND), (NAVY, "#ffffff"), ("#cfdbe6", NAVY), ("#9fd8d6", NAVY),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_contrast(text, ground):
    lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
