"""Every mail and form of a programme is read in the console before anybody gets it, with its real people."""

import re

import pytest

from shared.commands.programmes import OpenProgramme
from shared.commands.templates import ChooseLeftOpen, ShowSetup
from shared.errors import Rejected
from tests.fakes.town import Town
from tests.screenshots.year import day
from tests.unit.notifications.test_previews import declared
from tests.unit.peer_visits.year import TEMPLATES, Year
from tests.unit.portal.bad_input.desks import desk, said
from tests.unit.portal.driver import read

NAMES = tuple(sorted(path.stem for path in TEMPLATES.glob("*.yaml")))
MOST_BYTES = 100_000


@pytest.fixture
async def visits():
    """Peer visits that six schools have joined."""
    year = Year()
    await year.enrol()
    return year


async def test_a_mail_is_shown_as_one_person_gets_it_and_then_as_another(visits):
    at = await desk(visits.town, "Coral Bright", "coral@x.example")
    page = await at.look(f"{visits.here}/wording")
    assert "Brief ready" in said(page)
    assert "facilitator" in said(page)
    visits.came()
    page = await at.look(f"{visits.here}/mails/mails.brief-ready.sent")
    assert "Nothing is sent, and no link in it opens anything." in said(page)
    people = dict(re.findall(r'<option value="(per-[^"]+)"[^>]*>([^<]+)<', page.text))
    chosen, name = list(people.items())[-1]
    page = await at.look(f"{visits.here}/mails/mails.brief-ready.sent?person={chosen}")
    assert f"This is how {name.split(',')[0]}" in said(page)
    assert visits.came() == []
    assert (await at.look(f"{visits.here}/mails/mails.nothing.sent")).status_code == 404
    assert (await at.look("/console/programmes/prg-no/wording")).status_code == 404


async def test_a_form_is_shown_for_a_person_of_the_first_school_and_cannot_be_sent(visits):
    at = await desk(visits.town, "Coral Bright", "coral@x.example")
    page = await at.look(f"{visits.here}/forms/brief")
    assert "What you type here is not kept, and nothing is sent." in said(page)
    assert "School 0" in said(page)
    assert [form for form in read(page).forms if "send" in form.buttons or "save" in form.buttons] == []
    assert (await at.look(f"{visits.here}/forms/nothing")).status_code == 404


@pytest.mark.parametrize("name", NAMES)
async def test_every_form_and_the_steps_of_every_template_can_be_read(name):
    town = Town(TEMPLATES, at=day(9, 7, 9))
    about = {"coordinator_name": "Coral", "coordinator_email": "coral@x.example", "name": "Ours", "year": 2026}
    programme_id = (await town.ask(OpenProgramme(template=name, draft=True, **about))).id
    at = await desk(town, "Coral Bright", "coral@x.example")
    here = f"/console/programmes/{programme_id}"
    steps = await at.look(f"{here}/steps")
    open_ = [one.setting for one in declared(name).clock.left_open]
    assert ("source leaves open" in said(steps)) == bool(open_)
    assert all(one in said(steps) for one in open_)
    forms = sorted(set(re.findall(rf'href="{here}/forms/([^"]+)"', steps.text)))
    assert forms
    for path in (f"{here}/steps", f"{here}/wording", *(f"{here}/forms/{form}" for form in forms)):
        page = await at.look(path)
        assert page.status_code == 200, path
        assert len(page.content) < MOST_BYTES, path
        assert "{" not in said(page), path


async def test_what_the_source_leaves_open_is_chosen_and_kept_with_the_programme():
    town = Town(TEMPLATES, at=day(9, 7, 9))
    about = {"coordinator_name": "Coral", "coordinator_email": "coral@x.example", "name": "Ours", "year": 2026}
    programme_id = (await town.ask(OpenProgramme(template="improvement-model", draft=True, **about))).id
    at = await desk(town, "Coral Bright", "coral@x.example")
    here = f"/console/programmes/{programme_id}/steps"
    page = await at.look(here)
    setting, default = declared("improvement-model").clock.left_open[0].model_dump().values()
    assert f"{setting} {default} default" in said(page)
    unsaid = await at.press(page, {"do": "choose:1", "how": "other", "choice": " "})
    assert (unsaid.status_code, "Write how it is done in this programme" in said(unsaid)) == (422, True)
    kept = await at.press(page, {"do": "choose:1", "how": "other", "choice": "Every  Friday"})
    assert f"{setting} Every Friday your choice" in said(kept)
    assert (await town.find(ShowSetup(programme_id=programme_id))).chosen == {setting: "Every Friday"}
    back = await at.press(kept, {"do": "choose:1", "how": "default"})
    assert f"{setting} {default} default" in said(back)
    assert (await town.find(ShowSetup(programme_id=programme_id))).chosen == {}
    with pytest.raises(Rejected, match=r"^unknown-setting: The source of 'Ours' does not leave that open, but: "):
        await town.ask(ChooseLeftOpen(programme_id=programme_id, setting="How long is a piece of string", choice="x"))
