"""A small programme of one's own making: three schools, two visit kinds, forms with and without sign-off."""

import datetime as dt

from services.tasks.domain.calendar import Calendar
from services.tasks.domain.dates import Programming
from services.tasks.domain.decisions.settling import settle
from services.tasks.domain.deeds import Evidence
from services.tasks.domain.folding import EntryEvent, after, answered, entry_after
from services.tasks.domain.happenings import happenings, moment
from services.tasks.domain.layout import Case
from services.tasks.domain.records import Programme
from shared.events import forms
from shared.events.matching import GroupChanged, GroupFormed
from shared.events.programmes import SchoolWithdrawn
from shared.events.programmes_parts import MomentReached, ProgrammeOpened, RoleLeft, RoleTaken
from shared.events.scheduling import (
    Attendee,
    InvitationAnswered,
    VisitCancelled,
    VisitHeld,
    VisitMoved,
    VisitScheduled,
)
from shared.template import Template

PROGRAMME, GROUP, VISIT = "prg-1", "grp-1", "vis-1"
SCHOOLS = ("sch-1", "sch-2", "sch-3")
OPENS = dt.date(2026, 9, 7)
"""A Monday."""
SPRING_HOLIDAY, EASTER_MONDAY = dt.date(2027, 5, 31), dt.date(2027, 3, 29)
HOLIDAYS = {SPRING_HOLIDAY, EASTER_MONDAY, dt.date(2026, 12, 25), dt.date(2026, 12, 28), dt.date(2027, 1, 1)}
CALENDAR = Calendar(HOLIDAYS.__contains__)
VISIT_DAY = dt.date(2026, 11, 12)


def head(school):
    return f"per-{school}-head"


def lead(school):
    return f"per-{school}-lead"


def task(key="note", **changes):
    given = {
        "key": key,
        "who": ["lead"],
        "do": {"form": key},
        "opens": "start",
        "due": "opened + 10 working days",
        "remind": ["due - 3 working days"],
    }
    return {**given, **changes}


def form(key="note", **changes):
    return {"key": key, "title": key, "by": ["lead"], "about": "school", **changes}


NOTE = form()


def template(*tasks, form_list=(NOTE,), **changes):
    given = {
        "key": "circle",
        "version": 1,
        "title": "Circle",
        "summary": "s",
        "roles": [{"key": "head"}, {"key": "lead"}, {"key": "pair", "of": ["head", "lead"]}],
        "relations": [{"key": "manages", "from_role": "head", "to_role": "lead"}],
        "clock": {"moments": [{"key": "start", "at": "09-07"}, {"key": "season", "opens": "09-14", "closes": "10-30"}]},
        "activities": [
            {"key": "day", "kind": "visit", "title": "Day", "who": ["pair"], "opens": "10-01", "closes": "06-30"}
        ],
        "matching": [{"key": "trios", "kind": "groups", "sizes": [3]}],
        "forms": list(form_list),
        "tasks": list(tasks),
    }
    return Template.model_validate({**given, **changes})


def opened(*tasks, version=1, **changes):
    return ProgrammeOpened(
        version=version, programme_id=PROGRAMME, name="Circle 2026", year=2026, coordinator_id="per-coordinator",
        template=template(*tasks, **changes),
    )  # fmt: skip


def role(person, key, school, since=dt.date(2026, 9, 1), **changes):
    return RoleTaken(
        version=1, membership_id=f"mem-{person[4:]}-{key}", programme_id=PROGRAMME, person_id=person, role=key,
        school_id=school, since=since, **changes,
    )  # fmt: skip


def left(person, key, school, until, successor=None):
    return RoleLeft(
        version=2, membership_id=f"mem-{person[4:]}-{key}", programme_id=PROGRAMME, person_id=person, role=key,
        school_id=school, until=until, successor_id=successor,
    )  # fmt: skip


def staff(*schools):
    return [
        taken
        for school in schools or SCHOOLS
        for taken in (role(head(school), "head", school), role(lead(school), "lead", school))
    ]


def came(moment="start", on=OPENS, state=""):
    return MomentReached(
        version=1, moment_id=f"mom-{moment}{state}", programme_id=PROGRAMME, moment=moment, state=state, on=on
    )


def entry(kind=forms.FormSubmitted, key="note", about=("school", "sch-1"), version=1, number=1, **changes):
    person = changes.pop("person_id", lead("sch-1"))
    given = {
        "version": version, "entry_id": f"ent-{key}", "programme_id": PROGRAMME, "form": key, "about": about[0],
        "about_id": about[1], "school_id": "sch-1", "number": number, "author_ids": (lead("sch-1"),),
    }  # fmt: skip
    if kind is forms.EntryWithdrawn:
        given["on"] = OPENS
    return kind(**{**given, "person_id": person, **changes})


def group(version=1, school_ids=SCHOOLS, **changes):
    given = {
        "version": version, "group_id": GROUP, "cohort_id": "coh-1", "programme_id": PROGRAMME,
        "school_ids": school_ids,
    }  # fmt: skip
    return GroupChanged(**given, **changes) if changes else GroupFormed(**given, revision=1, number=1)


