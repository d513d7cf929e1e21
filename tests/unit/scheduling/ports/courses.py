"""Courses of sessions."""

import datetime as dt

from services.scheduling.domain.sessions.records import Attended, Caught, Course, Place, Planned
from services.scheduling.ports.stores import Stores
from tests.unit.scheduling.ports.records import ADA, BO

DAY = dt.date(2026, 10, 8)


def place(person_id, number=1, **fields):
    given = {
        "place_id": f"plc-{number}", "person_id": person_id, "who": "headteacher", "role": "headteacher",
        "school_id": "sch-1", "since": DAY, "state": "taken",
    }  # fmt: skip
    return Place(**{**given, **fields})


def course(name="crs-1", **fields):
    given = {"course_id": name, "programme_id": "prg-1", "activity": "trainings", "numbers": (1, 2)}
    return Course(**{**given, **fields})


class CoursesContract:
    async def test_a_course_is_read_as_it_was_saved_and_found_by_its_places(self, stores: Stores):
        one = course(planned=(Planned(number=3, on=DAY, missing=(ADA,)),), places=(place(ADA), place(BO, 2)))
        two = course("crs-2", programme_id="prg-2")
        await stores.courses.put(one)
        await stores.courses.put(two)
        assert await stores.courses.get("crs-1") == one
        assert await stores.courses.get("crs-x") is None
        assert await stores.courses.with_place("plc-2") == one
        assert await stores.courses.with_place("plc-x") is None
        assert await stores.courses.of_programme("prg-2") == [two]
        assert await stores.courses.publishing() is None
        await stores.courses.put(two.model_copy(update={"publishing": True}))
        found = await stores.courses.publishing()
        assert found is not None
        assert found.course_id == "crs-2"

    async def test_nothing_is_left_of_who_is_erased(self, stores: Stores):
        came = Attended(number=1, by=ADA, present=(ADA, BO), part=(), absent=())
        caught = (Caught(number=2, on=DAY, by=ADA),)
        one = course(
            planned=(Planned(number=3, on=DAY, missing=(ADA, BO)),),
            places=(place(ADA), place(BO, 2, missed=(2,), caught_up=caught)),
            attended=(came,),
        )
        await stores.courses.put(one)
        await stores.courses.forget(ADA)
        kept = await stores.courses.get("crs-1")
        assert kept is not None
        assert ADA not in kept.model_dump_json()
        assert [each.person_id for each in kept.places] == [BO]
        assert kept.attended[0].present == (BO,)
