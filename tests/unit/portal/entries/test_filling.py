"""A form is filled in: kept as typed, sent when whole, shared without overwriting."""

import pytest

from shared.errors import Permanent, Retryable
from tests.unit.portal.driver import read, send
from tests.unit.portal.entries.house import fields
from tests.unit.reporting.entries import exchange

VISITOR, LEAD, HEAD = exchange.VISITOR, exchange.OWN_LEAD, exchange.person("head", exchange.OWN)
ODD = "🎉 Zoë\u2019s “plan” שלום\n=HYPERLINK(1)\n{{ 7*7 }} {% raw %} #let x = 1 <script>alert(1)</script>"
FINDINGS = {
    "summary": "Reading is taught well.",
    "found.1.title": "Books",
    "found.1.evidence": "Six lessons",
    "plan.1.what": "Read daily",
    "plan.1.owner": "Head",
    "plan.1.due": "1/3/2027",
    "plan.1.success": "All read",
}


async def opened(house, browser, person=LEAD, target=exchange.OWN, form="plan", kind="school"):
    return await house.open(browser, person, target, form, kind)


async def findings(house, browser):
    return await opened(house, browser, VISITOR, exchange.MATCH, "findings", "match")


def entry(house, form):
    (found,) = [one for one in house.reporting.memory.entries.rows.values() if one.form == form]
    return found


