"""A form that anybody answers by one link: opened by whom the form names, bounded, closed, begun anew, in bands."""

import json
from typing import Any

import pytest

from services.reporting.domain.counting.tables import band
from shared.commands.reports import CompileReport
from shared.commands.shared_links import (
    AnswerSharedLink,
    CloseSharedLink,
    ListSharedLinks,
    OpenSharedLink,
    ShowSharedLink,
)
from shared.errors import Rejected
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import COORDINATOR, OWN, PROGRAMME
from tests.unit.reporting.entries.harness import at_work

HEAD = exchange.person("head", OWN)
GROUPS = [{"key": "staff", "title": "Staff"}, {"key": "parents", "title": "Parents"}]
FORM: dict[str, Any] = {
    "key": "pulse", "title": "Our vision", "by": ["head"], "confidential": "counts-only", "least_shown": 3,
    "shared_link": {"groups": GROUPS, "most": 12},
    "fields": [{"key": "recall", "kind": "choice", "label": "Which is ours?", "choices": [
        {"key": "ours", "title": "Every child reads"}, {"key": "other", "title": "Excellence for all"}]}],
}  # fmt: skip
REPORT = {"key": "counts", "title": "Counts", "about": "school", "after": ["coordinator"], "to": ["head"],
          "blocks": [{"kind": "counts", "form": "pulse", "bands": [50, 95]}]}  # fmt: skip
ABOUT = {"programme_id": PROGRAMME, "form": "pulse", "about_id": OWN}


async def school():
    made = await at_work(placed=False)
    told = exchange.opened(forms=[FORM], reports=[REPORT], version=4)
    await made.tell(told.model_copy(update={"version": 2}))
    return made


async def opened(made, person=HEAD):
    return await made.ask(OpenSharedLink(**ABOUT, person_id=person))


async def answer(made, link, group="staff", recall="ours", mark=""):
    mark = mark or (await made.find(ShowSharedLink(token=link.token))).entry.mark
    command = {"token": link.token, "group": group, "mark": mark, "answers": {"recall": recall}, "veil": "v" * 32}
    return await made.ask(AnswerSharedLink.model_validate(command))


async def refused(made, command):
    with pytest.raises(Rejected) as caught:
        await made.ask(command)
    return caught.value


async def parts(made):
    await made.ask(CompileReport(programme_id=PROGRAMME, report="counts", about_id=OWN))
    return made.memory_renderer.seen[-1].parts


async def test_only_whom_the_form_names_opens_a_link():
    made = await school()
    stranger = OpenSharedLink(**ABOUT, person_id="per-x")
    assert (await refused(made, stranger)).rule == "unknown-entry"
    link = await opened(made)
    assert (link.number, link.state, link.answers, link.most) == (1, "open", 0, 12)
    assert len((await made.find(ListSharedLinks(programme_id=PROGRAMME, person_id=HEAD))).links) == 1
    assert (await made.find(ListSharedLinks(programme_id=PROGRAMME, person_id="per-x"))).links == ()


async def test_groups_stand_apart_in_bands_and_small_ones_are_left_out_of_everything():
    made = await school()
    link = await opened(made)
    for recall in ("ours", "ours", "ours", "other"):
        await answer(made, link, "staff", recall)
    await answer(made, link, "parents")
    (table,) = await parts(made)
    assert table.columns == ("Answer", "Staff")
    assert table.rows == (("Every child reads", "50% to 95%"), ("Excellence for all", "below 50%"))
    assert table.note == "Staff: four answers. Parents: not shown, because fewer than three answered."


async def test_nothing_says_who_answered():
    made = await school()
    link = await opened(made)
    before = len(made.published)
    await answer(made, link)
    assert made.published[before:] == []
    assert not [one for one in made.memory.entries.rows.values() if one.form == "pulse"]
    (sheet,) = made.memory.sheets.rows.values()
    assert HEAD not in json.dumps(sheet.model_dump(mode="json"))


async def test_a_link_that_was_posted_in_public_fills_up_and_is_begun_anew():
    made = await school()
    link = await opened(made)
    for _ in range(12):
        await answer(made, link, recall="other")
    shown = await made.find(ShowSharedLink(token=link.token))
    assert (shown.state, shown.sentence.startswith("This link has taken as many answers")) == ("full", True)
    full = AnswerSharedLink(token=link.token, group="staff", mark="m", answers={}, veil="v" * 32)
    assert (await refused(made, full)).rule == "closed"
    (row,) = (await made.find(ListSharedLinks(programme_id=PROGRAMME, state="full"))).links
    assert (row.answers, row.about, row.form_title) == (12, "Own School", "Our vision")
    fresh = await opened(made, COORDINATOR)
    assert (fresh.number, fresh.token != link.token) == (2, True)
    for _ in range(3):
        await answer(made, fresh)
    (table,) = await parts(made)
    assert table.rows[0] == ("Every child reads", "above 95%")
    assert table.note.startswith("Staff: three answers.")


async def test_a_closed_link_takes_nothing_more_and_keeps_what_was_counted():
    made = await school()
    link = await opened(made)
    await answer(made, link)
    assert (await made.ask(CloseSharedLink(**ABOUT, person_id=HEAD))).answers == 1
    with pytest.raises(Rejected, match="link is closed"):
        await answer(made, link)


async def test_only_whom_the_form_names_closes_a_link():
    made = await school()
    link = await opened(made)
    assert (await refused(made, CloseSharedLink(**ABOUT, person_id="per-x"))).rule == "unknown-entry"
    await answer(made, link)


async def test_what_is_wrong_is_said():
    made = await school()
    assert (await refused(made, CloseSharedLink(**ABOUT, person_id=HEAD))).rule == "no-link"
    link = await opened(made)
    with pytest.raises(Rejected, match="Choose which group"):
        await answer(made, link, "pupils")
    with pytest.raises(Rejected, match="Choose an answer"):
        await answer(made, link, recall="")
    with pytest.raises(Rejected, match="Read them again"):
        await answer(made, link, mark="other")
    with pytest.raises(Rejected, match="no such link"):
        await made.find(ShowSharedLink(token="x"))
    assert made.memory.sheets.rows == {}


@pytest.mark.parametrize(
    ("number", "of", "said"),
    [(0, 10, "below 50%"), (49, 100, "below 50%"), (50, 100, "50% to 95%"), (95, 100, "50% to 95%"),
     (96, 100, "above 95%")],
)  # fmt: skip
def test_bands(number, of, said):
    assert band(number, of, (50, 95)) == said
