"""A small exchange as its events tell it: a practitioner of one school is placed to a project of another.

The template is of these tests only: it uses every kind of question and every way in which an entry goes on.
"""

import datetime as dt
from typing import Any

from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed
from shared.events.programmes import SchoolFacts
from shared.events.programmes_parts import ProgrammeOpened, RelationDeclared, RoleLeft, RoleTaken, SchoolEnrolled
from shared.template import Template
from shared.template.pauses import Pause

PROGRAMME, MATCH, COORDINATOR = "prg-1", "mat-1", "per-coordinator"
OWN, HOST = "sch-own", "sch-host"
VISITOR, MANAGER = "per-visitor", "per-manager"
ROLES = ("head", "lead", "governor")
SEPTEMBER = dt.date(2026, 9, 1)
NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)


def person(role, school):
    return f"per-{role}-{school.removeprefix('sch-')}"


HOST_LEAD, HOST_HEAD, OWN_LEAD = person("lead", HOST), person("head", HOST), person("lead", OWN)

FORMS: list[dict[str, Any]] = [
    {
        "key": "project", "title": "Your project", "by": ["lead"], "many": True, "versioned": True,
        "fields": [
            {"key": "topic", "kind": "topic", "label": "Topic", "told": True},
            {"key": "need", "label": "What is needed?", "longest": 500},
            {"key": "steps", "kind": "lines", "label": "Steps", "columns": ["whom"], "required": False, "most": 3},
            {"key": "done_by", "kind": "day", "label": "Done by", "told": True},
            {"key": "governors", "kind": "yes-no", "label": "Should governors get the report?", "told": True},
        ],
        "rules": [
            {"rule": "achievable-by", "field": "done_by", "needs": {"agree": "10 working days", "visit": "3 weeks"}},
        ],
        "readers": ["cohort.lead"],
    },
    {
        "key": "nomination", "title": "Nomination", "by": ["lead"], "about": "practitioner", "together": True,
        "fields": [
            {"key": "wishes", "kind": "rank", "label": "Wishes", "of": "project", "most": 2, "told": True},
            {"key": "skills", "kind": "several", "label": "Skills", "of": "skills", "least": 1, "told": True},
            {"key": "days", "kind": "number", "label": "Days", "least": 1, "most": 5, "told": True},
            {"key": "contact", "kind": "person", "label": "Contact", "required": False},
        ],
    },
    {
        "key": "consent", "title": "Consent", "about": "nomination",
        "by": ["nomination.author", "practitioner.manager"],
        "fields": [{"key": "agree", "kind": "yes-no", "label": "Agree?", "told": True}],
    },
    {
        "key": "naming", "title": "A colleague", "by": ["own.lead"], "about": "practitioner", "many": True,
        "fields": [{"key": "who", "kind": "person"}, {"key": "manager", "kind": "person", "required": False}],
    },
    {
        "key": "agreement", "title": "Agreement", "by": ["practitioner", "practitioner.manager"], "about": "naming",
        "fields": [{"key": "agree", "kind": "yes-no", "told": True}],
    },
    {
        "key": "note", "title": "Evidence note", "by": ["practitioner"], "about": "match", "many": True,
        "fields": [{"key": "seen", "label": "What did you see?"}],
    },
    {
        "key": "findings", "title": "Findings", "by": ["practitioner"], "about": "match", "findings": True,
        "fields": [
            {"key": "summary", "label": "Summary", "longest": 300},
            {"key": "found", "kind": "evidence", "label": "Findings", "source": "note"},
            {"key": "plan", "kind": "actions", "label": "Plan", "required": False},
        ],
        "sign_off": {"by": "host.lead", "silent_working_days": 10},
        "release": {
            "by": "host.head", "to": ["host.head", "host.lead"],
            "also": [{"when": {"field": "project.governors"}, "people": ["host.governor"]}],
        },
    },
    {
        "key": "wanted", "title": "What you want to see", "by": ["practitioner"], "about": "match",
        "fields": [{"key": "wanted", "kind": "lines", "label": "What?", "columns": ["whom"]}],
        "answered": {
            "by": "host.lead",
            "outcomes": [
                {"key": "arranged", "title": "Arranged"}, {"key": "sent", "title": "Sent"},
                {"key": "not-possible", "title": "Not possible", "because": True},
            ],
        },
    },
    {
        "key": "late", "title": "Late", "by": ["lead"], "after": "begin",
        "fields": [{"key": "said", "label": "What?"}],
    },
    {
        "key": "after", "title": "Afterwards", "by": ["practitioner"], "about": "match", "after": "findings.agreed",
        "fields": [{"key": "said", "label": "What?"}],
    },
    {
        "key": "notes", "title": "Notes for visitors", "by": ["lead"], "kept": True,
        "fields": [{"key": "arrival", "label": "Where?"}],
    },
    {
        "key": "progress", "title": "How it stands", "by": ["plan.owner"], "about": "action",
        "fields": [
            {"key": "status", "kind": "choice", "label": "How?", "told": True,
             "choices": [{"key": "under-way", "title": "Under way"}, {"key": "done", "title": "Done"}]},
        ],
    },
    {
        "key": "plan", "title": "School plan", "by": ["head", "lead"], "together": True,
        "fields": [
            {"key": "aim", "label": "Aim"},
            {"key": "how", "label": "How"},
            {"key": "help", "kind": "yes-no", "label": "Do you need help?"},
            {"key": "which", "label": "Which help?", "shown_if": {"field": "help"}},
        ],
    },
    {
        "key": "reflection", "title": "Reflection", "by": ["practitioner"], "about": "match",
        "readers": ["practitioner.manager"],
        "fields": [
            {"key": "aims", "kind": "several", "label": "Aims", "of": "skills"},
            {"key": "gained", "kind": "level", "label": "Gained", "of": "aims"},
        ],
        "release": {"to": ["practitioner.manager"]},
    },
    {
        "key": "pulse", "title": "Pulse", "by": ["head", "lead"], "confidential": "counts-only", "least_shown": 3,
        "fields": [{"key": "mood", "kind": "choice", "label": "Mood",
                    "choices": [{"key": "good", "title": "Good"}, {"key": "bad", "title": "Bad"}]}],
    },
]  # fmt: skip


