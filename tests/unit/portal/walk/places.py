"""A place in a course, as scheduling shows it, and a poll that somebody settles, as reporting does."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from shared.commands.polls import ListOwnPolls, PollRow, PollRows, ThemeRow
from shared.commands.sessions import CoursePlaceDetail, CoursePlaceRow, SessionRow
from tests.unit.portal.world import PROGRAMME

PLACE, POLL = "plc-1", "pol-1"


def place_of(person_id: str, programme_id: str = PROGRAMME) -> CoursePlaceDetail:
    """Somebody's place in a course of one day, open to sign up for."""
    day = SessionRow(
        number=1, on=dt.date(2027, 3, 4), starts=dt.time(9), ends=dt.time(12), place="Town Hall", state="published"
    )
    return CoursePlaceDetail(
        course_id="crs-1", programme_id=programme_id, activity="leading", title="Leading a subject", every_date=True,
        whole=True, signs_up=True, free=4, catching_up=False, sessions=(day,),
        place=CoursePlaceRow(place_id=PLACE, person_id=person_id, who="Somebody", role="headteacher", state="asked"),
    )  # fmt: skip


def poll_of(person_id: str, programme_id: str, **more: Any) -> Callable[[ListOwnPolls], PollRows]:
    """A poll of twelve answers that this person, and nobody else, settles."""
    row = PollRow.model_validate({
        "poll": "needs", "poll_id": POLL, "programme_id": programme_id, "title": "What do you need?", "state": "waits",
        "answered": 12, "themes": tuple(ThemeRow(themes=one, number=6) for one in (("Reading",), ("Talk", "Play"))),
        "sentence": "Themes that fewer than five named stand together.",
        "among": {"reading": "Reading", "talk": "Talk"}, "last_done": {"Reading": "2025/26"}, **more,
    })  # fmt: skip

    def found(query: ListOwnPolls) -> PollRows:
        theirs = query.person_id == person_id and query.poll_id in {"", POLL}
        return PollRows(polls=(row,) if theirs and query.programme_id in {"", programme_id} else ())

    return found
