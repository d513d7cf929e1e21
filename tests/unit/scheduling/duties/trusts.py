"""A trust: schools with heads and executive heads, as the domain of duties sees it."""

import datetime as dt

from services.scheduling.domain.agreed.records import EngineProgramme
from services.scheduling.domain.calendars.term_dates import calendar
from services.scheduling.domain.duties.batches import changed
from services.scheduling.domain.duties.lines import Around, lines
from services.scheduling.domain.duties.places import Places
from services.scheduling.domain.duties.records import TRUST
from services.scheduling.domain.duties.years import SchoolYear, TermYear
from services.scheduling.planner.horizon import Horizon
from shared.roster import Membership, Relationship, RoleDirectory
from shared.template.activities import Activity
from shared.template.clock import Clock
from shared.template.people import Relation, Role
from shared.template.template import Listed, Template
from tests.unit.scheduling.world import SHIPPED

SEPTEMBER = dt.date(2026, 9, 1)
PROGRAMME = "prg-t"
HORIZON = Horizon.over(dt.date(2026, 8, 1), dt.date(2027, 7, 31), SHIPPED.bank_holidays)


def duty(key, who, cadence, *, tick="weekly", **settings):
    return Activity(key=key, kind="duty", title=key, who=tuple(who), cadence=cadence, tick=tick, **settings)


def template(*activities):
    return Template(
        key="trust",
        version=1,
        title="Trust",
        summary="A trust.",
        clock=Clock(),
        roles=(
            Role(key="chief", at="programme"),
            Role(key="executive-head", at="programme"),
            Role(key="headteacher"),
            Role(key="middle-leader"),
        ),
        relations=(
            Relation(key="leads", from_role="executive-head", to_role="headteacher"),
            Relation(key="oversees", from_role="chief", to_role="executive-head"),
        ),
        lists=(Listed.model_validate({"key": "strands", "entries": [{"key": "first", "title": "First"}]}),),
        activities=activities,
    )


class Trust:
    """Who is who in it; `at` lays it out as of a day, and what came of it is known the next time."""

    def __init__(self, *activities):
        self.programme = EngineProgramme(
            programme_id=PROGRAMME, year=2026, coordinator_id="per-c", template=template(*activities), version=1
        )
        self.members, self.relations, self.categories = [], [], {}
        self.authorities, self.closed, self.away = {}, {}, {}
        self.duties = {}

    def school(self, school_id, authority="373", closed=()):
        self.authorities[school_id] = authority
        self.closed[school_id] = frozenset(closed)

    def takes(self, person, role, school_id=None, since=SEPTEMBER, replaces=None):
        self.members.append(
            Membership(
                membership_id=f"mem-{len(self.members)}", programme_id=PROGRAMME, person_id=person, role=role,
                school_id=school_id, since=since, replaces=replaces, version=1,
            )
        )  # fmt: skip

    def leaves(self, person, until):
        self.members = [
            one.model_copy(update={"until": until}) if one.person_id == person else one for one in self.members
        ]

    def leads(self, leader, person, relation="leads"):
        self.relations.append(
            Relationship(
                relation_id=f"rel-{len(self.relations)}", programme_id=PROGRAMME, relation=relation,
                from_person=leader, to_person=person, version=1,
            )
        )  # fmt: skip

    def year(self, school_id):
        terms = SHIPPED.of(self.authorities.get(school_id, "373"))
        days = [day for day in terms.days if dt.date(2026, 8, 1) <= day < dt.date(2027, 8, 1)]
        own = TermYear(calendar(terms.authority, terms.source, days), HORIZON)
        return SchoolYear(own, self.closed.get(school_id, ()))

    def at(self, today=SEPTEMBER):
        known = RoleDirectory(self.members, self.relations, today)
        around = Around(
            programme=self.programme, members=self.members, known=known, today=today, categories=self.categories
        )
        schools = [TRUST, *self.authorities]
        wanted = lines(around, 2026, schools)
        years = {school: self.year(school) for school in schools}
        away = {person: HORIZON.mask(days) for person, days in self.away.items()}
        for one in changed(wanted, list(self.duties.values()), years, Places(away), today):
            self.duties[one.duty_id] = one
        return self

    def of(self, activity, school_id=None, person=None):
        """The duties of that kind, by school."""
        found = [one for one in self.duties.values() if one.activity == activity]
        found = [one for one in found if school_id in {None, one.school_id}]
        return sorted((one for one in found if person is None or person in one.people), key=lambda one: one.school_id)

    def one(self, activity, school_id=None, person=None):
        (found,) = self.of(activity, school_id, person)
        return found
