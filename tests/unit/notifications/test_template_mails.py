"""Mails in words from a template: of tasks, of entries, and its own; who gets which, when, and what they say."""

import datetime as dt

import pytest

from services.notifications.domain.mail import Mail
from shared.events.links import LinkIssued
from shared.events.rounds import PlaceOfferPassed
from shared.events.tasks import TaskExcused, TaskReopened
from tests.unit.notifications import exchange
from tests.unit.notifications.exchange import COORDINATOR, FINDINGS, MATCH, VISITOR, person
from tests.unit.notifications.post_office import PostOffice

NIGHT = dt.timedelta(hours=24)
HOST_LEAD, HOST_HEAD = person(2, "cpd-lead"), person(2, "headteacher")


@pytest.fixture
async def office() -> PostOffice:
    """A post office with the exchange of two schools."""
    office = PostOffice()
    await exchange.begin(office.story)
    return office


def to(mails: list[Mail]) -> list[tuple[str, str]]:
    return sorted((mail.template, mail.person_id) for mail in mails)


def subjects(office: PostOffice, person_id: str) -> list[str]:
    return [str(mail["Subject"]) for mail in office.mailboxes.to(f"{person_id}@schools.example")]


def text(office: PostOffice, person_id: str) -> str:
    (*_, last) = office.mailboxes.to(f"{person_id}@schools.example")
    body = last.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


async def story_of(schools: int) -> PostOffice:
    office = PostOffice()
    await exchange.begin(office.story, schools)
    return office


async def post(office: PostOffice, projects: int, schools: int) -> None:
    for number in range(projects):
        submitted = exchange.project(number, 1 + number % schools)
        for event in (submitted, *exchange.let_go(submitted, schools)):
            await office.tell(event)


async def test_forty_projects_of_twelve_schools_make_one_mail_to_each_lead_and_head():
    office = await story_of(12)
    await post(office, 40, 12)
    assert (await office.listed()).total == 0
    for _ in range(2):
        await office.tell(exchange.circulated())
        await office.deliver()
    expected = {person(number, role) for number in range(1, 13) for role in exchange.ROLES}
    rows = await office.listed()
    assert (rows.total, rows.by_state) == (24, {"accepted": 24})
    assert {row.person_id for row in rows.mails} == expected
    assert {row.subject for row in rows.mails} == {"40 projects to choose from"}
    assert "Northern project exchange have posted 40 projects." in text(office, person(7, "headteacher"))


async def test_nine_changes_in_a_day_are_one_mail_a_school():
    office = await story_of(12)
    await post(office, 12, 12)
    await office.tell(exchange.circulated())
    await office.deliver()
    for change in range(9):
        await office.tell(exchange.project(change % 4, 1 + change % 4, version=4 + change))
        await office.deliver(dt.timedelta(minutes=20))
    assert (await office.listed()).total == 24 + 12
    assert len(subjects(office, person(5, "cpd-lead"))) == 1
    await office.deliver(NIGHT)
    assert [len(subjects(office, person(number, "cpd-lead"))) for number in range(1, 13)] == [2] * 12
    assert [len(subjects(office, person(number, "headteacher"))) for number in range(1, 13)] == [1] * 12
    said = text(office, person(5, "cpd-lead"))
    assert [said.count(f"Riverside School {number} has posted or changed") for number in range(1, 6)] == [1, 1, 1, 1, 0]


async def test_what_changes_once_the_digest_has_gone_stands_in_the_next(office):
    await office.tell(exchange.circulated())
    await office.tell(exchange.project(1, 1))
    await office.deliver(NIGHT)
    await office.tell(exchange.project(2, 2))
    await office.deliver(NIGHT)
    assert len(subjects(office, HOST_LEAD)) == 3
    assert "Riverside School 2 has posted" in text(office, HOST_LEAD)
    assert "Riverside School 1 has posted" not in text(office, HOST_LEAD)


async def test_a_task_is_asked_of_each_person_once_with_a_link_to_its_form(office):
    await office.tell(exchange.asked())
    await office.tell(exchange.asked(version=3, person_ids=(VISITOR, HOST_LEAD)))
    await office.deliver()
    assert subjects(office, VISITOR) == ["Write your findings and action plan, by Monday 15 March 2027"]
    assert len(subjects(office, HOST_LEAD)) == 1
    issued = [one for one in office.transact.published if isinstance(one, LinkIssued) and one.person_id == VISITOR]
    assert [(one.purpose, one.form, one.target_id, one.target_kind) for one in issued] == [
        ("entry", "findings", MATCH, "match"),
        ("todo", "", exchange.PROGRAMME, "programme"),
    ]
    assert "About: Riverside School 2" in text(office, VISITOR)
    assert "you are practitioner of Riverside School 1" in text(office, VISITOR)