def attendees(*schools):
    return tuple(
        Attendee(person_id=person(school), role="headteacher", school_id=school)
        for school in schools or SCHOOLS
        for person in (head, lead)
    )


def visit(kind=VisitScheduled, version=1, on=VISIT_DAY, sequence=0, **changes):
    if kind is VisitMoved:
        changes = {"moved_from": VISIT_DAY, "why": "decline", **changes}
    if kind is VisitCancelled:
        changes = {"why": "illness", **changes}
    return kind(
        version=version, visit_id=VISIT, cohort_id="coh-1", programme_id=PROGRAMME, group_id=GROUP, activity="day",
        host_school_id="sch-1", on=on, starts=dt.time(9), ends=dt.time(15), timezone="Europe/London",
        facilitator_id="per-facilitator", attendees=attendees(), sequence=sequence, **changes,
    )  # fmt: skip


def held(version=2, on=VISIT_DAY):
    return VisitHeld(
        version=version, visit_id=VISIT, cohort_id="coh-1", programme_id=PROGRAMME, group_id=GROUP,
        host_school_id="sch-1", on=on, facilitator_id="per-facilitator", present=attendees("sch-1", "sch-2"),
    )  # fmt: skip


def answer(person, sequence=0, version=1):
    return InvitationAnswered(
        version=version, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id=person,
        answer="accepted", via="page", sequence=sequence,
    )  # fmt: skip


def withdrawn(school="sch-1"):
    return SchoolWithdrawn(version=2, programme_id=PROGRAMME, enrolment_id=f"enr-{school}", school_id=school)


class People:
    """Who is who; the `Directory` of a test of the domain."""

    def __init__(self, *roles, relations=()):
        self.roles, self.relations = roles, relations

    def holding(self, role, school_ids):
        schools = None if school_ids is None else set(school_ids)
        return tuple(
            taken.person_id
            for taken in self.roles
            if taken.role == role and (schools is None or taken.school_id in schools)
        )

    def standing(self, relation, to_person):
        return tuple(one for named, one, to in self.relations if (named, to) == (relation, to_person))

    def stood_to(self, relation, from_person):
        return tuple(to for named, one, to in self.relations if (named, one) == (relation, from_person))

    def together(self, school_ids, kinds):
        return ()

    def of_party(self, party_id):
        return ()


class Desk:
    """One thing and its tasks, told of events one by one; the domain without stores."""

    def __init__(self, *tasks, today=OPENS, people=None, since=None, **changes):
        self.programme = Programme.model_validate(opened(*tasks, **changes).model_dump())
        self.today, self.people, self.since = today, people or People(*staff()), since or {}
        self.things, self.entries, self.answers, self.moments = {}, {}, {}, {}
        self.tasks, self.events = {}, []

    @property
    def shared(self):
        return Programming(programme=self.programme, moments=self.moments, calendar=CALENDAR, today=self.today)

    def tell(self, *events, today=None):
        """Take in facts, then settle every thing; return what was published."""
        self.today = today or self.today
        for event in events:
            self._take(event)
        before = len(self.events)
        for thing in self.things.values():
            self._settle(thing)
        return self.events[before:]

    def _take(self, event):
        if isinstance(event, MomentReached):
            self.moments[moment(event)] = event.on
        for happening in happenings(event):
            thing = after(None, happening, self.today)
            known = self.things.get(thing.thing_id)
            self.things[thing.thing_id] = after(known, happening, self.today)
        if isinstance(event, EntryEvent):
            made = entry_after(self.entries.get(event.entry_id), event, self.today)
            self.entries[event.entry_id] = made
        if isinstance(event, InvitationAnswered):
            known = self.answers.get((event.target_id, event.person_id))
            if known is None or known.version < event.version:
                self.answers[event.target_id, event.person_id] = answered(event, self.today)

    def _settle(self, thing):
        case = Case(
            thing=thing,
            entries=tuple(one for one in self.entries.values() if one.about_id == thing.about_id),
            tasks=tuple(one for one in self.tasks.values() if one.thing_id == thing.thing_id),
            since=self.since,
            known=self.people,
        )
        forms = {form.key: form for form in self.shared.template.forms}
        evidence = Evidence(entries=tuple(self.entries.values()), answers=self.answers, forms=forms)
        decision = settle(self.shared, case, evidence)
        self.tasks = {key: one for key, one in self.tasks.items() if key not in decision.dropped}
        self.tasks.update({record.task_id: record for record in decision.records})
        self.events.extend(decision.events)

    def stand(self):
        """How every task stands: (key, people) -> (state, due)."""
        return {(one.task, one.person_ids, one.about_id): (one.state, one.due) for one in self.tasks.values()}


def names(events):
    """What was published, in short: (event, people)."""
    return [(type(event).__name__, event.person_ids) for event in events]
