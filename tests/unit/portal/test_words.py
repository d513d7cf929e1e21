"""What pages say of what services say: nothing that is to be typed on a command line."""

import re
from pathlib import Path

import pytest

from services.portal.domain.words import without_commands

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("There is no draft yet; `kindred rounds draft` makes one.", "There is no draft yet."),
        ("Ended. `kindred pairs draft --keep` finds others for them.", "Ended."),
        ("Closed. `kindred a b` opens it, `kindred c d` lets one in. Ask us.", "Closed. Ask us."),
        (
            "Appoint some (`kindred facilitators add`), then go on (`kindred visits draft`).",
            "Appoint some, then go on.",
        ),
        ("It has no dates: `kindred visits draft` plans again.", "It has no dates."),
        ("Use `kindred calls open` first.", "Use `kindred calls open` first."),  # better than nothing
        ("Three sessions; nothing to type: good.", "Three sessions; nothing to type: good."),
    ],
)
def test_what_is_to_be_typed_is_left_out(said, shown):
    assert without_commands(said) == shown


def test_no_template_names_a_command():
    pages = ROOT / "services" / "portal" / "pages" / "templates" / "console"
    named = {
        path.name
        for path in pages.rglob("*.html")
        if re.search(r"`kindred |<code>kindred ", path.read_text(encoding="utf-8"))
    }
    assert named == set()