async def test_a_task_to_agree_opens_the_entry_itself(office):
    await office.tell(exchange.findings())
    await office.tell(
        exchange.asked(
            task="agree-findings", do="agree", person_ids=(HOST_LEAD,), about="entry", about_id=FINDINGS, school_id=None
        )
    )
    await office.deliver()
    issued, _ = [one for one in office.transact.published if isinstance(one, LinkIssued)]
    assert (issued.target_id, issued.target_kind, issued.form) == (FINDINGS, "entry", "")


@pytest.mark.parametrize("ending", ["done", "excused", "handed over"])
async def test_nobody_hears_of_a_task_that_they_owe_no_more(office, ending):
    await office.tell(exchange.asked())
    await office.tell(exchange.reminded())
    after = {
        "done": exchange.done(),
        "excused": TaskExcused.model_validate({**exchange.task_facts(version=5), "reason": "postponed"}),
        "handed over": exchange.asked(version=5, person_ids=(HOST_LEAD,)),
    }
    await office.tell(after[ending])
    await office.deliver()
    assert subjects(office, VISITOR) == []


async def test_a_reminder_says_so_and_who_is_named_is_told_when_it_is_missed(office):
    await office.tell(exchange.reminded())
    await office.tell(exchange.missed())
    await office.deliver()
    assert subjects(office, VISITOR) == ["Reminder: Write your findings and action plan, by Monday 15 March 2027"]
    assert subjects(office, COORDINATOR) == ["Not done by Monday 15 March 2027: Write your findings and action plan"]
    assert "Who: Viola Swift" in text(office, COORDINATOR)


async def test_who_wants_only_what_is_essential_gets_no_reminder_that_is_not(office):
    tasks = tuple(one.model_copy(update={"essential": False}) for one in exchange.TEMPLATE.tasks)
    await office.tell(exchange.opened(exchange.TEMPLATE.model_copy(update={"tasks": tasks})))
    await office.stores.preferences.choose(VISITOR, essential_only=True)
    await office.tell(exchange.reminded())
    await office.deliver()
    assert subjects(office, VISITOR) == []


async def test_bundled_tasks_wait_for_one_mail_a_week_that_lists_what_is_still_owed(office):
    await office.tell(exchange.opened(exchange.weekly()))
    for number in range(1, 4):
        await office.tell(exchange.asked(task_id=f"tsk-{number}", task=("findings", "consent", "nominate")[number - 1]))
    await office.tell(exchange.done(task_id="tsk-3", task="nominate"))
    await office.deliver()
    assert subjects(office, VISITOR) == []
    await office.deliver(NIGHT)
    assert subjects(office, VISITOR) == ["2 things to do"]
    await office.tell(exchange.reminded(version=6))
    await office.deliver(NIGHT)
    assert len(subjects(office, VISITOR)) == 1
    await office.deliver(6 * NIGHT)
    assert len(subjects(office, VISITOR)) == 2


async def test_a_weekly_mail_without_anything_left_is_not_sent(office):
    await office.tell(exchange.opened(exchange.weekly()))
    await office.tell(exchange.asked())
    await office.tell(exchange.done())
    await office.deliver(NIGHT)
    assert await office.states() == {"suppressed": 1}


async def test_authors_hear_of_changes_once_though_the_task_is_owed_again(office):
    await office.tell(exchange.findings())
    await office.tell(exchange.changes_asked())
    await office.tell(TaskReopened.model_validate({**exchange.task_facts(version=6), "reason": "changes-asked"}))
    await office.deliver()
    assert subjects(office, VISITOR) == ["Changes asked for: Findings and action plan, Riverside School 2"]
    assert "Lee Lead 2 has read this and asks for changes." in text(office, VISITOR)
    assert (await office.listed()).total == 1


async def test_what_is_owed_again_since_it_came_back_is_asked_again(office):
    await office.tell(exchange.asked())
    await office.tell(TaskReopened.model_validate({**exchange.task_facts(version=6), "reason": "submitted-again"}))
    await office.deliver()
    assert len(subjects(office, VISITOR)) == 2


async def test_readers_hear_of_a_release_but_for_who_let_it_go(office):
    await office.tell(exchange.opened(exchange.TEMPLATE.model_copy(update={"reports": ()})))
    await office.tell(exchange.findings())
    await office.tell(exchange.released())
    await office.deliver()
    assert sorted(row.person_id for row in (await office.listed()).mails) == sorted([HOST_LEAD, VISITOR])


async def test_who_lets_an_entry_go_is_asked_once_it_is_agreed_to(office):
    await office.tell(exchange.findings())
    head = exchange.person(2, "headteacher")
    assert to(await office.story.tell(exchange.agreed())) == [("entry-news", head)]
    await office.deliver()
    assert subjects(office, head) == ["Who may read this? Findings and action plan, Riverside School 2"]


