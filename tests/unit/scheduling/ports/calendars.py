"""Imported calendar data over what comes with Kindred, and days off."""

import datetime as dt

from services.scheduling.domain.calendars.inspections import Inspections
from services.scheduling.domain.calendars.records import AuthorityCalendar, ExamWindow, ExamYear, HolidayYear
from services.scheduling.ports.stores import Stores
from shared.events.base import DateSpan
from tests.unit.scheduling.ports.records import ADA, BO, MONDAY, TUESDAY, WEDNESDAY
from tests.unit.scheduling.world import SHIPPED


def terms(code, *days):
    return AuthorityCalendar(authority_code=code, source="a file", days=days)


class CalendarsContract:
    async def test_imported_terms_take_the_place_of_those_that_come_with_kindred(self, stores: Stores):
        assert await stores.calendars.in_force() == SHIPPED
        for each in (terms("373", MONDAY), terms("373", MONDAY, TUESDAY), terms("380", WEDNESDAY)):
            await stores.calendars.put(each)
        found = await stores.calendars.in_force()
        assert found.of("373").days == {MONDAY, TUESDAY}
        assert (found.of("380").source, found.of("380").generated) == ("a file", False)
        assert found.of("999") == SHIPPED.default
        some = await stores.calendars.in_force(["380"])
        assert some.of("380").days == {WEDNESDAY}
        assert some.of("373") == SHIPPED.of("373")

    async def test_imported_years_of_exams_and_holidays_replace_their_own_only(self, stores: Stores):
        window = ExamWindow(first=MONDAY, last=TUESDAY, phases=("primary",))
        await stores.calendars.put_exams([ExamYear(year=2026, source="", windows=(window,))])
        await stores.calendars.put_holidays([HolidayYear(year=2027, source="", days=(dt.date(2027, 5, 7),))])
        found = await stores.calendars.in_force(())
        first, last = dt.date(2026, 9, 1), dt.date(2027, 8, 1)
        of_year = {day for days in found.exams.values() for day in days if first <= day < last}
        assert of_year == {MONDAY, TUESDAY}
        assert {day for day in found.bank_holidays if day.year == 2027} == {dt.date(2027, 5, 7)}
        assert {day for day in found.bank_holidays if day.year != 2027} == {
            day for day in SHIPPED.bank_holidays if day.year != 2027
        }


class DaysOffContract:
    async def test_closures_and_days_ruled_out_add_up(self, stores: Stores):
        off = stores.days_off
        for days in ([TUESDAY], [MONDAY, TUESDAY], []):
            await off.close("sch-1", days)
            await off.rule_out(ADA, days)
        await off.close("sch-2", [])
        await off.rule_out(BO, [WEDNESDAY])
        assert await off.closures(["sch-1", "sch-2", "sch-3"]) == {"sch-1": [MONDAY, TUESDAY]}
        assert await off.ruled_out([ADA, BO, "per-new"]) == {ADA: [MONDAY, TUESDAY], BO: [WEDNESDAY]}

    async def test_of_who_is_forgotten_no_day_is_kept(self, stores: Stores):
        for one in (ADA, BO):
            await stores.days_off.rule_out(one, [MONDAY])
        await stores.days_off.forget(ADA)
        assert await stores.days_off.ruled_out([ADA, BO]) == {BO: [MONDAY]}

    async def test_days_of_inspections_are_closed_as_long_as_they_stand(self, stores: Stores):
        off = stores.days_off
        tuesday = DateSpan(first=TUESDAY, last=TUESDAY)
        kept = Inspections(school_id="sch-1", windows=(tuesday,), version=1)
        await off.close("sch-1", [MONDAY])
        await off.put_inspections(kept)
        assert await off.closures(["sch-1", "sch-2"]) == {"sch-1": [MONDAY, TUESDAY]}
        assert await off.inspections(["sch-1", "sch-2"]) == {"sch-1": kept}
        assert await off.inspected_from(TUESDAY) == [kept]
        assert await off.inspected_from(WEDNESDAY) == []
        gone = Inspections(school_id="sch-1", version=2)
        await off.put_inspections(gone)
        assert await off.closures(["sch-1"]) == {"sch-1": [MONDAY]}
        assert await off.inspections(["sch-1"]) == {"sch-1": gone}
        assert await off.inspected_from(MONDAY) == []
