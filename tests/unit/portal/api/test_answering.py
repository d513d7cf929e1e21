"""Commands and queries over HTTP: by a token, once a key, by the page, with tags, and refused by their rule."""

import re
from urllib.parse import urlsplit

import pytest

from shared.commands.actions import ChangeAction, ListActions
from shared.commands.base import Done
from shared.commands.notifications import ResendMail
from shared.commands.programmes import WithdrawSchool
from shared.errors import Permanent, Rejected, Retryable
from tests.unit.portal import console
from tests.unit.portal.console import MAIL
from tests.unit.portal.signing import NADIA
from tests.unit.portal.world import PROGRAMME

MAILS = "notifications/ListMails/v1"
RESEND = "commands/notifications/ResendMail/v1"
WITHDRAW = "commands/programmes/WithdrawSchool/v1"


def problem(answer):
    """What a refusal says: status, rule; it must be problem details."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (answer.status_code, f"urn:kindred:rule:{told['rule']}")
    assert told["detail"]
    return answer.status_code, told["rule"]


async def test_a_query_is_answered_as_its_owner_does(world, given):
    program = await given("mails:read")
    answer = await program.get(MAILS, state="bounced")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert [row["mail_id"] for row in answer.json()["mails"]] == [MAIL]
    assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in answer.headers


async def test_a_command_is_done_once_a_key_by_the_token_s_person(world, given):
    program = await given("mails:change")
    world.owners.sentence = "It is sent again."
    for _ in range(2):
        answer = await program.post(RESEND, {"mail_id": MAIL})
        assert (answer.status_code, Done(**answer.json()).sentence) == (200, "It is sent again.")
    assert world.owners.asked == [(ResendMail(mail_id=MAIL), NADIA)]
    await program.post(RESEND, {"mail_id": MAIL}, key="k-2")
    assert len(world.owners.asked) == 2


async def test_keys_of_one_token_are_not_those_of_another(world, given):
    for program in (await given("mails:change"), await given("mails:change")):
        await program.post(RESEND, {"mail_id": MAIL})
    assert len(world.owners.asked) == 2


@pytest.mark.parametrize("key", ["", "with space", "x" * 129, "ü"])
async def test_a_command_without_a_usable_key_is_not_sent(world, given, key):
    program = await given("mails:change")
    headers = {"idempotency-key": key.encode()}
    answer = await program.post(RESEND, {"mail_id": MAIL}, headers=headers)
    assert (problem(answer), world.owners.commands) == ((400, "no-key"), [])


async def test_who_acts_is_said_by_the_token(world, given):
    program = await given("forms:change")
    path = "commands/reporting/ChangeAction/v1"
    answer = await program.post(path, {"action_id": "act-1", "owner": "Tom", "person_id": "per-a-head"})
    assert problem(answer) == (422, "well-formed")
    assert answer.json()["errors"][0]["at"] == "person_id"
    await program.post(path, {"action_id": "act-1", "owner": "Tom"})
    assert world.owners.commands == [ChangeAction(action_id="act-1", owner="Tom", person_id=NADIA)]
    await program.get("reporting/ListActions/v1", programme_id=PROGRAMME)
    assert world.owners.found[-1] == ListActions(programme_id=PROGRAMME, person_id=NADIA)


@pytest.mark.parametrize(
    ("headers", "rule"),
    [
        ({}, "no-token"),
        ({"authorization": "Basic eDp5"}, "no-token"),
        ({"authorization": "Bearer"}, "no-token"),
        ({"authorization": "Bearer kindred_x"}, "token-over"),
    ],
)
async def test_without_a_good_token_nothing_is_answered(world, given, headers, rule):
    program = await given()
    for call in (
        program.browser.get(f"/api/queries/{MAILS}", headers=headers),
        program.browser.post(f"/api/{RESEND}", json={"mail_id": MAIL}, headers=headers),
        program.browser.get("/api/queries/nobody/Nothing/v1", headers=headers),
    ):
        answer = await call
        assert problem(answer) == (401, rule)
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert (world.owners.found, world.owners.commands) == ([], [])


async def test_a_session_s_cookie_opens_nothing_here(world, given):
    from tests.unit.portal.signing import signed_in

    async with world.browser() as browser:
        await signed_in(world, browser)
        console.filled(world)
        assert problem(await browser.get(f"/api/queries/{MAILS}")) == (401, "no-token")


async def test_a_scope_that_is_not_given_is_named(world, given):
    program = await given("mails:read", "schools:change")
    answer = await program.post(RESEND, {"mail_id": MAIL})
    assert problem(answer) == (403, "scope")
    assert 'scope="mails:change"' in answer.headers["www-authenticate"]
    assert world.owners.commands == []
    assert (await program.get("programmes/ListEnrolments/v2", programme_id=PROGRAMME)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/api/", "/api/nothing", "/api/queries/notifications/ListMails/v9", "/api/queries/portal/ShowSignIn/v1",
        "/api/queries/portal/ListTokens/v1", "/api/queries/programmes/ListEnrolments/v1",
        "/api/queries/reporting/ListMails/v1",
    ],
)  # fmt: skip
async def test_what_is_not_public_is_not_there(given, path):
    assert problem(await (await given()).get(path)) == (404, "not-found")


async def test_secrets_and_second_factors_are_not_for_programs(world, given):
    program = await given()
    for name in (
        "programmes/ErasePerson",
        "programmes/AddCoordinator",
        "portal/RevokeToken",
        "notifications/PauseMail",
    ):
        assert problem(await program.post(f"commands/{name}/v1", {})) == (404, "not-found")
    assert world.owners.commands == []


@pytest.mark.parametrize(
    ("parameters", "at"),
    [
        ({"limit": "0"}, "limit"), ({"limit": "five"}, "limit"), ({"limit": "5.5"}, "limit"),
        ({"limit": str(10**30)}, "limit"), ({"held": "yes"}, "held"), ({"state": "lost"}, "state"),
        ({"colour": "red"}, "colour"), ({"offset": "5"}, "offset"), ({"limit": ["1", "2"]}, "limit"),
        ({"limit": "NaN"}, "limit"), ({"limit": "[" * 5000}, "limit"),
    ],
)  # fmt: skip
async def test_what_the_contract_does_not_say_is_refused_with_its_place(world, given, parameters, at):
    answer = await (await given("mails:read")).get(MAILS, **parameters)
    assert (problem(answer), answer.json()["errors"][0]["at"]) == ((422, "well-formed"), at)
    assert world.owners.found == []


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    [
        (b"{", "application/json", (400, "no-json")),
        (b"[" * 100_000, "application/json", (400, "no-json")),
        (b'{"mail_id": NaN}', "application/json", (400, "no-json")),
        (b"\xff", "application/json", (400, "no-json")),
        (b'{"mail_id": ' + b"[" * 100 + b"]" * 100 + b"}", "application/json", (422, "well-formed")),
        (b"[]", "application/json", (422, "well-formed")),
        (b'{"mail_id": 5}', "application/json", (422, "well-formed")),
        (b'{"mail_id": "m", "more": 1}', "application/json; charset=utf-8", (422, "well-formed")),
        (b"mail_id=m", "application/x-www-form-urlencoded", (415, "json-only")),
        (b'{"mail_id": "m"}', "text/plain", (415, "json-only")),
        (b'{"mail_id": "' + b"x" * 3_000_000 + b'"}', "application/json", (413, "too-large")),
    ],
    ids=range(11),
)  # fmt: skip
async def test_a_body_that_cannot_be_taken_is_said_to_be_one(world, given, body, kind, refusal):
    program = await given("mails:change")
    headers = {**program.bearer, "idempotency-key": "k-1", "content-type": kind}
    answer = await program.browser.post(f"/api/{RESEND}", content=body, headers=headers)
    assert (problem(answer), world.owners.commands) == (refusal, [])


async def test_only_json_is_answered(given):
    program = await given("mails:read")
    assert problem(await program.get(MAILS, headers={"accept": "text/html"})) == (406, "json-only")
    assert (await program.get(MAILS, headers={"accept": "text/html, application/*;q=0.5"})).status_code == 200


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (Rejected("already-over", "The visit is over."), (422, "already-over")),
        (Rejected("unknown-mail", "There is no such mail."), (404, "unknown-mail")),
        (Rejected("unknown-field", "There is no such question."), (422, "unknown-field")),
        (Rejected("stale-draft", "It has changed."), (409, "stale-draft")),
        (Rejected("one-key-one-request", "This key was used."), (422, "one-key-one-request")),
        (Retryable("Nobody answers.", after=1.5), (503, "not-now")),
        (Permanent("It is broken: secret"), (500, "fault")),
    ],
)
async def test_what_an_owner_refuses_is_told_by_its_rule(world, given, error, refusal):
    program, world.owners.fails = await given("mails:change"), error
    answer = await program.post(RESEND, {"mail_id": MAIL})
    assert problem(answer) == refusal
    assert (answer.headers.get("retry-after"), "secret" in answer.text) == ("2" if refusal[0] == 503 else None, False)


async def test_the_same_answer_is_not_sent_twice(world, given):
    program = await given("mails:read")
    first = await program.get(MAILS)
    tag = first.headers["etag"]
    again = await program.get(MAILS, headers={"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await program.get(MAILS, headers={"if-none-match": tag}, state="bounced")
    assert (other.status_code, other.headers["etag"] == tag) == (200, False)
    assert first.headers["cache-control"] == "private, no-cache"


def next_of(answer):
    link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
    return link and link[1]


async def test_long_lists_come_by_the_page(world, given):
    program, seen, at = await given("mails:read"), [], f"/api/queries/{MAILS}?limit=50&state=accepted"
    for _ in range(3):
        answer = await program.get(at)
        seen += [row["mail_id"] for row in answer.json()["mails"]]
        at = next_of(answer)
        assert at is None or urlsplit(at).path == f"/api/queries/{MAILS}"
    assert at is None
    assert len(seen) == len(set(seen)) == 118


async def test_a_cursor_belongs_to_its_list(given):
    program = await given("mails:read")
    at = next_of(await program.get(MAILS, limit=50))
    (cursor,) = re.findall(r"cursor=(\w+)", at)
    assert problem(await program.get(MAILS, limit=50, state="bounced", cursor=cursor)) == (422, "cursor")
    assert problem(await program.get(MAILS, cursor="x")) == (422, "cursor")
    assert (await program.get(MAILS, limit=20, cursor=cursor)).status_code == 200


async def test_a_query_that_does_not_fit_into_an_address_has_a_body(world, given):
    program = await given("dates:read")
    path = "queries/scheduling/FindSuitingDays/v1"
    assert (await program.get(f"/api/{path}")).status_code == 405
    fields = {"person_ids": ["per-a-head"], "stretches": [{"first": "2027-05-03", "last": "2027-05-07"}]}
    await program.post(path, fields)
    assert world.owners.found[-1].stretches[0].first.isoformat() == "2027-05-03"
    wrong = {**fields, "stretches": [{"first": "2027-05-03", "last": 5}]}
    assert problem(await program.post(path, wrong)) == (422, "well-formed")


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused_with_those_that_there_are(given, method):
    program = await given()
    answer = await program.browser.request(method, f"/api/queries/{MAILS}", headers=program.bearer)
    assert problem(answer) == (405, "method")
    assert "GET" in answer.headers["allow"]


async def test_lists_in_an_address(world, given):
    program = await given("schools:read")
    answer = await program.get("programmes/NamePeople/v1", person_ids=["per-a-head", "per-b-head"])
    assert len(answer.json()["people"]) == 2
    assert world.owners.found[-1].person_ids == ("per-a-head", "per-b-head")


async def test_a_token_of_one_programme_reaches_nothing_else(world, given):
    program = await given(programmes=(PROGRAMME,))
    assert (await program.get("programmes/ListEnrolments/v2", programme_id=PROGRAMME)).status_code == 200
    assert (await program.get("programmes/ListProgrammes/v1", name=PROGRAMME)).status_code == 200
    assert (await program.get("matching/ShowCohort/v1", cohort_id="coh-1")).status_code == 200
    assert (await program.get("notifications/ShowMail/v1", mail_id=MAIL)).status_code == 200
    world.owners.found.clear()
    for name, parameters in (
        ("programmes/ListEnrolments/v2", {"programme_id": "prg-2"}),
        ("programmes/ListProgrammes/v1", {}),
        ("notifications/ListMails/v1", {}),
        ("notifications/ListReplies/v1", {}),
        ("reporting/ListAudit/v1", {}),
        ("scheduling/ShowVisit/v2", {"visit_id": "vis-x"}),
        ("scheduling/ListVisits/v2", {"person_id": "per-a-head"}),
    ):
        assert problem(await program.get(name, **parameters)) == (404, "not-found"), name
    both = {"programme_id": "prg-2", "cohort_id": "coh-1"}
    assert problem(await program.get("matching/ShowCohort/v1", **both)) == (404, "not-found")
    gone = await program.post(WITHDRAW, {"programme_id": "prg-2", "urn": 107000, "reason": "Too far."})
    assert (problem(gone), world.owners.commands) == ((404, "not-found"), [])
    await program.post(WITHDRAW, {"programme_id": PROGRAMME, "urn": 107000, "reason": "Too far."})
    assert world.owners.commands == [WithdrawSchool(programme_id=PROGRAMME, urn=107000, reason="Too far.")]


async def test_the_description_is_open_and_is_the_one_in_docs(world):
    from tests.architecture.test_shape import ROOT

    async with world.browser() as browser:
        answer = await browser.get("/api/openapi.json")
    assert answer.text == (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