async def test_who_agrees_is_asked_by_the_entry_only_where_no_task_asks_them(office):
    assert await office.story.tell(exchange.findings()) == []
    fewer = tuple(task for task in exchange.TEMPLATE.tasks if not task.do.agree)
    await office.tell(exchange.opened(exchange.TEMPLATE.model_copy(update={"tasks": fewer})))
    assert to(await office.story.tell(exchange.findings(version=3, number=2))) == [("entry-news", HOST_LEAD)]


async def test_own_words_stand_in_place_of_the_default_and_name_what_is_known(office):
    said = ["{author.name} of {school.name} wrote to {person.name}.", "{form.title}, {entry.title}; {coordinator.name}"]
    button = {"label": "Read {form.title}", "page": "entry"}
    template = exchange.worded(on="findings.released", subject="{programme.name}", text=said, button=button)
    await office.tell(exchange.opened(template))
    await office.tell(exchange.findings())
    await office.tell(exchange.released())
    await office.deliver()
    assert subjects(office, HOST_LEAD) == ["Northern project exchange"]
    assert "Viola Swift of Riverside School 1 wrote to Lee Lead 2." in text(office, HOST_LEAD)
    assert "Findings and action plan, Findings and action plan; Cora Denholm" in text(office, HOST_LEAD)
    assert (await office.listed()).total == 1


async def test_markup_of_a_template_or_in_data_is_text(office):
    hostile = "<b>Riverside</b> {person.name} {{ 7 * 7 }}"
    await office.tell(exchange.enrolled(1, hostile).model_copy(update={"version": 2}))
    template = exchange.worded(subject="Hello <i>", text=["<script>alert(1)</script>", "{school.name}"])
    await office.tell(exchange.opened(template))
    await office.tell(exchange.findings())
    await office.deliver()
    (mail,) = office.mailboxes.to(f"{HOST_LEAD}@schools.example")
    page, plain = mail.get_body(("html",)), mail.get_body(("plain",))
    assert page is not None
    assert plain is not None
    html = page.get_content()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b&gt;Riverside&lt;/b&gt; {person.name} {{ 7 * 7 }}" in html
    assert "<script" not in html
    assert hostile in plain.get_content()


async def test_a_name_that_cannot_be_filled_ends_the_mail_and_the_coordinator_hears_why(office):
    await office.tell(exchange.opened(exchange.worded(text=["Dear {pupil.name}"])))
    await office.tell(exchange.findings())
    await office.deliver()
    assert await office.states() == {"failed": 1, "queued": 1}
    await office.deliver(dt.timedelta(minutes=1))
    assert "mentions {pupil.name}, which is not known in it" in text(office, COORDINATOR)


async def test_a_place_on_offer_is_told_to_who_is_meant_and_who_named_them(office):
    for posted in (exchange.project(1, 1), exchange.project(0, 2)):
        await office.tell(posted)
    await office.tell(exchange.place_offered(thing_entry_id="ent-project-0"))
    await office.deliver()
    lead = person(1, "cpd-lead")
    assert subjects(office, VISITOR) == ["A place for you, until Friday 22 January 2027"]
    assert subjects(office, lead) == ["A place for Viola Swift, until Friday 22 January 2027"]
    assert "It is your second wish." in text(office, VISITOR)
    assert "Riverside School 2" in text(office, lead)
    issued = [one for one in office.transact.published if isinstance(one, LinkIssued) and one.person_id == lead]
    assert [(one.purpose, one.target_id) for one in issued] == [("offer", "off-1"), ("todo", exchange.PROGRAMME)]


async def test_nobody_hears_of_a_place_that_is_settled(office):
    await office.tell(exchange.place_offered())
    facts = exchange.place_offered(version=2).model_dump(exclude={"until"})
    await office.tell(PlaceOfferPassed(**facts, reason="withdrawn"))
    await office.deliver()
    assert subjects(office, VISITOR) == []


async def test_a_mail_about_an_entry_that_names_somebody_says_whom_but_not_its_reader(office: PostOffice):
    manager, entry = "per-manager", "ent-nomination"
    named = {"membership_id": "mem-named", "entry_id": entry}
    managing = {"membership_id": "mem-manager", "entry_id": entry}
    await office.tell(exchange.card(manager, "Mona Jar"))
    await office.tell(exchange.findings(entry_id=entry, form="nomination", about="school", about_id=exchange.school(1)))
    await office.tell(exchange.taken(VISITOR, "practitioner", 1).model_copy(update=named))
    await office.tell(exchange.taken(manager, "line-manager", 1).model_copy(update=managing))
    about = {"task": "line-agreement", "of": "line-agreement", "about": "entry", "about_id": entry}
    await office.tell(exchange.asked(task_id="tsk-9", person_ids=(manager,), **about))
    await office.deliver()
    assert "About: Viola Swift" in text(office, manager)
    assert text(office, manager).count("Mona Jar") == 1
