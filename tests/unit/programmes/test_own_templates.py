"""Templates that coordinators write: every fault is said with its line, and what is right is opened from then on."""

import pytest

from services.programmes.domain.register.words import Status
from shared.commands import template_upgrades as upgrades
from shared.commands import templates as asks
from shared.commands.programmes import OpenProgramme
from shared.commands.programmes_queries import ListProgrammes, ListTemplates
from shared.errors import Rejected
from shared.events.templates import TemplateTaken, TemplateWithdrawn
from tests.fakes.programmes.office import Office
from tests.unit.programmes.made import FOLDER, entry

SHIPPED = (FOLDER / "project-exchange.yaml").read_text(encoding="utf-8")
OWN = (FOLDER.parents[2] / "tests/unit/own_template/templates/debating-league.yaml").read_text(encoding="utf-8")


def next_version(text):
    """The same template in its next version, with another title."""
    before = next(line for line in text.splitlines() if line.startswith("version:"))
    number = int(before.removeprefix("version:"))
    return text.replace(before, f"version: {number + 1}", 1).replace("\ntitle: ", "\ntitle: New ", 1), number + 1


async def sent(office, text):
    return await office.do(asks.CheckTemplate(template=text, filename="my own.yaml"))


async def opened(office, template, *, draft=False, name="Ours"):
    opening = OpenProgramme(
        template=template, name=name, year=2026, coordinator_name="Coral", coordinator_email="c@x.example", draft=draft
    )
    return (await office.do(opening)).id


async def test_every_fault_is_said_with_its_line_and_nothing_is_taken_over(office):
    wrong = OWN.replace("kind: topic,", "kind: subject,").replace("titel", "title").replace("\ntitle:", "\ntitel:", 1)
    found = await sent(office, wrong)
    lines = wrong.splitlines()
    assert [(fault.field, fault.what.split(";")[0]) for fault in found.faults if fault.field == "titel"] == [
        ("titel", "there is no field 'titel'")
    ]
    assert all(1 <= fault.line <= len(lines) for fault in found.faults)
    assert lines[next(one.line for one in found.faults if one.field == "titel") - 1].startswith("titel:")
    with pytest.raises(Rejected, match=r"^wrong-template: Line \d+, "):
        await office.do(asks.TakeTemplate(check_id=found.check_id))
    shown = await office.find(asks.ShowTemplateCheck(check_id=found.check_id))
    assert (shown.faults, shown.text) == (found.faults, wrong)


async def test_a_template_of_ones_own_is_opened_like_any_other(office):
    found = await sent(office, OWN)
    assert (found.faults, found.against, found.known, found.differences) == ((), "", None, ())
    with pytest.raises(Rejected, match=r"^unknown-template"):
        await opened(office, found.key)
    done = await office.do(asks.TakeTemplate(check_id=found.check_id))
    assert done.sentence == f"Programmes are opened from version {found.version} of '{found.key}' from now on."
    assert (await office.find(ListProgrammes(name=await opened(office, found.key)))).programmes[0].template == found.key
    listed = {row.key: row.own for row in (await office.find(ListTemplates())).rows}
    assert listed[found.key]
    assert not listed["project-exchange"]
    assert (await office.find(asks.ShowTemplateCheck(check_id=found.check_id))).taken
    kept = await office.find(asks.ShowTemplate(key=found.key))
    assert (kept.text, kept.own, kept.filename) == (OWN, True, f"{found.key}.yaml")
    (told,) = office.of(TemplateTaken)
    assert (told.template, told.version) == (found.key, found.version)


