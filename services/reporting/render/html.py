"""The report as a page of its own: the same view as the PDF, nothing fetched, no script, readable without style.

A content security policy stands in the page itself: the one style sheet is allowed by its hash, nothing else.
"""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.reporting.domain.reports.kinds import Report
from services.reporting.render.pdf import TEMPLATES
from services.reporting.render.text import clean
from services.reporting.render.view import changed, view


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style() -> str:
    """The style sheet of every report page."""
    return (TEMPLATES / "report.css").read_text(encoding="utf-8")


@cache
def style_hash() -> str:
    """The style sheet's CSP source: `sha256-...`; whoever serves the page puts it into the header's `style-src`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()


def make_html(report: Report) -> bytes:
    """Make the page."""
    template = _environment().get_template(f"{report.kind}.html")
    page = template.render(data=view(changed(report, clean)), style=style(), style_hash=style_hash())
    return page.encode("utf-8")
