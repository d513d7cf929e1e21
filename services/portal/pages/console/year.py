"""The year of a programme as its template lays it out: what happens when, who is asked what, which mails go out."""

import datetime as dt
import re
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.whole import titles
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.setup.steps import setup_of
from shared.template import Template
from shared.template.preview import Row, year_of
from shared.template.references import WrongReferenceError

_NAMES = re.compile(r"\{[^}]*\}")
"""What a subject says of each person, in braces."""


async def year(request: Request) -> Response:
    """Show it month by month; what depends on people stands on the latest day expected."""
    desk = await Desk.of(request)
    row = await setup_of(desk)
    lines = [_line(one, row.template) for one in year_of(row.template, row.year)]
    months = [(month, list(each)) for month, each in groupby(lines, key=lambda one: one["month"])]
    facts: dict[str, Any] = {
        "row": row,
        "months": months,
        "of": row.template,
        "today": row.today,
    }
    return desk.show("year", title=f"The year of {row.name}", **facts)


def _line(one: Row, of: Template) -> dict[str, Any]:
    who = tuple(dict.fromkeys(_said(text, of) for text in one.who.split(", "))) if one.who else ()
    return {"month": _month(one.day), "day": one.day, "about": bool(one.cause), "what": one.what, "who": who,
            "detail": _NAMES.sub("\u2026", one.detail)}  # fmt: skip


def _said(who: str, of: Template) -> str:
    """Whom the preview names, as people say it: a reference, one with a condition, or words about readers."""
    person, _, condition = who.partition(" if ")
    try:
        (named,) = titles([person], of)
    except WrongReferenceError:
        return who.replace("-", " ")
    return f"{named}, where it was asked for" if condition else named


def _month(day: dt.date | None) -> str:
    return f"{day:%B %Y}" if day else "When it comes to it"
