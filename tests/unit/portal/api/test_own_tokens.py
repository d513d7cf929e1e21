"""Tokens of somebody as themselves, and files over the API."""

import re

import httpx
import pytest

from services.portal.domain.tokens import Wanted
from services.portal.pages.me.tokens import scopes_of
from shared.commands.public import OF_PEOPLE, PUBLIC
from shared.commands.scheduling import AnswerInvitation
from shared.commands.scheduling_own import ListOwnVisits, OwnVisitRows
from shared.commands.tasks import ListTasks, TaskRows
from tests.unit.portal.api.conftest import Program
from tests.unit.portal.api.test_answering import problem
from tests.unit.portal.driver import read, send
from tests.unit.portal.signing import NADIA, enter
from tests.unit.portal.world import EVENT

HEAD, ADDRESS = "per-a-head", "per-a-head@example.org"
TASKS, VISITS = "tasks/ListTasks/v1", "scheduling/ListOwnVisits/v1"
EVERYBODYS = ("scheduling/ListVisits/v2", "scheduling/ListAgreements/v1", "scheduling/ListDuties/v1")
ANSWER = "commands/scheduling/AnswerInvitation/v1"


@pytest.fixture
async def own(world):
    """Make programs with tokens of somebody as themselves."""
    opened: list[httpx.AsyncClient] = []

    async def make(person_id=HEAD, act="change"):
        wanted = Wanted("My calendar", scopes_of(act), 30, own=True, proved=True)
        made = await world.tokens.make(person_id, wanted, f"own-{len(opened)}")
        opened.append(world.browser())
        return Program(opened[-1], made.text)

    yield make
    for browser in opened:
        await browser.aclose()


async def test_somebody_s_token_asks_as_that_person_whatever_it_asks(world, own):
    world.owners.finds["ListTasks"] = TaskRows(total=0, owed=0, tasks=())
    program = await own()
    assert (await program.get(TASKS)).status_code == 200
    assert world.owners.found[-1] == ListTasks(person_id=HEAD)
    assert problem(await program.get(TASKS, person_id="per-b-head")) == (422, "well-formed")


async def test_somebody_s_token_sees_its_own_dates_and_no_list_with_others_answers_in_it(world, own, given):
    world.owners.finds["ListOwnVisits"] = OwnVisitRows(total=0, visits=())
    program = await own()
    for name in EVERYBODYS:
        assert problem(await program.get(name, programme_id="prg-1")) == (404, "not-found")
    assert problem(await program.get(VISITS, drafts="true")) == (422, "well-formed")
    assert world.owners.found == []
    assert (await program.get(VISITS)).status_code == 200
    assert world.owners.found == [ListOwnVisits(person_id=HEAD)]
    assert (await (await given("dates:read")).get(EVERYBODYS[0], drafts="true", person_id=HEAD)).status_code == 200
    assert (await (await given("dates:read")).get(VISITS)).status_code == 200
    assert world.owners.found[-1] == ListOwnVisits(person_id=NADIA)


async def test_it_acts_as_that_person(world, own):
    program = await own()
    fields = {"target_id": EVENT, "target_kind": "cohort-event", "answer": "accepted"}
    assert (await program.post(ANSWER, fields)).status_code == 200
    assert world.owners.asked == [(AnswerInvitation(person_id=HEAD, **fields), HEAD)]
    assert problem(await program.post(ANSWER, {**fields, "person_id": "per-b-head"}, key="k-2"))[0] == 422


async def test_a_token_that_sees_changes_nothing(own):
    program = await own(act="read")
    fields = {"target_id": EVENT, "target_kind": "cohort-event", "answer": "accepted"}
    assert problem(await program.post(ANSWER, fields)) == (403, "scope")


@pytest.mark.parametrize("person", [HEAD, NADIA])
async def test_everything_of_others_is_not_there_also_for_who_coordinates(world, given, own, person):
    await given()
    program = await own(person)
    for public in PUBLIC.values():
        if public.request in OF_PEOPLE:
            continue
        if public.subject.startswith("queries"):
            answer = await program.get(f"/api{public.path}")
        else:
            answer = await program.post(public.path.removeprefix("/"), {})
        assert (answer.status_code, public.subject) == (404, public.subject)
    answer = await program.browser.post("/api/uploads?filename=a.csv", content=b"x", headers=program.bearer)
    assert answer.status_code == 404
    assert world.owners.asked == []


async def test_a_file_is_kept_for_who_may_import(world, given):
    program = await given("schools:change")
    answer = await program.browser.post("/api/uploads?filename=a.csv", content=b"URN\n1\n", headers=program.bearer)
    assert (answer.status_code, answer.json()) == (201, {"upload": "upl-1"})
    assert world.owners.uploads == {"upl-1": (b"URN\n1\n", "a.csv")}
    started = await program.post("commands/programmes/ImportFile/v1", {
        "kind": "enrolments", "upload": "upl-1", "filename": "a.csv", "programme_id": "prg-1",
    })  # fmt: skip
    assert started.status_code == 200


@pytest.mark.parametrize(
    ("scope", "query", "content", "refused"),
    [
        ("schools:read", "filename=a.csv", b"x", (403, "scope")),
        ("schools:change", "", b"x", (422, "filename")),
        ("schools:change", "filename=" + "a" * 201, b"x", (422, "filename")),
        ("schools:change", "filename=a.csv", b"", (422, "empty-file")),
        ("schools:change", "filename=a.csv", b"x" * 3_000_000, (413, "too-large")),
    ],
)
async def test_a_file_that_is_not_to_be_had_is_refused(world, given, scope, query, content, refused):
    program = await given(scope)
    answer = await program.browser.post(f"/api/uploads?{query}", content=content, headers=program.bearer)
    assert problem(answer) == refused
    assert world.owners.uploads == {}


async def test_people_make_tokens_of_their_own_and_revoke_them(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get("/me/tokens")
        refused = await send(browser, page, {"name": "", "act": "read", "do": "make"})
        assert refused.status_code == 422
        made = await send(browser, page, {"name": "My calendar", "act": "read", "days": "30", "do": "make"})
        text = re.search(r"kindred_[A-Za-z0-9_-]{10,}", made.text)
        assert text
        bearer = await world.tokens.behind(text[0])
        assert bearer
        assert (bearer.token.person_id, bearer.token.own) == (HEAD, True)
        assert all(scope.endswith(":read") for scope in bearer.token.scopes)
        page = await browser.get("/me/tokens")
        assert text[0] not in page.text
        await send(browser, page, {"do": "revoke"})
        assert await world.tokens.behind(text[0]) is None
        assert "Revoked" in read(await browser.get("/me/tokens")).text


async def test_nobody_revokes_somebody_else_s_token(world):
    other = await world.tokens.make("per-b-head", Wanted("Theirs", scopes_of("read"), 30, own=True), "one")
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get("/me/tokens")
        answer = await send(browser, page, {"do": "revoke", "token": other.token.token_id})
    assert answer.status_code == 404
    assert await world.tokens.behind(other.text)