REPORTS: list[dict[str, Any]] = [
    {
        "key": "plan-report", "title": "Findings and plan", "about": "match", "after": ["findings.agreed"],
        "release_of": "findings",
        "blocks": [
            {"kind": "summary", "form": "findings", "field": "summary"},
            {"kind": "evidence", "title": "What was found", "form": "findings", "field": "found"},
            {"kind": "actions", "title": "What follows", "form": "findings", "field": "plan"},
        ],
    },
    {
        "key": "record", "title": "Record", "about": "practitioner", "after": ["day.held", "ended"],
        "to": ["practitioner"],
        "blocks": [
            {"kind": "certificate"},
            {"kind": "lines", "title": "Aimed at", "form": "reflection", "field": "aims"},
            {"kind": "lines", "title": "Gained", "form": "reflection", "field": "gained"},
            {"kind": "attendance", "title": "Days", "activity": "day"},
        ],
    },
    {
        "key": "change", "title": "What has changed", "about": "cohort", "after": ["coordinator"],
        "to": ["coordinator"],
        "blocks": [
            {"kind": "actions-by-status", "form": "findings", "field": "plan"}, {"kind": "ledger"},
        ],
    },
    {
        "key": "about", "title": "About the exchange", "about": "programme", "after": ["coordinator"], "public": True,
        "blocks": [
            {"kind": "text", "title": "What it is", "text": ["A colleague visits.", "Somebody visits you."]},
            {"kind": "dates", "title": "The year"},
            {"kind": "attendance", "title": "Visits", "activity": "day"},
        ],
    },
]  # fmt: skip
CLOCK = {
    "moments": [
        {"key": "begin", "title": "It begins", "at": "10-01"},
        {"key": "join", "title": "Schools join", "opens": "09-01", "closes": "09-30"},
    ]
}
DAY = {"key": "day", "kind": "agreed-visit", "title": "Visit to the host", "who": ["practitioner"], "at": "host",
       "opens": "09-01", "closes": "05-28"}  # fmt: skip


