"""A place in a course, as scheduling shows it."""

import datetime as dt

from shared.commands.sessions import CoursePlaceDetail, CoursePlaceRow, SessionRow
from tests.unit.portal.world import PROGRAMME

PLACE = "plc-1"


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
