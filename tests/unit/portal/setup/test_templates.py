"""A coordinator brings a template of their own in: put right on the page, taken over, opened; a newer one applied."""

import pytest

from services.portal.domain.template_text import MOST, corrected, passages
from shared.commands.programmes import OpenProgramme
from shared.commands.programmes_queries import ListProgrammes
from shared.commands.templates import ShowSetup, TemplateFault
from tests.fakes.town import Town
from tests.screenshots.year import day
from tests.unit.peer_visits.year import TEMPLATES
from tests.unit.portal.bad_input.desks import desk, said
from tests.unit.portal.driver import read

HERE = "/console/templates"
SHIPPED = (TEMPLATES / "project-exchange.yaml").read_text(encoding="utf-8")
NUMBER = int(SHIPPED.split("\nversion: ")[1].split("\n")[0])


@pytest.fixture
async def town():
    return Town(TEMPLATES, at=day(9, 7, 9))


@pytest.fixture
async def at(town):
    return await desk(town, "Coral Bright", "coral@x.example")


async def sent(at, text, name="ours.yaml"):
    content = text if isinstance(text, bytes) else text.encode()
    return await at.press(await at.look(HERE), {"do": "check"}, file=(name, content))


async def opened(town, **more):
    about = {"coordinator_name": "Coral", "coordinator_email": "coral@x.example", "name": "Ours", "year": 2026}
    return (await town.ask(OpenProgramme(template="project-exchange", **about, **more))).id


def own(text=SHIPPED):
    return text.replace("key: project-exchange\n", "key: our-own\n", 1).replace(
        "title: Project exchange", "title: Our own", 1
    )


async def put_right(at, page, wrong, right):
    """Type the word as it should be into the lines that the page shows, and have it checked again."""
    form = next(one for one in read(page).forms if "check" in one.buttons)
    typed = {name: text.replace(wrong, right) for name, text in form.fields.items() if name.startswith("lines-")}
    return await at.press(page, {"do": "check", **typed})


async def test_a_template_of_ones_own_is_put_right_on_the_page_and_opened(town, at):
    wrong = own().replace("\nsummary: >-", "\nsumary: >-", 1).replace("kind: placements", "kind: placments", 1)
    page = await sent(at, wrong)
    assert read(page).h1 == "2 to put right"
    line = wrong.split("\n").index("sumary: >-") + 1
    assert f"Line {line} , sumary : there is no field 'sumary'; did you mean 'summary'?" in said(page)
    page = await put_right(at, page, "sumary", "summary")
    assert "there is no kind 'placments'" in said(page)
    page = await put_right(at, page, "placments", "placements")
    assert read(page).h1 == f"Our own, version {NUMBER}"
    assert "It has not been taken over yet." in said(page)
    page = await at.press(page, {"do": "take"})
    assert "Programmes are opened from version" in said(page)
    assert "yours" in said(page)
    form = await at.look("/console/programmes/open")
    assert "our-own" in form.text
    kept = await at.look(f"{HERE}/our-own.yaml")
    assert kept.text == own()


async def test_a_shipped_template_is_the_start_and_what_it_changes_is_shown_and_applied(town, at):
    runs = await opened(town)
    start = await at.look(f"{HERE}/project-exchange.yaml")
    assert (start.text, start.headers["content-disposition"]) == (
        SHIPPED, 'attachment; filename="project-exchange.yaml"',
    )  # fmt: skip
    newer = start.text.replace(f"version: {NUMBER}", f"version: {NUMBER + 1}", 1).replace(
        "title: Topics", "title: Themes"
    )
    page = await sent(at, newer)
    assert f"What is different from version {NUMBER}" in said(page)
    assert "Topics" in said(page)
    assert "Themes" in said(page)
    page = await at.press(page, {"do": "take"})
    assert f"see what version {NUMBER + 1} changes" in said(page)
    page = await at.look(f"/console/programmes/{runs}/template")
    assert "1 change can be taken over" in said(page) or "One change can be taken over" in said(page)
    mails = town.kept().count("mail_id")
    page = await at.press(page, {"do": "apply"})
    assert f"runs by version {NUMBER + 1}: 1 taken over" in said(page)
    setup = await town.find(ShowSetup(programme_id=runs))
    assert setup.template.version == NUMBER + 1
    assert town.kept().count("mail_id") == mails
    again = await at.look(f"/console/programmes/{runs}/template")
    assert read(again).h1 == "Ours runs by the newest version"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00k", "is no text"),
        (b"key: a\0b", "is no text"),
        (b"x" * 400_001, "a template has at most 400,000"),
    ],
)
async def test_what_is_no_template_is_refused_in_a_sentence(at, content, sentence):
    page = await sent(at, content)
    assert page.status_code == 422
    assert sentence in said(page)