def template(**more):
    given = {
        "key": "sample-exchange", "version": 3, "title": "Exchange", "summary": "For tests.",
        "clock": CLOCK, "activities": [DAY], "reports": REPORTS,
        "roles": [
            *({"key": role} for role in ROLES), {"key": "practitioner"}, {"key": "manager"},
        ],
        "relations": [{"key": "manages", "from_role": "manager", "to_role": "practitioner"}],
        "lists": [
            {"key": "topics", "entries": [{"key": "reading", "title": "Reading"}, {"key": "maths", "title": "Maths"}]},
            {"key": "skills", "entries": [{"key": "lead", "title": "Leading"}, {"key": "hear", "title": "Listening"}]},
        ],
        "forms": FORMS,
    }  # fmt: skip
    return Template.model_validate({**given, **more})


def opened(**more):
    return ProgrammeOpened(
        version=1, programme_id=PROGRAMME, name="Exchange 2026", year=2026, coordinator_id=COORDINATOR,
        template=template(**more),
    )  # fmt: skip


def paused(on, **more):
    """The programme stands still from that day on; `more` is what its template has instead."""
    pauses = (Pause(first=on),)
    known = opened(**more).model_copy(update={"version": 2})
    return known, ProgrammePostponed(version=3, programme_id=PROGRAMME, state="postponed", on=on, pauses=pauses)


def resumed(postponed_on, on):
    facts = {"programme_id": PROGRAMME, "state": "running", "on": on, "postponed_on": postponed_on}
    return ProgrammeResumed.model_validate({**facts, "version": 4, "pauses": (Pause(first=postponed_on, last=on),)})


def enrolled(school, name):
    facts = SchoolFacts(
        school_id=school, urn=100_001 if school == OWN else 100_002, name=name, phase="primary", authority_code="383",
        authority="Leeds",
    )  # fmt: skip
    return SchoolEnrolled(
        version=1, programme_id=PROGRAMME, enrolment_id=f"enr-{school}", school=facts, farthest_travel_km=30
    )


def role_taken(person_id, role, school, **more):
    given = {
        "version": 1, "membership_id": f"mem-{person_id}-{role}", "programme_id": PROGRAMME, "person_id": person_id,
        "role": role, "school_id": school, "since": SEPTEMBER,
    }  # fmt: skip
    return RoleTaken.model_validate({**given, **more})


def role_left(person_id, role, school, until):
    return RoleLeft(
        version=2, membership_id=f"mem-{person_id}-{role}", programme_id=PROGRAMME, person_id=person_id, role=role,
        school_id=school, until=until,
    )  # fmt: skip


def managed():
    return RelationDeclared(
        version=1, relation_id="rel-1", programme_id=PROGRAMME, relation="manages", from_person=MANAGER,
        to_person=VISITOR,
    )  # fmt: skip


def placed(match=MATCH, kind=PersonPlaced, version=1, **more):
    given = {
        "version": version, "match_id": match, "programme_id": PROGRAMME, "round": "exchange", "cohort_id": "coh-1",
        "person_id": VISITOR, "role": "practitioner", "school_id": OWN, "host_school_id": HOST,
    }  # fmt: skip
    return kind.model_validate({**given, **more})


def placement_ended(match=MATCH):
    return placed(match, PlacementEnded, version=2)


def everything():
    """All that is told before anybody fills in a form."""
    people = [role_taken(person(role, school), role, school) for school in (OWN, HOST) for role in ROLES]
    return [
        opened(), enrolled(OWN, "Own School"), enrolled(HOST, "Host School"), *people,
        role_taken(VISITOR, "practitioner", OWN), role_taken(MANAGER, "manager", OWN), managed(),
    ]  # fmt: skip
