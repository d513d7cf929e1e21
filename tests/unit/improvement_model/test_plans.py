"""What a review of the term shows of a school: its living plan by strand, its figures by group, its extra help."""

from typing import Any

import pytest

from shared.commands.forms import EntryHistory, ListEntries, SaveDraft, SubmitEntry
from shared.commands.reports import CompileReport
from tests.unit.improvement_model.trust import Trust

AUTUMN = {
    "attendance": "93", "on-track": "70", "disadvantaged-ten": "yes", "attendance-disadvantaged": "90.5",
    "on-track-disadvantaged": "60", "send-ten": "yes", "attendance-send": "91", "on-track-send": "48",
    "looked-after-ten": "no", "attendance-looked-after": "80", "most-able-ten": "yes", "attendance-most-able": "96",
    "on-track-most-able": "92",
}  # fmt: skip
SPRING = {**AUTUMN, "attendance-disadvantaged": "92", "on-track-disadvantaged": "58", "send-ten": "no"}
HELP = {
    "disadvantaged": "yes", "started-disadvantaged": "6", "reviewed-disadvantaged": "5", "worked-disadvantaged": "3",
    "send": "yes", "started-send": "2", "reviewed-send": "2", "worked-send": "2", "looked-after": "no",
    "most-able": "no",
}  # fmt: skip


NONE = "\N{EN DASH}"


def action(what: str, heading: str, status: str = "not-started") -> dict[str, str]:
    return {
        "what": what, "owner": "headteacher", "due": "2027-07-01", "success": "All do.", "status": status,
        "heading": heading,
    }  # fmt: skip


@pytest.fixture
async def trust() -> Trust:
    return await Trust().open()


async def review(trust: Trust) -> dict[str, Any]:
    """The parts of School 100's review, compiled now, by title."""
    await trust.town.ask(
        CompileReport(programme_id=trust.programme_id, report="termly-review", about_id=trust.schools[100])
    )
    await trust.town.settle()
    return {part.title: part for part in trust.parts}


async def test_the_plan_is_a_living_document_whose_actions_stand_under_strands(trust: Trust) -> None:
    school = trust.schools[100]
    first = {"priorities": ({"text": "Reading"},), "actions": (
        action("Talk less in assemblies", "everyone"), action("Be at the gate", "visible-leadership", "done"),
        action("Paint the hall", ""),
    )}  # fmt: skip
    await trust.send("development-plan", school, "Ann", first)
    found = await trust.town.find(ListEntries(programme_id=trust.programme_id, form="development-plan"))
    (entry,) = found.entries
    later = {**first, "actions": (*first["actions"], action("Praise in public", "recognition", "under-way"))}
    mia = trust.known("Mia")
    draft = await trust.ask(
        SaveDraft, form="development-plan", about_id=school, person_id=mia, answers=later, revision=1
    )
    await trust.town.ask(SubmitEntry(entry_id=draft.entry_id, person_id=mia, revision=draft.revision))
    await trust.town.settle()
    history = await trust.town.find(EntryHistory(entry_id=entry.entry_id))
    assert [one.number for one in history.versions] == [1, 2]
    parts = await review(trust)
    plan = parts["The development plan, strand by strand"]
    assert [(one.priority, one.what, one.status) for one in plan.actions] == [
        ("Active and visible leadership", "Be at the gate", "Done"),
        ("Respect, recognition and resilience", "Praise in public", "Under way"),
        ("The needs of all", "Talk less in assemblies", "Not started"),
        ("", "Paint the hall", "Not started"),
    ]
    assert [bar.label for bar in plan.bars] == [
        "Active and visible leadership", "Respect, recognition and resilience", "The needs of all", "Other actions",
    ]  # fmt: skip


async def test_figures_by_group_stand_side_by_side_and_a_group_of_fewer_than_ten_has_none(trust: Trust) -> None:
    school = trust.schools[100]
    await trust.town.day("2026-12-01")
    await trust.send("figures", school, "Ann", AUTUMN)
    await trust.town.day("2027-03-10")
    await trust.send("figures", school, "Ann", SPRING, another="spring")
    table = (await review(trust))["Figures of the school, term by term"]
    assert table.columns == ("", "Dec 2026", "Mar 2027", "Change")
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Attendance, all pupils (%)"] == ("93", "93", "0")
    assert rows["Attendance, disadvantaged pupils (%)"] == ("90.5", "92", "+1.5")
    assert rows["On track, disadvantaged pupils (%)"] == ("60", "58", "-2")
    assert rows["On track, pupils with SEND (%)"] == ("48", NONE, "")
    assert rows["Attendance, pupils who are looked after (%)"] == (NONE, NONE, "")
    assert "fewer than ten pupils" in table.note
    kept = await trust.town.find(ListEntries(programme_id=trust.programme_id, form="figures"))
    assert kept.total == 2
    assert "'attendance-looked-after': '80'" not in trust.town.kept(), "what is not asked is not kept, either"


async def test_extra_help_is_counted_by_group(trust: Trust) -> None:
    await trust.send("interventions", trust.schools[100], "Ann", HELP)
    table = (await review(trust))["Extra help for groups, term by term"]
    rows = {row[0]: row[1] for row in table.rows}
    assert [rows[f"{how}, for disadvantaged pupils"] for how in ("Started", "Looked at again", "Worked")] == [
        "6", "5", "3",
    ]  # fmt: skip
    assert rows["Started, for pupils who are looked after"] == NONE
