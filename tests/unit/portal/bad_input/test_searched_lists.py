"""2,000 schools: what a list holds of one school or person is found by a part of its name, and pages stay small."""

import pytest

from shared.commands.actions import ActionRows, ListActions
from shared.commands.agreed_visits import ArrangementRows, ListDays
from shared.commands.audit import AuditRows, ListAudit
from shared.commands.duties import DutySums, SumDuties
from shared.commands.notifications import ListMails
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.commands.people import FindPeople, FoundPeople, FoundPerson
from shared.commands.programmes_queries import EnrolmentRow, EnrolmentRows, ListEnrolments
from shared.commands.reports import ListReports, ReportRows
from shared.commands.shared_links import LinkRows, ListSharedLinks
from shared.commands.tasks import ListTasks, TaskRows
from shared.events.programmes import SchoolFacts
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import HOME
from tests.unit.portal.world import NOW, PROGRAMME

SCHOOLS = 2_000
LISTS = {
    "tasks": ListTasks, "actions": ListActions, "agreed": ListDays, "duties": SumDuties, "reports": ListReports,
    "polls": ListSharedLinks,
}  # fmt: skip


@pytest.fixture
async def full(world, desk):
    def enrolments(query: ListEnrolments) -> EnrolmentRows:
        fits = [one for one in range(SCHOOLS) if query.search.casefold() in f"school {one:04}"]
        return EnrolmentRows(total=len(fits), enrolments=tuple(map(enrolment, fits[: query.limit])))

    def people(query: FindPeople) -> FoundPeople:
        fits = [one for one in range(SCHOOLS) if query.search.casefold() in f"person {one:04}"]
        return FoundPeople(total=len(fits), people=tuple(map(person, fits[: query.limit])))

    world.owners.finds |= {
        "ListEnrolments": enrolments, "FindPeople": people, "ListTasks": TaskRows(total=0, owed=0, tasks=()),
        "ListActions": ActionRows(total=0, by_rating={}, actions=()),
        "ListDays": ArrangementRows(total=0, arrangements=()), "ListSharedLinks": LinkRows(),
        "SumDuties": DutySums(scope="all", first=NOW.date(), last=NOW.date(), sums=()),
        "ListReports": ReportRows(total=0, reports=()), "ListReplies": ReplyRows(rows=()),
        "ListAudit": AuditRows(total=0, lines=()),
    }  # fmt: skip
    return desk


def enrolment(one):
    facts = SchoolFacts(
        school_id=f"sch-{one}", urn=100000 + one, name=f"School {one:04}", phase="primary", authority_code="373",
        authority="S",
    )  # fmt: skip
    return EnrolmentRow(
        enrolment_id=f"enr-{one}", state="enrolled", version=1, school=facts, people=(), strengths=(), needs=()
    )  # fmt: skip


def person(one):
    return FoundPerson(person_id=f"per-{one}", name=f"Person {one:04}", email=f"p{one}@x.example")


def asked(world, kind):
    return [one for one in world.owners.found if type(one) is kind][-1]


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
async def test_a_list_is_searched_for_a_school_or_person(world, full, path, kind):
    page = await full.get(f"{HOME}/{path}?search=school+1234")
    query = asked(world, kind)
    assert (page.status_code, query.programme_id, query.concerning) == (200, PROGRAMME, ("sch-1234",))
    assert query.limit <= 50
    await full.get(f"{HOME}/{path}?search=0017")
    assert asked(world, kind).concerning == ("per-17", "sch-17")


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
async def test_where_nobody_fits_nothing_is_shown_and_the_filter_comes_off(world, full, path, kind):
    page = await full.get(f"{HOME}/{path}?search=nowhere")
    said = " ".join(read(page).text.split())
    assert asked(world, kind).concerning == ("-",)
    assert "Nothing here concerns \u201cnowhere\u201d. Show all" in said


async def test_where_very_many_fit_that_is_said(full):
    said = " ".join(read(await full.get(f"{HOME}/tasks?search=school")).text.split())
    assert "Many fit; only what concerns the first of them is shown." in said


@pytest.mark.parametrize(
    ("path", "kind"), [("/console/mails", ListMails), ("/console/audit", ListAudit), ("/console/replies", ListReplies)]
)
async def test_lists_over_all_programmes_are_searched_for_people(world, full, path, kind):
    await full.get(f"{path}?search=person+0017&page=3")
    query = asked(world, kind)
    assert (query.concerning, query.limit, query.offset) == (("per-17",), 50, 100)


async def test_replies_are_found_by_what_they_say_of_their_sender_too(world, full):
    await full.get("/console/replies?search=gmail.example")
    assert asked(world, ListReplies).search == "gmail.example"


async def test_the_log_is_narrowed_to_one_kind_of_line(world, full):
    for given, wanted in (("read", "read"), ("exported", "exported"), ("nonsense", "")):
        await full.get(f"/console/audit?kind={given}")
        assert asked(world, ListAudit).kind == wanted
