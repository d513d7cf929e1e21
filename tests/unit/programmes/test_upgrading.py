"""A newer template for a programme that runs: what can still be taken over is, the rest is refused with its reason."""

import datetime as dt

import pytest
import yaml

from services.programmes.domain.register.words import Status
from shared.commands import programme_states as states
from shared.commands import template_upgrades as asks
from shared.commands.programmes import CloseEnrolment, EnrolSchool, OpenProgramme
from shared.commands.programmes_queries import ListProgrammes
from shared.errors import Rejected
from shared.events import programmes_parts as parts
from shared.events.forms import FormSubmitted
from shared.template.reading.document import parse
from tests.unit.programmes.made import FOLDER, entry
from tests.unit.programmes.test_memberships import details

URN = 106557
OCTOBER = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)


def part(document, section, key):
    return next(one for one in document[section] if one["key"] == key)


@pytest.fixture
def newer():
    """The template as somebody writes its next version."""
    document = parse((FOLDER / "project-exchange.yaml").read_text(encoding="utf-8")).data
    return {**document, "version": document["version"] + 1}


@pytest.fixture
async def exchange(office):
    """The exchange in October, with a school in it that has posted a project."""
    await office.stores.register.put_entries([entry(URN, status=Status.OPEN)], [])
    office.bus.clock.at = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
    opening = {"template": "project-exchange", "name": "Exchange", "year": 2026, "coordinator_name": "Coral"}
    programme_id = (await office.bus.ask(OpenProgramme(**opening, coordinator_email="c@x.example"))).id
    people = (details("headteacher", "Hed"), details("cpd-lead", "Led"))
    await office.bus.ask(EnrolSchool(programme_id=programme_id, urn=URN, people=people, strengths=(), needs=()))
    await office.bus.to(OCTOBER)
    facts = {"version": 1, "entry_id": "ent-1", "programme_id": programme_id, "form": "project", "about": "school"}
    await office.bus.tell(
        FormSubmitted(**facts, about_id=f"sch-{URN}", school_id=f"sch-{URN}", number=1, person_id="per-1")
    )
    return programme_id


def asked(kind, programme_id, document):
    return kind(programme_id=programme_id, template=yaml.safe_dump(document, allow_unicode=True), filename="next.yaml")


async def differences(office, programme_id, document):
    found = await office.find(asked(asks.CompareTemplate, programme_id, document))
    return {" ".join(filter(None, (one.section, one.key, one.field))): one.reason for one in found.differences}


async def test_nothing_differs_but_the_version(office, exchange, newer):
    assert await differences(office, exchange, newer) == {}
    with pytest.raises(Rejected, match=r"^nothing-to-apply"):
        await office.bus.ask(asked(asks.UpgradeProgramme, exchange, newer))


async def test_words_and_mails_are_taken_over_at_any_time(office, exchange, newer):
    newer["summary"] = "Said better."
    part(newer, "forms", "project")["intro"] = "In other words."
    part(newer, "forms", "project")["fields"][0]["label"] = "Its name?"
    part(newer, "mails", "project-list")["text"] = ["There are {project.count}."]
    newer["mails"].append(
        {
            "key": "well-done",
            "on": "findings.agreed",
            "to": ["practitioner"],
            "subject": "Well done",
            "text": ["It counts."],
        }
    )
    await office.bus.ask(CloseEnrolment(programme_id=exchange))

    done = await office.bus.ask(asked(asks.UpgradeProgramme, exchange, newer))

    assert done.sentence == f"'Exchange' runs by version {newer['version']}: 5 taken over."
    opened = office.of(parts.ProgrammeOpened)[-1]
    assert (opened.version, opened.state, opened.template.version) == (3, "running", newer["version"])
    assert opened.template.summary == "Said better."
    assert opened.template.form("project").intro == "In other words."
    assert [mail.key for mail in opened.template.mails] == [
        "project-list",
        "project-changes",
        "placed",
        "no-longer-placed",
        "well-done",
    ]
    assert (await office.find(ListProgrammes())).programmes[0].template_version == newer["version"]