async def test_without_a_file_it_is_said_what_to_choose(at):
    page = await at.press(await at.look(HERE), {"do": "check"})
    assert "Choose a file: a template, which ends in .yaml." in said(page)


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "key: [", "a: &x 1\nb: *x\n", "<html>", "key: \u202eevil\n", "\U0001f393: 1"]
)
async def test_any_text_is_answered_with_what_is_wrong_in_it(at, text):
    page = await sent(at, text)
    assert page.status_code == 200
    assert "to put right" in read(page).h1


async def test_the_same_version_with_other_words_cannot_be_taken_over(at):
    page = await sent(at, SHIPPED.replace("title: Topics", "title: Themes"))
    assert "It cannot be taken over as it is." in said(page)
    assert "Raise version with every change." in said(page).replace("`", "")


async def test_two_coordinators_who_take_over_at_once_do_not_overwrite_each_other(town, at):
    newer = SHIPPED.replace(f"version: {NUMBER}", f"version: {NUMBER + 1}", 1)
    first, second = await sent(at, newer), await sent(at, newer.replace("title: Topics", "title: Themes"))
    await at.press(first, {"do": "take"})
    page = await at.press(second, {"do": "take"})
    assert page.status_code == 422
    assert "Raise version" in said(page).replace("`", "")


async def test_a_check_that_is_not_there_is_not_found(at):
    assert (await at.look(f"{HERE}/checks/tpc-nothing")).status_code == 404
    assert (await at.look(f"{HERE}/nothing.yaml")).status_code == 404


async def test_a_draft_shows_its_steps_and_its_year(town, at):
    draft = await opened(town, draft=True)
    page = await at.look(f"/console/programmes/{draft}")
    assert "What it is made of" in said(page)
    page = await at.look(f"/console/programmes/{draft}/steps")
    assert read(page).h1 == "What Ours is made of"
    for words in ("Topics", "least 1", "headteacher", "reminder", "Feedback and marking", "No step, page or mail"):
        assert words in said(page), words
    assert (await at.look(f"/console/programmes/{draft}/year")).status_code == 200
    found = await town.find(ListProgrammes())
    assert [one.stands for one in found.programmes] == ["draft"]


def test_passages_hold_every_fault_once_and_put_lines_in_their_place():
    text = "\n".join(f"line {number}" for number in range(1, 21))
    faults = [TemplateFault(line=line, field="x", what=f"w{line}") for line in (1, 3, 12, 20, 99)]
    found = passages(text, faults)
    assert [(one.first, one.last, [fault.what for fault in one.faults]) for one in found] == [
        (1, 5, ["w1", "w3"]), (10, 14, ["w12"]), (18, 20, ["w20", "w99"]),
    ]  # fmt: skip
    changed = corrected(text, found, {"lines-10-14": "ten\neleven\n", "lines-1-5": "all of it"})
    assert changed.split("\n")[:6] == ["all of it", "line 6", "line 7", "line 8", "line 9", "ten"]
    assert changed.split("\n")[6:9] == ["eleven", "line 15", "line 16"]
    assert len(passages("x\n" * 1000, [TemplateFault(line=9 * n, field="", what="") for n in range(100)])) == MOST


async def test_a_template_is_taken_back_until_a_programme_is_opened_from_it(town, at):
    async def taken_over():
        return await at.press(await sent(at, own()), {"do": "take"})

    await taken_over()
    page = await at.look(HERE)
    assert "withdraw:project-exchange" not in page.text
    back = await at.press(page, {"do": "withdraw:our-own"})
    assert "of 'our-own' is taken back: no programme is opened from it any more." in said(back)
    assert "Our own" not in said(await at.look(HERE))
    await taken_over()
    about = {"coordinator_name": "Coral", "coordinator_email": "coral@x.example", "name": "Ours", "year": 2026}
    await town.ask(OpenProgramme(template="our-own", **about))
    refused = await at.press(await at.look(HERE), {"do": "withdraw:our-own"})
    assert (refused.status_code, "Ours was opened from it." in said(refused)) == (422, True)
