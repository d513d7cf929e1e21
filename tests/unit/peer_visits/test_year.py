"""Peer visits in the language of templates: a year from its calendar to the last answer, by mails and pages."""

from urllib.parse import urljoin

import pytest

from services.reporting.domain.reports.blocks import BlockReport, TablePart
from shared.commands.reporting import ShowImpact
from shared.commands.reports import CompileReport
from shared.commands.tasks import ListTasks, TaskRows
from shared.errors import Rejected
from shared.template.reading import faults_of
from tests.unit.peer_visits.year import COORDINATOR, FACILITATOR, TEMPLATES, Year

pytestmark = pytest.mark.timeout(240)
BRIEF, APPRAISE = "Write the brief for your visitors", "Write the appraisal of the host"
LIST, VISIT = "to do", "Two questions about the visit"


def test_it_is_valid_as_it_is() -> None:
    assert faults_of((TEMPLATES / "peer-visits.yaml").read_text(encoding="utf-8")) == ()


async def test_the_host_writes_a_brief_and_its_visitors_and_facilitator_read_it(year: Year) -> None:
    visit = year.first
    await year.town.day("2026-11-13")
    year.came()
    sent = await year.who("cpd-lead", visit.host).answer(BRIEF, year.brief())
    assert sent.heading == "Visit brief: sent, thank you"
    subject = f"The brief is ready: Visit day, School {visit.host}, {visit.day}"
    readers = [f"{role}@s{number}.example" for role in ("deputy", "head") for number in visit.guests]
    assert year.came() == sorted((one, subject) for one in (*readers, FACILITATOR))
    _, page = await year.who("headteacher", visit.guests[0]).open("The brief is ready", "entry")
    assert "Keeping it going." in page.text


async def test_the_page_of_a_group_names_its_schools_and_who_visits(year: Year) -> None:
    one, *others = year.groups[0]
    for role in ("headteacher", "clerk"):
        _, page = await year.who(role, one).open("Your group in", "cohort")
        assert page.heading == "Your group"
        assert "Who shares with whom" in page.text
        assert "covered" not in page.text
        for number in (one, *others):
            assert f"School {number}" in page.text
            assert f"Head {number} headteacher" in page.text
            assert f"Deputy {number} senior leader" in page.text
            assert f"Clerk {number}" not in page.text


async def test_only_who_was_there_is_asked_what_they_take_home(year: Year) -> None:
    visit = year.first
    await year.hold(visit, away=f"head@s{visit.guests[0]}.example")
    await year.town.day("2026-12-22")
    tasks: TaskRows = await year.town.find(ListTasks(programme_id=year.programme_id, task="take-home"))
    assert len(tasks.tasks) == 2 * len(visit.guests) - 1
    surveys: TaskRows = await year.town.find(ListTasks(programme_id=year.programme_id, task="visit-survey"))
    assert len(surveys.tasks) == 2 * (len(visit.guests) + 1) - 1


async def test_nobody_is_asked_any_more_whether_they_are_coming_once_it_is_over(year: Year) -> None:
    await year.hold(year.first)
    tasks: TaskRows = await year.town.find(ListTasks(programme_id=year.programme_id, task="answer"))
    over = [one for one in tasks.tasks if one.about_id == year.first.visit_id]
    assert {(one.state, one.reason) for one in over} == {("excused", "over")}
    assert {one.state for one in tasks.tasks if one not in over} == {"missed"}


async def test_the_appraisal_is_a_report_and_its_next_steps_have_owners_and_days(year: Year) -> None:
    visit = year.first
    await year.hold(visit)
    year.came()
    await year.appraise()
    (report,) = year.reports()
    assert [(part.title, getattr(part, "lines", ())) for part in report.parts] == [
        ("What is strong", ("Calm rooms",)), ("What could be developed", ("Ask more",)),
        ("Next steps", ("Try a page",)), ("What was seen", ("Six visits",)),
    ]  # fmt: skip
    title = f"Appraisal after the visit, Visit day, School {visit.host}, {visit.day}"
    readers = [(f"{role}@s{visit.host}.example", title) for role in ("chair", "clerk", "cpd", "head")]
    steps = f"Decide on your next steps after the visit, by {year.within(10)}"
    pair = [(f"{role}@s{visit.host}.example", steps) for role in ("deputy", "head")]
    assert year.came() == sorted([*readers, *pair])
    values = {"what": "Write one page", "owner": "CPD lead", "due": "2027-03-01", "success": "It hangs there."}
    await year.who("senior-leader", visit.host).answer(
        "Decide on your next steps", {f"steps.1.{key}": text for key, text in values.items()}
    )
    assert year.came() == [(f"cpd@s{visit.host}.example", "Say how your next step stands, by Monday 1 March 2027")]
    await year.who("cpd-lead", visit.host).answer("Say how your next step", {"status": "done"})
    await year.town.day("2027-03-20")
    assert [mail for mail in year.came() if "next step" in mail[1]] == []