async def test_what_has_begun_is_refused_with_its_reason(office, exchange, newer):
    moments = {one["key"]: one for one in newer["clock"]["moments"]}
    moments["posting"]["closes"] = "10-24"
    moments["circulated"]["at"] = "11-09"
    fields = part(newer, "forms", "project")["fields"]
    fields.append({"key": "why", "label": "Why now?"})
    fields.append({"key": "who", "label": "Who asks?", "required": False})
    part(newer, "forms", "nomination")["fields"].append({"key": "why", "label": "Why them?"})
    newer["roles"] = [one for one in newer["roles"] if one["key"] != "clerk"]
    newer["roles"].append({"key": "observer", "title": "observer"})
    newer["clock"]["years"] = 2
    part(newer, "tasks", "post")["due"] = "posting.closes - 2 working days"
    part(newer, "tasks", "nominate")["due"] = "nominating.closes - 2 working days"
    for activity in newer["activities"]:
        activity["optional"] = []
    for form in newer["forms"]:
        if form.get("release"):
            form["release"].pop("also", None)

    found = await differences(office, exchange, newer)

    assert found == {
        "clock years": "this stays for the whole programme, because everything else stands on it",
        "clock posting closes": "it has come",
        "clock circulated at": "",
        "roles observer": "",
        "roles clerk": "people hold roles by it",
        "activities presentation optional": "",
        "forms project.why": "entries were handed in without an answer to it",
        "forms project.who": "",
        "forms nomination.why": "",
        "forms findings release": "",
        "tasks post due": "somebody may have been asked",
        "tasks nominate due": "",
    }


async def test_a_moment_that_moved_comes_on_its_new_day_alone(office, exchange, newer):
    next(one for one in newer["clock"]["moments"] if one["key"] == "circulated")["at"] = "11-12"
    await office.bus.ask(asked(asks.UpgradeProgramme, exchange, newer))
    await office.bus.to(dt.datetime(2026, 12, 1, tzinfo=dt.UTC))

    came = [one.on for one in office.of(parts.MomentReached) if one.moment == "circulated"]
    assert came == [dt.date(2026, 11, 12)]


async def test_what_makes_no_whole_template_without_the_rest_is_refused(office, exchange, newer):
    newer["forms"].append(
        {"key": "check", "title": "Check", "by": ["helper"], "fields": [{"key": "ok", "label": "All well?"}]}
    )
    newer["roles"].append({"key": "helper", "title": "helper", "least": 1})

    with pytest.raises(Rejected, match=r"^no-whole: What can be taken over makes no whole template without the rest"):
        await office.bus.ask(asked(asks.UpgradeProgramme, exchange, newer))
    assert len(office.of(parts.ProgrammeOpened)) == 1


async def test_of_a_draft_everything_is_taken_over_and_nobody_hears_of_it(office, newer):
    opening = {"template": "project-exchange", "name": "Next", "year": 2027, "coordinator_name": "Coral"}
    opened = await office.bus.ask(OpenProgramme(**opening, coordinator_email="c@x.example", draft=True))
    newer["clock"]["years"] = 2
    newer["timezone"] = "Europe/Dublin"

    await office.bus.ask(asked(asks.UpgradeProgramme, opened.id, newer))
    assert office.of(parts.ProgrammeOpened) == []
    await office.bus.ask(states.RecruitProgramme(programme_id=opened.id))

    (told,) = office.of(parts.ProgrammeOpened)
    assert (told.version, told.template.clock.years, told.template.timezone) == (1, 2, "Europe/Dublin")


async def test_the_state_and_pauses_go_with_a_template_that_is_taken_over_in_between(office, exchange, newer):
    await office.bus.ask(states.PostponeProgramme(programme_id=exchange))
    newer["summary"] = "Said better."
    await office.bus.ask(asked(asks.UpgradeProgramme, exchange, newer))

    opened = office.of(parts.ProgrammeOpened)[-1]
    assert (opened.version, opened.state) == (3, "postponed")
    assert [(one.first, one.last) for one in opened.pauses] == [(OCTOBER.date(), None)]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"version": 1}, "^same-version: 'Exchange' runs by version {runs}; this one is version 1"),
        ({"key": "other"}, r"^other-template"),
        ({"colour": "red"}, r"^wrong-template: next.yaml, line"),
    ],
)
async def test_a_file_that_will_not_do_is_refused(office, exchange, newer, changed, rule):
    with pytest.raises(Rejected, match=rule.format(runs=newer["version"] - 1)):
        await office.find(asked(asks.CompareTemplate, exchange, {**newer, **changed}))


async def test_a_programme_in_the_language_of_0_1_0_keeps_its_template(office, programme_id, newer):
    with pytest.raises(Rejected, match=r"^old-language"):
        await office.bus.ask(asked(asks.UpgradeProgramme, programme_id, newer))
