"""Queries about days that people agree."""

import datetime as dt
from collections.abc import Callable

from services.scheduling.domain.agreed.days import ENDS, STARTS
from services.scheduling.domain.agreed.records import Arrangement, VisitDay
from services.scheduling.domain.agreed.setting import Setting, common, turn
from services.scheduling.handlers.agreed.commands import UNKNOWN, found, found_with
from services.scheduling.handlers.agreed.loading import Arranging
from services.scheduling.ports.stores import Stores
from shared.commands.agreed_visits import (
    AgreedVisitRow,
    ArrangementDetail,
    ArrangementRow,
    ArrangementRows,
    DeclinedRow,
    InvitedRow,
    ListDays,
    PartyRow,
    ShowDays,
)

__all__ = ["AgreedQueries"]


class AgreedQueries:
    """One method a query."""

    def __init__(self, stores: Stores, arranging: Arranging, now: Callable[[], dt.datetime]) -> None:
        self._stores, self._arranging, self._now = stores, arranging, now

    async def show(self, query: ShowDays) -> ArrangementDetail:
        """One arrangement, as one of its people sees it."""
        record = await self._found(query)
        setting = await self._arranging.setting(record, self._now())
        invited = {one.person_id for one in setting.invited}
        invited |= {person for day in record.visits for person in day.people}
        if query.person_id and query.person_id not in invited and not setting.takes_part(query.person_id):
            raise UNKNOWN
        host = await self._stores.engine.school(record.programme_id, record.host_school_id)
        detail = _detail(record, setting, query.person_id, host.name if host else "")
        return _own(detail, query.person_id) if query.person_id else detail

    async def list(self, query: ListDays) -> ArrangementRows:
        """A page of arrangements."""
        total, shown = await self._stores.arrangements.page(query)
        hosts = await self._stores.engine.schools(query.programme_id, {one.host_school_id for one in shown})
        names = {school_id: host.name for school_id, host in hosts.items()}
        rows = [await self._row(one, names.get(one.host_school_id, "")) for one in shown]
        return ArrangementRows(total=total, arrangements=tuple(rows))

    async def _found(self, query: ShowDays) -> Arrangement:
        if query.visit_id:
            return await found_with(self._stores, query.visit_id)
        return await found(self._stores, query.match_id, query.activity)

    async def _row(self, record: Arrangement, host: str) -> ArrangementRow:
        setting = await self._arranging.setting(record, self._now())
        shared = record.model_dump(
            include={"arrangement_id", "programme_id", "activity", "match_id", "host_school_id", "school_id", "needed"}
        )
        return ArrangementRow(
            **shared,
            host=host,
            person_id=record.person_id,
            state=record.state,
            waiting_for=turn(record, setting) if record.opened else (),
            declined=bool(record.declined),
            visits=tuple(_visit(day) for day in record.visits),
        )


def _detail(record: Arrangement, setting: Setting, person: str, host: str) -> ArrangementDetail:
    activity, template = setting.activity, setting.programme.template
    days = {party: _days(record, party.people, setting.today) for party in setting.parties}
    own = record.model_dump(
        include={
            "arrangement_id", "programme_id", "activity", "kind", "match_id", "host_school_id", "school_id", "needed",
            "because", "first", "last",
        }
    )  # fmt: skip
    return ArrangementDetail(
        **own,
        title=activity.title,
        purpose=activity.purpose,
        host=host,
        state=record.state,
        most=activity.most,
        timezone=template.timezone,
        starts=activity.starts or STARTS,
        ends=activity.ends or ENDS,
        doings={one.key: one.title for one in activity.doings},
        hold_working_days=activity.hold_working_days,
        parties=tuple(PartyRow(who=one.who, person_ids=one.people, days=days[one]) for one in setting.parties),
        waiting_for=turn(record, setting) if record.opened else (),
        free=_free(record, setting, person),
        common=common(record, setting, person),
        visits=tuple(_visit(day) for day in record.visits),
        declined=tuple(DeclinedRow(**one.model_dump()) for one in record.declined),
    )


def _own(detail: ArrangementDetail, person: str) -> ArrangementDetail:
    """As one of its people sees it: without what others wrote to the coordinator, and who else was missing."""
    days = (
        day.model_copy(update={"absent": tuple(one for one in day.absent if one == person)}) for day in detail.visits
    )
    declined = tuple(one for one in detail.declined if one.person_id == person)
    return detail.model_copy(update={"declined": declined, "visits": tuple(days)})


def _free(record: Arrangement, setting: Setting, person: str) -> tuple[dt.date, ...]:
    """The days to choose from: without those agreed, and those on which whoever asks is somewhere else."""
    host, agreed = record.host_school_id, {one.on for one in record.standing}
    every = setting.free_days(host) if not record.closed else ()
    return tuple(day for day in every if day not in agreed and (not person or setting.can(person, day, host)))


def _days(record: Arrangement, people: tuple[str, ...], today: dt.date) -> tuple[dt.date, ...]:
    return tuple(sorted({one.on for one in record.suits if one.person_id in people and one.on > today}))


def _visit(day: VisitDay) -> AgreedVisitRow:
    fields = day.model_dump(
        include={"visit_id", "number", "on", "starts", "ends", "doings", "state", "sequence", "absent", "words"}
    )
    return AgreedVisitRow(**fields, attendees=tuple(InvitedRow(**one.model_dump()) for one in day.attendees))