async def test_help_is_offered_and_answered_line_by_line(year: Year) -> None:
    visit = year.first
    await year.hold(visit)
    await year.town.day("2026-12-22")
    guest, host = year.who("senior-leader", visit.guests[0]), year.who("headteacher", visit.host)
    values = {"topic": "reading", "offers.1.text": "A morning with our reading lead", "offers.1.days": "1"}
    await year.fill(guest, LIST, "Help for the host", values)
    browser, page = await host.open("Say what help", "entry")
    (line,) = page.form.choices
    assert (await browser.press(page, "answer", {line: "accepted"})).heading == "Saved, thank you"
    _, page = await guest.open("Answered: Help for the host", "entry")
    assert "Yes, please" in page.text
    await year.town.ask(CompileReport(programme_id=year.programme_id, report="impact"))
    (ledger,) = [part for part in year.reports()[-1].parts if part.title == "Help offered and taken up"]
    assert isinstance(ledger, TablePart)
    gave, took = f"School {visit.guests[0]}", f"School {visit.host}"
    assert sorted(ledger.rows) == sorted([(gave, "1", "0", "+1"), (took, "0", "1", "-1")])


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("form: help", "which answers take an offer up"),
        ("form: help, counts: [perhaps]", "'perhaps' is no answer to it"),
        ("form: take-home, counts: [accepted]", "offers hosts nothing"),
        ("counts: [accepted]", "name it under `form`"),
    ],
)
def test_a_ledger_of_offers_says_what_counts_as_taken_up(block: str, said: str) -> None:
    text = (TEMPLATES / "peer-visits.yaml").read_text(encoding="utf-8")
    (fault,) = faults_of(text.replace("form: help, counts: [accepted]", block))
    assert said in fault.what


async def test_what_was_taken_home_is_asked_about_for_three_terms(year: Year) -> None:
    visit = year.first
    await year.hold(visit)
    await year.town.day("2026-12-22")
    guest = year.who("senior-leader", visit.guests[0])
    await year.fill(guest, LIST, "What you take home", {"learnt": "A page does it.", "will-use": "We write one."})
    for day, now in (("2027-03-15", "tried"), ("2027-06-21", "kept"), ("2027-11-08", "stopped")):
        await year.town.day(day)
        await year.fill(guest, LIST, "What became of what you took home", {"now": now})
    tasks: TaskRows = await year.town.find(ListTasks(programme_id=year.programme_id, task="tried"))
    assert [(one.state, len(one.person_ids)) for one in tasks.tasks] == [("done", 1)] * 3


async def test_findings_go_to_governors_once_the_headteacher_has_agreed_who_may_have_written_them(year: Year) -> None:
    await year.town.day("2027-06-15")
    year.came()
    head = year.who("headteacher", 0)
    await head.answer("Write your findings", year.findings())
    assert year.came() == [("head@s0.example", "Agree to your school's findings, by Tuesday 22 June 2027")]
    browser, page = await head.open("Agree to your school", "entry")
    change = urljoin(page.url, next(link for link in page.links if "/entry/ent-" in link))
    assert (await browser.open(change)).form.fields["summary"] == "Much has changed."
    assert (await browser.press(page, "agree", {})).heading == "Agreed, thank you"
    readers, title = ("chair", "clerk", "cpd", "deputy", "head"), "Findings and action plan, School 0"
    action = ("head@s0.example", "Say how your action stands, by Wednesday 1 September 2027")
    assert year.came() == sorted([*((f"{role}@s0.example", title) for role in readers), action])
    (report,) = year.reports()
    assert isinstance(report, BlockReport)
    assert (report.summary, [part.title for part in report.parts]) == (
        "Much has changed.", ["What was found", "What the school will do"],
    )  # fmt: skip


async def test_the_year_ends_with_a_survey_a_reflection_and_addresses_of_who_wants_it(year: Year) -> None:
    await year.town.day("2027-06-22")
    year.came()
    head = year.who("headteacher", 0)
    await year.fill(head, LIST, "Two questions about the year", {"will-use": "agree", "share": "agree"})
    await year.fill(head, LIST, "Your own reflection", {"leading": "I listen first."})
    address = {"contact.name": "Hedda Hall", "contact.address": "hedda@home.example"}
    assert year.came() == []
    await year.fill(head, LIST, "Staying in touch", {"share": "yes", **address})
    await year.fill(year.who("senior-leader", 0), LIST, "Staying in touch", {"share": "no"})
    others = [one for group in year.groups if 0 in group for one in group]
    everybody = sorted(f"{role}@s{number}.example" for role in ("deputy", "head") for number in others)
    assert year.came() == [(one, "Staying in touch") for one in everybody if one != "head@s0.example"]
    _, page = await year.who("headteacher", others[-1]).open("Staying in touch", "entry")
    assert "hedda@home.example" in page.text


async def test_the_figures_of_the_year_count_each_person_once(year: Year) -> None:
    await year.town.day("2027-06-22")
    for number in range(6):
        for role in ("headteacher", "senior-leader"):
            agrees = "agree" if number < 4 else "neither"
            answers = {"will-use": agrees, "share": "strongly-agree"}
            await year.fill(year.who(role, number), LIST, "Two questions about the year", answers)
    await year.town.ask(CompileReport(programme_id=year.programme_id, report="impact"))
    (report,) = year.reports()
    (counts, *_) = report.parts
    assert isinstance(counts, TablePart)
    assert counts.title.startswith("The year, each person counted once: I plan to use something")
    with pytest.raises(Rejected, match=r"^report-of-template: .*kindred counts show"):
        await year.town.find(ShowImpact(cohort_id=year.cohort_id))
    given = {words: int(number) for words, number in counts.rows}
    assert (given["Agree"], given["Neither agree nor disagree"], sum(given.values())) == (8, 4, 12)


async def test_the_coordinator_hears_of_what_nobody_does(year: Year) -> None:
    await year.town.day("2027-07-20")
    missed = [subject for to, subject in year.came() if to == COORDINATOR]
    assert len([one for one in missed if one.endswith(BRIEF)]) == 6
    assert len([one for one in missed if one.endswith("Write your findings and action plan")]) == 6
    assert year.town.waiting() == {}
