"""A programme in the language of templates over the real bus: postponed, taken up again, handed over, upgraded."""

import datetime as dt

import pytest

from services.programmes.app import build
from services.programmes.settings import ProgrammesSettings
from shared.bus import Service
from shared.commands import participation as parts
from shared.commands import programme_states as states
from shared.commands.programmes import EnrolSchool, OpenProgramme, PersonDetails, ReplacePerson
from shared.commands.programmes_queries import ListProgrammes
from shared.commands.template_upgrades import UpgradeProgramme
from shared.events import participation, programme_states, programmes_parts
from tests.waiting import until

CIRCLE = """\
key: circle
version: 1
title: Circle
summary: Schools read together.
roles:
  - {key: headteacher, title: headteacher, least: 1}
  - {key: cpd-lead, title: CPD lead, least: 1}
clock:
  moments: [{key: begin, at: DAY}]
forms: [{key: note, title: A note, by: [cpd-lead], fields: [{key: text, label: "What did you read?"}]}]
tasks:
  - {key: write, title: Write a note, who: [cpd-lead], do: {form: note}, opens: DAY, due: opened + 10 working days}
"""
URN = 106557
EVENTS = (
    programmes_parts.ProgrammeOpened,
    programme_states.ProgrammePostponed,
    programme_states.ProgrammeResumed,
    programmes_parts.RoleTaken,
    programmes_parts.RoleLeft,
    participation.ParticipationAnswered,
)


@pytest.fixture
async def heard(settings, running):
    """What another service hears."""
    facts = []

    async def hear(fact, _work):
        facts.append(fact)

    listener = Service("scheduling", settings)
    listener.projection("scheduling-test", dict.fromkeys(EVENTS, hear))
    await running(listener)
    return facts


def circle():
    """A template whose one task is asked today."""
    return CIRCLE.replace("DAY", f"{dt.datetime.now(dt.UTC):%m-%d}")


@pytest.fixture
async def programmes(settings, running, tmp_path):
    """The running service, with that template."""
    tmp_path.joinpath("circle.yaml").write_text(circle(), encoding="utf-8")
    service = build(ProgrammesSettings(**{**settings.model_dump(), "templates_folder": tmp_path}))
    await running(service)
    return service


def opening(year):
    return OpenProgramme(
        template="circle", name="Circle", year=year, coordinator_name="Coral Coordinator",
        coordinator_email="coral@kindred.example",
    )  # fmt: skip


def lead(name):
    return PersonDetails(role="cpd-lead", name=name, email=f"{name.lower()}@school.example")


async def test_a_programme_is_postponed_taken_up_again_and_upgraded(register, programmes, heard, client):
    def of(kind):
        return [one for one in heard if isinstance(one, kind)]

    today = programmes.clock.now().date()
    programme_id = (await client.ask(opening(today.year - (today.month < 9)))).id
    people = (lead("Led"), lead("Hed").model_copy(update={"role": "headteacher"}))
    await client.ask(EnrolSchool(programme_id=programme_id, urn=URN, people=people, strengths=(), needs=()))
    await client.ask(states.PostponeProgramme(programme_id=programme_id, reason="A flood."))
    await client.ask(ReplacePerson(programme_id=programme_id, urn=URN, person=lead("Next"), interim=True))
    await client.ask(states.ResumeProgramme(programme_id=programme_id))
    await until(lambda: of(programme_states.ProgrammeResumed))
    (taken,) = [one for one in of(programmes_parts.RoleTaken) if one.replaces]
    (left,) = of(programmes_parts.RoleLeft)
    assert (left.successor_id, left.person_id, taken.interim) == (taken.person_id, taken.replaces, True)
    kinds = [type(one) for one in heard if isinstance(one, programme_states.StateFacts)]
    assert kinds == [programme_states.ProgrammePostponed, programme_states.ProgrammeResumed]

    text = circle().replace("version: 1", "version: 2").replace("title: Write a note", "title: Write what you read")
    done = await client.ask(UpgradeProgramme(programme_id=programme_id, template=text))
    assert done.sentence.endswith("1 taken over.")
    answer = parts.AnswerParticipation(programme_id=programme_id, urn=URN, answer="yes")
    await client.ask(answer)
    await until(lambda: of(participation.ParticipationAnswered))
    opened = of(programmes_parts.ProgrammeOpened)
    assert [(one.version, len(one.pauses)) for one in opened] == [(1, 0), (4, 1)]
    (row,) = (await client.find(ListProgrammes())).programmes
    assert (row.stands, row.template_version) == ("recruiting", done.template_version)
