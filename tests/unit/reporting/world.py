"""A small programme as its events tell it: three schools in a group, a visit at each, a launch event."""

import datetime as dt
import json
from pathlib import Path

from services.reporting.domain.ids import findings_id
from shared.commands import reporting as asks
from shared.events.matching import GroupFormed
from shared.events.programmes import EnrolledPerson, ProgrammeOpened, SchoolEnrolled, SchoolFacts
from shared.events.scheduling import Attendee, CohortEventHeld, CohortEventScheduled, VisitHeld, VisitScheduled

EXAMPLES = Path(__file__).parents[3] / "contracts" / "examples"
PROGRAMME, COHORT, GROUP, EVENT = "prg-1", "coh-1", "grp-1", "evt-1"
NAMES = {"sch-1": "Hill School", "sch-2": "Dale School", "sch-3": "Moor School"}
FACILITATOR = "per-facilitator"
STATEMENTS = {"plan_to_use": "I plan to use something", "want_to_share": "I saw something to share"}
LAUNCH, FIRST_VISIT = dt.date(2026, 10, 8), dt.date(2026, 11, 12)
YES: dict[str, asks.Agreement] = {"plan_to_use": "agree", "want_to_share": "strongly-agree"}
NO: dict[str, asks.Agreement] = {"plan_to_use": "neither", "want_to_share": "agree"}


def head(school):
    return f"per-{school}-head"


def lead(school):
    return f"per-{school}-lead"


def at(day, hour=12):
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def _form(key, by, *fields):
    return {"key": key, "title": key, "by": by, "fields": list(fields)}


def opened(**template):
    told = json.loads((EXAMPLES / "programmes.ProgrammeOpened.v1.json").read_text(encoding="utf-8"))
    pair = ["headteacher", "senior-leader"]
    survey = [{"key": key, "label": label, "kind": "agreement"} for key, label in STATEMENTS.items()]
    told["template"]["forms"] = [
        _form("appraisal", ["facilitator"], {"key": "strengths", "label": "Strong", "kind": "lines", "longest": 500}),
        _form("take-home", pair, {"key": "learnt", "label": "Learnt"}, {"key": "will_use", "label": "Use"}),
        _form("survey", pair, *survey),
        _form("findings", pair, {"key": "summary", "label": "Summary", "longest": 50_000}),
    ]
    told["template"]["reports"] = [
        {"key": "action-plan", "title": "Findings and action plan", "after": "findings", "to": ["clerk"]},
    ]
    told["template"].update(template)
    return ProgrammeOpened.model_validate({**told, "version": 1, "programme_id": PROGRAMME})


def enrolled(school, version=1, people=None):
    people = people or {"headteacher": head(school), "senior-leader": lead(school), "clerk": f"per-{school}-clerk"}
    facts = SchoolFacts(
        school_id=school, urn=100_000 + int(school[-1]), name=NAMES[school], phase="primary",
        authority_code="383", authority="Leeds",
    )  # fmt: skip
    return SchoolEnrolled(
        version=version, programme_id=PROGRAMME, enrolment_id=f"enr-{school}", school=facts,
        people=tuple(EnrolledPerson(person_id=person, role=role) for role, person in people.items()),
        strengths=(), needs=(), farthest_travel_km=30,
    )  # fmt: skip


def group_formed():
    return GroupFormed(
        version=1, group_id=GROUP, cohort_id=COHORT, programme_id=PROGRAMME, revision=1, number=1,
        school_ids=tuple(NAMES),
    )  # fmt: skip


def attendees():
    return tuple(
        Attendee(person_id=person(school), role=role, school_id=school)
        for school in NAMES
        for person, role in ((head, "headteacher"), (lead, "senior-leader"))
    )


def visit_scheduled(number=1, version=1, kind=VisitScheduled, **more):
    return kind(
        version=version, visit_id=f"vis-{number}", cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP,
        activity="visit", host_school_id=f"sch-{number}", on=FIRST_VISIT + dt.timedelta(days=28 * (number - 1)),
        starts=dt.time(9), ends=dt.time(15), timezone="Europe/London", facilitator_id=FACILITATOR,
        attendees=attendees(), **more,
    )  # fmt: skip


def visit_held(number=1, version=2, present=None):
    planned = visit_scheduled(number)
    return VisitHeld(
        version=version, visit_id=planned.visit_id, cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP,
        host_school_id=planned.host_school_id, on=planned.on, facilitator_id=FACILITATOR,
        present=attendees() if present is None else present,
    )  # fmt: skip


def event_scheduled():
    return CohortEventScheduled(
        version=1, event_id=EVENT, cohort_id=COHORT, programme_id=PROGRAMME, activity="launch", title="Launch event",
        on=LAUNCH, starts=dt.time(9), ends=dt.time(12), timezone="Europe/London", attendees=attendees(),
    )  # fmt: skip


def event_held():
    return CohortEventHeld(
        version=2, event_id=EVENT, cohort_id=COHORT, programme_id=PROGRAMME, activity="launch", on=LAUNCH,
        present=attendees(),
    )  # fmt: skip


def everything():
    """All that is told by the end of the visits."""
    return [
        opened(), *map(enrolled, NAMES), group_formed(), event_scheduled(),
        *map(visit_scheduled, (1, 2, 3)), event_held(), *map(visit_held, (1, 2, 3)),
    ]  # fmt: skip


def submit_findings(school="sch-1", person=None, **changes):
    given = {
        "programme_id": PROGRAMME, "cohort_id": COHORT, "school_id": school, "person_id": person or head(school),
        "summary": "A good year.",
        "findings": (asks.Finding(title="Reading", detail="It works.", evidence=("12 lessons",)),),
        "actions": (
            asks.PlannedAction(what="Read daily", owner="Head", due=dt.date(2027, 7, 16), success="All read"),
            asks.PlannedAction(what="Call home", owner="Office", due=dt.date(2027, 9, 30), success="Calls made"),
        ),
    }  # fmt: skip
    return asks.SubmitFindings(**{**given, **changes})


def submit_appraisal(visit="vis-1", person=FACILITATOR, **changes):
    given = {
        "strengths": ("Reading is strong.",), "develop": ("Questioning.",), "next_steps": ("Visit Dale.",),
        "evidence": ("8 lessons",),
    }  # fmt: skip
    return asks.SubmitAppraisal(visit_id=visit, person_id=person, **{**given, **changes})


def answer_survey(person, target="vis-1", kind="visit", answers=YES):
    return asks.AnswerSurvey(target_id=target, target_kind=kind, person_id=person, answers=answers)


FINDINGS = findings_id(COHORT, "sch-1", None)
