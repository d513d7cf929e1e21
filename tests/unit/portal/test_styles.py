"""A page that does not load the console's stylesheet uses no class that only this one styles."""

import re
from pathlib import Path

PAGES = Path(__file__).parents[3] / "services" / "portal" / "pages"


def styled(*sheets):
    text = "".join((PAGES / "static" / sheet).read_text(encoding="utf-8") for sheet in sheets)
    return set(re.findall(r"\.([a-z][\w-]*)", text))


def used(page):
    text = re.sub(r"\{[%{].*?[%}]\}", " ", page.read_text(encoding="utf-8"))
    return {name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()}


def test_people_see_the_same_lists_as_the_console():
    consoles = styled("console.css") - styled("portal.css", "forms.css")
    pages = [page for page in (PAGES / "templates").rglob("*.html") if "console" not in page.parts]
    assert pages
    assert {page.name: found for page in pages if (found := used(page) & consoles)} == {}
