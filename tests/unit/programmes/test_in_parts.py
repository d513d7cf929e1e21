"""Programmes in the language of templates: opened, enrolled in and led with roles that only the template knows."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from services.programmes.domain.clock import due_moments, reached
from services.programmes.domain.enrolment.decide import add_person, enrol, replace, withdraw
from services.programmes.domain.enrolment.form import csv_form
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.rules import broken_rules
from services.programmes.domain.enrolment.standing import Standing
from services.programmes.domain.enrolment.terms import terms_of
from services.programmes.domain.programme import close, opened
from services.programmes.domain.records import Programme
from services.programmes.domain.templates.either import read_either
from services.programmes.files.templates import TemplateFolder
from shared.commands.programmes import OpenProgramme
from shared.errors import Rejected
from shared.events import programmes_parts as parts
from shared.template import Template
from shared.template.reading import read_template
from tests.unit.programmes.made import FOLDER, ON, RELEASED, facts, ids, person, standing, wish

CIRCLE = """\
key: reading-circle
version: 1
title: Reading circle
summary: Schools read together.
roles:
  - {key: reader, title: lead reader, least: 1}
  - {key: sendco, title: SENDCo, most: 1}
  - {key: visitor, title: visiting reader, later: true}
clock:
  moments:
    - {key: recruit, opens: 09-01, closes: 09-25}
    - {key: begin, at: recruit.closes + 1 weeks}
    - {key: read, opens: note.submitted, closes: 07-01}
forms:
  - {key: note, title: Note, by: [reader], fields: [{key: visitor, kind: person, label: "Who is your guest?"}]}
tasks:
  - {key: write, who: [reader], do: {form: note}, opens: recruit.closes, due: opened + 5 working days}
