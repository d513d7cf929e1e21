"""The year of a programme as its template lays it out: what happens when, who is asked what, which mails go out."""

import datetime as dt
import re
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.whole import WholeProgramme, titles
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.portal import Hidden
from shared.template.preview import Row, year_of
from shared.template.references import WrongReferenceError

_NAMES = re.compile(r"\{[^}]*\}")
"""What a subject says of each person, in braces."""


async def year(request: Request) -> Response:
    """Show it month by month; what depends on people stands on the latest day expected."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    of = await desk.portal.read.whole.get(row.programme_id)
    if of is None:
        raise Hidden
    lines = [_line(one, of) for one in year_of(of.template, of.year)]
    months = [(month, list(each)) for month, each in groupby(lines, key=lambda one: one["month"])]
    facts: dict[str, Any] = {
        "row": row,
        "months": months,
        "of": of.template,
        "today": of.today(desk.portal.clock.now()),
    }
    return desk.show("year", title=f"The year of {row.name}", **facts)


def _line(one: Row, of: WholeProgramme) -> dict[str, Any]:
    who = tuple(dict.fromkeys(_said(text, of) for text in one.who.split(", "))) if one.who else ()
    return {"month": _month(one.day), "day": one.day, "about": bool(one.cause), "what": one.what, "who": who,
            "detail": _NAMES.sub("\u2026", one.detail)}  # fmt: skip


def _said(who: str, of: WholeProgramme) -> str:
    """Whom the preview names, as people say it: a reference, one with a condition, or words about readers."""
    person, _, condition = who.partition(" if ")
    try:
        (named,) = titles([person], of.template)
    except WrongReferenceError:
        return who.replace("-", " ")
    return f"{named}, where it was asked for" if condition else named


def _month(day: dt.date | None) -> str:
    return f"{day:%B %Y}" if day else "When it comes to it"
