"""Pages use the classes that their stylesheets have, in the order that these are written for."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[3] / "services" / "portal" / "pages"


def styled(*sheets):
    text = "".join((PAGES / "static" / sheet).read_text(encoding="utf-8") for sheet in sheets)
    return set(re.findall(r"\.([a-z][\w-]*)", text))


def used(page):
    text = re.sub(r"\{[%{].*?[%}]\}", " ", page.read_text(encoding="utf-8"))
    return {name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()}


def test_boxes_to_tick_stand_in_rows_of_their_own():
    pages = [page.read_text(encoding="utf-8") for page in (PAGES / "templates").rglob("*.html")]
    groups = [
        found for page in pages for found in re.findall(r'<fieldset class="field choice.*?</fieldset>', page, re.DOTALL)
    ]
    assert len(groups) > 5
    assert [group for group in groups if 'class="options' not in group] == []


def test_people_see_the_same_lists_as_the_console():
    consoles = styled("console.css") - styled("portal.css", "forms.css")
    pages = [page for page in (PAGES / "templates").rglob("*.html") if "console" not in page.relative_to(PAGES).parts]
    assert pages
    assert {page.name: found for page in pages if (found := used(page) & consoles)} == {}