async def test_a_shipped_template_is_the_start_of_a_newer_version(office):
    assert (await office.find(asks.ShowTemplate(key="project-exchange"))).text == SHIPPED
    runs = await opened(office, "project-exchange")
    newer, number = next_version(SHIPPED)
    found = await sent(office, newer)
    assert (found.known, found.version) == (number - 1, number)
    assert [(one.section, one.field, one.applied) for one in found.differences] == [("template", "title", True)]
    done = await office.do(asks.TakeTemplate(check_id=found.check_id))
    assert done.sentence.endswith("1 programme is under way and goes on as before, until you take it over there.")
    setup = await office.find(asks.ShowSetup(programme_id=runs))
    assert (setup.template.version, setup.newest) == (number - 1, number)
    compared = await office.find(upgrades.CompareTemplate(programme_id=runs))
    assert [one.field for one in compared.differences] == ["title"]
    await office.do(upgrades.UpgradeProgramme(programme_id=runs))
    setup = await office.find(asks.ShowSetup(programme_id=runs))
    assert (setup.template.version, setup.template.title[:4]) == (number, "New ")
    with pytest.raises(Rejected, match=r"^same-version: 'Ours' runs by version"):
        await office.find(upgrades.CompareTemplate(programme_id=runs))


async def test_the_same_version_with_other_words_is_refused(office):
    found = await sent(office, SHIPPED.replace("\ntitle: ", "\ntitle: Other ", 1))
    assert found.against.endswith("Raise `version` with every change.")
    with pytest.raises(Rejected, match=r"^same-version"):
        await office.do(asks.TakeTemplate(check_id=found.check_id))
    assert (await sent(office, SHIPPED)).taken


async def test_a_later_release_with_a_higher_version_counts(tmp_path):

    file = tmp_path / "project-exchange.yaml"
    file.write_text(SHIPPED, encoding="utf-8")
    office = Office(templates_folder=tmp_path)
    newer, number = next_version(SHIPPED)
    await office.do(asks.TakeTemplate(check_id=(await sent(office, newer)).check_id))
    release, _ = next_version(next_version(SHIPPED)[0])
    file.write_text(release, encoding="utf-8")
    found = await office.find(asks.ShowTemplate(key="project-exchange"))
    assert (found.own, found.version, found.text) == (False, number + 1, release)


async def test_how_a_draft_is_set_up_is_known_to_who_writes_it(office):
    await office.stores.register.put_entries([entry(106557, status=Status.OPEN)], [])
    draft = await opened(office, "project-exchange", draft=True)
    setup = await office.find(asks.ShowSetup(programme_id=draft))
    assert (setup.stands, setup.name, setup.template.key) == ("draft", "Ours", "project-exchange")


async def test_a_programme_in_the_language_of_0_1_0_has_no_such_setup(office, programme_id):
    with pytest.raises(Rejected, match=r"^old-language"):
        await office.find(asks.ShowSetup(programme_id=programme_id))


async def test_what_is_not_kept_any_more_is_sent_again(office):
    with pytest.raises(Rejected, match=r"^unknown-check: .*Choose the file again"):
        await office.do(asks.TakeTemplate(check_id="tpc-9"))


async def test_what_was_taken_over_is_taken_back_while_no_programme_was_opened_from_it(office):
    with pytest.raises(Rejected, match=r"^not-yours"):
        await office.do(asks.WithdrawTemplate(key="project-exchange"))
    found = await sent(office, OWN)
    await office.do(asks.TakeTemplate(check_id=found.check_id))
    done = await office.do(asks.WithdrawTemplate(key=found.key))
    assert done.sentence == (
        f"Version {found.version} of '{found.key}' is taken back: no programme is opened from it any more."
    )
    (told,) = office.of(TemplateWithdrawn)
    assert (told.template, told.version) == (found.key, found.version)
    with pytest.raises(Rejected, match=r"^unknown-template"):
        await opened(office, found.key)
    await office.do(asks.TakeTemplate(check_id=found.check_id))
    await opened(office, found.key)
    with pytest.raises(Rejected, match=r"^in-use: .* was opened from it\. Send in a newer version instead"):
        await office.do(asks.WithdrawTemplate(key=found.key))


async def test_the_shipped_version_counts_again_and_those_who_run_by_it_keep_nothing_from_it(office):
    await opened(office, "project-exchange")
    newer, number = next_version(SHIPPED)
    found = await sent(office, newer)
    await office.do(asks.TakeTemplate(check_id=found.check_id))
    done = await office.do(asks.WithdrawTemplate(key="project-exchange"))
    assert done.sentence.endswith(f"They are opened from version {number - 1} again, which came with Kindred.")
    assert (await office.find(asks.ShowTemplate(key="project-exchange"))).version == number - 1