"""
TEMPLATE = read_template(CIRCLE, "circle.yaml")
TERMS = terms_of(TEMPLATE)
COMMAND = OpenProgramme(
    template="reading-circle", name="Circle", year=2026, coordinator_name="C", coordinator_email="c@x.example"
)
PROGRAMME, OPENED = opened(COMMAND, TEMPLATE, "prg-1", "per-0")


def in_parts() -> Standing:
    return Standing("enrolling", TERMS, 2026, standing().known, in_parts=True)


def enrolled(*people, before=None, known=None, new_id=None):
    asked = wish(people=people, strengths=(), needs=())
    assert broken_rules(asked, in_parts()) == []
    return enrol(
        asked, in_parts(), facts=facts(), before=before, known=known or Known.of([]), new_id=new_id or ids(), on=ON
    )


def roles(events):
    return [(type(one).__name__, one.role, one.person_id) for one in events if hasattr(one, "role")]


def test_the_template_is_published_in_version_2():
    assert isinstance(OPENED, parts.ProgrammeOpened)
    assert OPENED.subject == "events.programmes.ProgrammeOpened.v2.prg-1"
    assert OPENED.template == TEMPLATE


def test_closing_is_published_in_version_2():
    _, closed = close(PROGRAMME, ["enr-1"])

    assert isinstance(closed, parts.EnrolmentClosed)


def test_days_of_the_clock_come_at_their_time():
    found = {due.key: (due.on, at) for due, at in due_moments(PROGRAMME)}

    assert found == {
        "prg-1.recruit.opens": (dt.date(2026, 9, 1), dt.datetime(2026, 9, 1, 6, tzinfo=dt.UTC)),
        "prg-1.recruit.closes": (dt.date(2026, 9, 25), dt.datetime(2026, 9, 25, 23, tzinfo=dt.UTC)),
        "prg-1.begin.at": (dt.date(2026, 10, 2), dt.datetime(2026, 10, 2, 6, tzinfo=dt.UTC)),
        "prg-1.read.closes": (dt.date(2027, 7, 1), dt.datetime(2027, 7, 1, 23, tzinfo=dt.UTC)),
    }


def test_a_moment_is_published_while_the_programme_has_it_on_that_day():
    event = reached(PROGRAMME, "begin", "", dt.date(2026, 10, 2))

    assert event is not None
    assert (event.moment, event.state, event.on) == ("begin", "", dt.date(2026, 10, 2))
    assert reached(PROGRAMME, "begin", "", dt.date(2026, 10, 3)) is None
    assert reached(PROGRAMME, "ended", "", dt.date(2026, 10, 2)) is None


def test_a_school_enrols_with_the_roles_of_the_template():
    decision = enrolled(person("reader"), person("sendco"))

    school, *taken = decision.events
    assert isinstance(school, parts.SchoolEnrolled)
    assert school.farthest_travel_km is None
    assert roles(taken) == [("RoleTaken", "reader", "per-1"), ("RoleTaken", "sendco", "per-2")]
    assert {one.since for one in taken} == {ON}


@pytest.mark.parametrize(
    ("people", "rule", "sentence"),
    [
        ((), "missing-role", "The school names no lead reader."),
        (("reader", "headteacher"), "unknown-role", "This programme has no headteacher of a school."),
        (("reader", "visitor"), "unknown-role", "This programme has no visiting reader of a school."),
    ],
)
def test_roles_are_those_of_the_template(people, rule, sentence):
    (broken,) = broken_rules(wish(people=tuple(map(person, people)), strengths=(), needs=()), in_parts())

    assert (broken.rule, broken.sentence) == (rule, sentence)


def test_who_is_no_longer_named_leaves_and_who_is_named_instead_takes_the_role():
    first = enrolled(person("reader"), person("sendco"))
    known = Known.of(first.people)

    second = enrolled(
        person("reader", email="new@school.example"), before=first.enrolment, known=known, new_id=lambda _: "per-9"
    )

    assert isinstance(second.events[0], parts.EnrolmentAmended)
    assert roles(second.events) == [
        ("RoleLeft", "reader", "per-1"),
        ("RoleLeft", "sendco", "per-2"),
        ("RoleTaken", "reader", second.enrolment.holder("reader")),
    ]
    assert second.events[1].successor_id == second.enrolment.holder("reader")
    assert second.events[3].replaces == "per-1"


def test_a_role_is_handed_over():
    first = enrolled(person("reader"))
    new = person("reader", name="New", email="new@school.example")

    after = replace(first.enrolment, PROGRAMME, new, Known.of(first.people), new_id=lambda _: "per-9", on=ON)

    assert roles(after.events) == [("RoleLeft", "reader", "per-1"), ("RoleTaken", "reader", "per-9")]


def test_a_school_that_leaves_takes_its_people_along():
    first = enrolled(person("reader"))

    gone = withdraw(first.enrolment, Known.of(first.people), ON)

    assert isinstance(gone.events[0], parts.SchoolWithdrawn)
    assert roles(gone.events) == [("RoleLeft", "reader", "per-1")]


def test_somebody_is_named_later_for_a_role_of_the_template():
    first = enrolled(person("reader"))

    added = add_person(
        first.enrolment, PROGRAMME, person("visitor"), Known.of(first.people), new_id=lambda _: "per-9", on=ON
    )

    assert roles(added.events) == [("RoleTaken", "visitor", "per-9")]
    also = add_person(
        first.enrolment, PROGRAMME, person("reader"), Known.of(first.people), new_id=lambda _: "per-9", on=ON
    )
    assert {one.aggregate_id for one in also.events}.isdisjoint(one.aggregate_id for one in first.events)
    with pytest.raises(Rejected, match="there are: lead reader, SENDCo, visiting reader"):
        add_person(first.enrolment, PROGRAMME, person("coach"), Known.of(()), new_id=lambda _: "per-9", on=ON)


def test_roles_of_a_template_stay_out_of_contact_cards():
    decision = enrolled(person("reader"))

    assert decision.people[0].card().roles == ()


def test_the_form_asks_what_the_template_asks():
    rows = list(csv.reader(io.StringIO(csv_form(TERMS).decode("utf-8-sig"))))

    assert "Lead reader name" in rows[0]
    assert "SENDCo email" in rows[0]
    assert not any(heading.startswith(("Strength", "Need")) for heading in rows[0])
    assert not any("topic" in cell for row in rows[2:] for cell in row)


def test_a_record_keeps_its_language():
    kept = Programme.model_validate(PROGRAMME.model_dump())

    assert isinstance(kept.template, Template)
    assert kept == PROGRAMME


def test_a_folder_holds_templates_of_both_languages(tmp_path: Path):
    for folder, name in ((RELEASED, "peer-visits.yaml"), (FOLDER, "project-exchange.yaml")):
        (tmp_path / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")

    templates = TemplateFolder(tmp_path)
    found = {key: type(templates.get(key)).__name__ for key in templates.names()}

    assert found == {"peer-visits": "ProgrammeTemplate", "project-exchange": "Template"}


def test_a_fault_of_the_language_is_said_as_a_template_s_fault():
    with pytest.raises(ValueError, match=r"circle\.yaml, line 6, .*did you mean 'title'"):
        read_either(CIRCLE.replace("title: lead reader", "titel: lead reader"), "circle.yaml")