async def test_looking_changes_nothing(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
        await browser.get(page.url)
    assert page.status_code == 200
    assert read(page).h1 == "School plan"
    assert house.reporting.memory.entries.rows == {}
    assert house.kept.commands == []


async def test_what_is_sent_is_kept_and_counts(house):
    async with house.browser() as browser:
        page = await findings(house, browser)
        saved = await send(browser, page, {**FINDINGS, "do": "send"})
    assert read(saved).h1 == "Findings: sent, thank you"
    kept = entry(house, "findings")
    assert (kept.state, kept.number) == ("submitted", 1)
    (line,) = kept.submitted.answers["plan"]
    assert {name: said for name, said in line.items() if said} == {
        "what": "Read daily", "owner": "Head", "due": "2027-03-01", "success": "All read", "status": "not-started",
    }  # fmt: skip


async def test_a_draft_is_kept_as_typed_and_comes_back(house):
    async with house.browser() as browser:
        page = await opened(house, browser, form="project")
        page = await browser.get(f"{page.url}/new")
        typed = {
            "need": ODD,
            "done_by": "some day",
            "steps.1.text": "Talk",
            "steps.1.whom": "Heads",
            "governors": "yes",
        }
        saved = await send(browser, page, {**typed, "do": "save"})
        assert read(saved).h1 == "Your draft is saved"
        again = await browser.get(f"/p/{str(page.url).split('/')[4]}/entry/{entry(house, 'project').entry_id}")
    assert fields(again).items() >= typed.items()
    assert "<script>alert" not in again.text


@pytest.mark.parametrize("button", ["save", "send"])
async def test_pressing_twice_is_pressing_once(house, button):
    async with house.browser() as browser:
        page = await opened(house, browser, form="project")
        page = await browser.get(f"{page.url}/new")
        project = {"topic": "reading", "need": "Books", "done_by": "1/3/2027", "governors": "no", "do": button}
        first = await send(browser, page, project)
        second = await send(browser, page, project)
    assert (first.status_code, second.status_code) == (200, 200)
    kept = entry(house, "project")
    assert kept.number == (1 if button == "send" else 0)


async def test_every_problem_is_said_above_and_at_its_field(house):
    async with house.browser() as browser:
        page = await findings(house, browser)
        wrong = {**FINDINGS, "summary": "", "found.1.evidence": "", "plan.1.due": "soon"}
        back = await send(browser, page, {**wrong, "do": "send"})
    assert back.status_code == 422
    assert "There are 3 problems" in back.text
    for field in ("summary", "found.1.evidence", "plan.1.due"):
        assert f'href="#{field}"' in back.text
        assert f'id="{field}-error"' in back.text
    assert fields(back).items() >= wrong.items()
    assert entry(house, "findings").state == "draft"


async def test_what_was_put_right_is_taken(house):
    async with house.browser() as browser:
        page = await findings(house, browser)
        back = await send(browser, page, {**FINDINGS, "summary": "", "do": "send"})
        saved = await send(browser, back, {"summary": "Well.", "do": "send"})
    assert read(saved).h1 == "Findings: sent, thank you"
    assert entry(house, "findings").submitted.answers["summary"] == "Well."


async def test_rows_are_added_and_taken_out_and_nothing_is_lost(house):
    async with house.browser() as browser:
        page = await findings(house, browser)
        two = await send(browser, page, {**FINDINGS, "do": "add-found"})
        assert (two.status_code, 'data-goto="found.2.title"' in two.text) == (200, True)
        filled = {"found.2.title": "Talk", "found.2.evidence": "Two lessons"}
        one = await send(browser, two, {**filled, "do": "remove-found.1"})
        assert "found.1.title" not in fields(one)
        await send(browser, one, {"do": "send"})
    found = entry(house, "findings").submitted.answers["found"]
    assert [row["title"] for row in found] == ["Talk"]


async def test_two_people_keep_what_each_has_changed(house):
    async with house.browser() as browser, house.browser() as other:
        begun = await opened(house, browser)
        await send(browser, begun, {"aim": "Read", "how": "Daily", "do": "save"})
        first, second = await opened(house, browser), await opened(house, other, HEAD)
        await send(browser, first, {"aim": "Read more", "do": "save"})
        saved = await send(other, second, {"how": "Weekly", "do": "save"})
    assert read(saved).h1 == "Your draft is saved"
    assert entry(house, "plan").typed() == {"aim": "Read more", "how": "Weekly"}


async def test_two_people_in_one_field_see_both_texts_and_decide(house):
    async with house.browser() as browser, house.browser() as other:
        begun = await opened(house, browser)
        await send(browser, begun, {"aim": "Read", "do": "save"})
        first, second = await opened(house, browser), await opened(house, other, HEAD)
        await send(browser, first, {"aim": "Read more", "do": "save"})
        both = await send(other, second, {"aim": "Count more", "do": "save"})
        assert both.status_code == 409
        assert fields(both)["aim"] == "Count more"
        assert "Written by somebody else meanwhile" in both.text
        assert "Read more" in both.text
        assert entry(house, "plan").typed()["aim"] == "Read more"
        await send(other, both, {"aim": "Read and count more", "do": "save"})
    assert entry(house, "plan").typed()["aim"] == "Read and count more"


async def test_a_page_from_before_is_no_way_to_overwrite(house):
    async with house.browser() as browser:
        old = await opened(house, browser)
        await send(browser, old, {"aim": "First", "do": "save"})
        back = await send(browser, old, {"aim": "Second", "do": "save"})
    assert back.status_code == 409
    assert entry(house, "plan").typed()["aim"] == "First"


async def test_a_question_that_depends_on_another_stands_there_without_script(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
        assert 'data-if="help" data-equals="yes"' in page.text
        assert "Only where you chose “Yes” above." in page.text
        whole = {"aim": "Read", "how": "Daily", "help": "no", "which": "left over"}
        await send(browser, page, {**whole, "do": "send"})
    assert "which" not in entry(house, "plan").submitted.answers


async def test_several_ranks_and_a_person_are_kept(house):
    host = {"topic": "maths", "need": "x", "done_by": "1/3/2027", "governors": "no"}
    project, _ = await house.reporting.send("project", exchange.HOST, exchange.HOST_LEAD, host, another="1")
    async with house.browser() as browser:
        page = await opened(house, browser, form="nomination", target=VISITOR, kind="practitioner")
        assert "Host School: Maths" in page.text
        filled = {
            "wishes.1": project, "skills.lead": "yes", "skills.hear": "yes", "days": "3", "contact.name": "Jo Bell",
            "contact.address": "jo@school.example",
        }  # fmt: skip
        await send(browser, page, {**filled, "do": "send"})
        again = await opened(house, browser, form="nomination", target=VISITOR, kind="practitioner")
    answers = entry(house, "nomination").submitted.answers
    assert answers["wishes"] == (project,)
    assert answers["skills"] == ("lead", "hear")
    assert answers["contact"] == {"name": "Jo Bell", "address": "jo@school.example"}
    assert fields(again).items() >= filled.items()


async def test_levels_are_asked_of_what_was_chosen_before(house):
    async with house.browser() as browser:
        page = await opened(house, browser, VISITOR, exchange.MATCH, "reflection", "match")
        back = await send(browser, page, {"aims.lead": "yes", "do": "send"})
        assert back.status_code == 422
        saved = await send(browser, back, {"gained.lead": "secure", "do": "send"})
    assert read(saved).h1 == "Reflection: sent, thank you"


async def test_one_may_write_several_and_finds_them_again(house):
    async with house.browser() as browser:
        listed = await opened(house, browser, VISITOR, exchange.MATCH, "note", "match")
        assert "You have written none yet." in listed.text
        for text in ("one", "two"):
            page = await browser.get(f"{listed.url}/new")
            await send(browser, page, {"seen": text, "do": "send"})
        listed = await browser.get(listed.url)
    assert listed.text.count('class="card') == 2
    assert sorted(one.typed()["seen"] for one in house.reporting.memory.entries.rows.values()) == ["one", "two"]


async def test_a_link_opens_no_other_form(house):
    saved = await house.reporting.save("plan", exchange.OWN, LEAD, {"aim": "Read"})
    async with house.browser() as browser:
        page = await opened(house, browser, form="project")
        other = await browser.get(f"{page.url}/{saved.entry_id}")
    assert other.status_code == 404


@pytest.mark.parametrize(
    ("person", "target", "form"),
    [(exchange.HOST_LEAD, exchange.OWN, "plan"), (LEAD, "sch-unknown", "plan"), (LEAD, exchange.OWN, "no-form")],
)
async def test_a_stranger_and_an_unknown_form_are_answered_alike(house, person, target, form):
    async with house.browser() as browser:
        page = await opened(house, browser, person, target, form)
    assert (page.status_code, read(page).h1) == (404, "Page not found")


async def test_a_megabyte_is_refused_and_stays_on_the_page(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
        back = await send(browser, page, {"aim": "x" * 1_000_000, "do": "save"})
    assert back.status_code == 422
    assert "200,000 is the most" in back.text
    assert len(fields(back)["aim"]) == 1_000_000


@pytest.mark.parametrize(("error", "status"), [(Retryable("Away."), 503), (Permanent("Broken."), 500)])
async def test_nothing_typed_is_lost_when_nothing_can_be_saved(house, error, status):
    async with house.browser() as browser:
        page = await opened(house, browser)
        house.kept.fails = error
        back = await send(browser, page, {"aim": ODD, "do": "send"})
        assert back.status_code == status
        assert fields(back)["aim"] == ODD
        house.kept.fails = None
        await send(browser, back, {"how": "Daily", "help": "no", "do": "send"})
    assert entry(house, "plan").submitted.answers["aim"] == ODD


async def test_what_was_written_is_withdrawn(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
        await send(browser, page, {"aim": "a", "how": "b", "help": "no", "do": "send"})
        page = await opened(house, browser)
        gone = await send(browser, page, {"do": "withdraw"})
    assert read(gone).h1 == "School plan: withdrawn"
    assert entry(house, "plan").state == "withdrawn"


async def test_a_form_from_elsewhere_is_refused(house):
    async with house.browser() as browser:
        page = await opened(house, browser)
        forged = await send(browser, page, {"aim": "a", "do": "save", "csrf": "other"})
    assert forged.status_code == 403
    assert house.reporting.memory.entries.rows == {}


@pytest.mark.parametrize(
    "odd", [{"revision": "\u0661"}, {"revision": "x" * 5000}, {"revision": "9" * 5000}, {"do": "add-"}]
)
async def test_odd_steering_is_no_fault_of_ours(house, odd):
    async with house.browser() as browser:
        page = await opened(house, browser)
        answer = await send(browser, page, {"aim": "a", "do": "save", **odd})
    assert answer.status_code in {200, 422}
