"""The coordinator's pages: what needs somebody, replies, mails, reviews and what acts come to."""

import datetime as dt

import pytest

from shared.commands.matching import PinSchools, PublishCohort
from shared.commands.notifications import PauseMail, ResendMail
from shared.commands.notifications_held import ReleaseHeld
from shared.commands.notifications_replies import CloseReply, PlaceReply
from shared.commands.programmes import (
    CloseEnrolment,
    CorrectAddress,
    ImportFile,
    ImportStarted,
    OpenProgramme,
    WithdrawSchool,
)
from shared.commands.scheduling import AnswerInvitation, PublishVisits
from shared.commands.tasks import ExcuseTask
from shared.errors import Rejected, Retryable
from tests.unit.portal import console
from tests.unit.portal.console import IMPORT, MAIL, OPEN, REPLY, TASK
from tests.unit.portal.driver import read
from tests.unit.portal.signing import NADIA, code_now
from tests.unit.portal.world import COHORT, PROGRAMME, VISIT

HOME = f"/console/programmes/{PROGRAMME}"


async def press(browser, page, values, form=1):
    """Fill in a form of the page (the bar's is the first) and send it."""
    found = read(page).forms[form]
    origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
    fields = {**found.fields, **values}
    return await browser.post(found.action or str(page.url), data=fields, headers={"origin": origin})


async def test_home_says_what_waits_in_order_of_need(world, desk):
    page = await desk.get("/console")
    said = " ".join(read(page).text.split())
    sentences = (
        "3 mails are held since a restore.", "1 mail came back.", "1 reply waits for you.",
        "A draft of 1 group is ready.", "1 task was not done in time.",
    )  # fmt: skip
    places = [said.index(one) for one in sentences]
    assert places == sorted(places)
    assert f'href="{HOME}/groups"' in page.text


async def test_home_names_who_does_not_answer_and_shows_the_rest(world, desk):
    def silent(_query):
        raise Retryable("Nobody answered.")

    world.owners.finds["ListMails"] = silent
    page = await desk.get("/console")
    assert "notifications does not answer" in page.text
    assert "1 reply waits for you." in page.text


async def test_nothing_needs_anybody(world, desk):
    for name in ("ListMails", "ListReplies", "ListProgrammes"):
        world.owners.finds.pop(name)
    assert read(await desk.get("/console")).h1 == "Nothing needs you"


async def test_a_reply_is_placed_for_whom_it_shows(world, desk):
    page = await desk.get("/console/replies")
    assert "I can come, but only until noon." in page.text
    page = await desk.get(f"/console/replies/{REPLY}")
    assert '<option value="per-b-head" selected>' in page.text
    world.owners.sentence = "The answer (accepted) is taken."
    page = await press(desk, page, {"do": "place"})
    assert world.owners.asked[-1] == (PlaceReply(reply_id=REPLY, person_id="per-b-head"), NADIA)
    assert (page.url.path, "The answer (accepted) is taken." in page.text) == ("/console/replies", True)
    assert "The answer (accepted) is taken." not in (await desk.get("/console/replies")).text


async def test_an_answer_is_entered_and_the_mail_leaves_the_list(world, desk):
    page = await desk.get(f"/console/replies/{REPLY}")
    await press(desk, page, {"do": "answer", "person": "per-a-lead", "answer": "declined"}, form=2)
    answer = AnswerInvitation(target_id=VISIT, target_kind="visit", person_id="per-a-lead", answer="declined")
    assert world.owners.commands == [answer, CloseReply(reply_id=REPLY)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"do": "answer", "person": "per-a-lead", "answer": ""}, "Choose what they say."),
        ({"do": "answer", "person": "per-x", "answer": "accepted"}, "Choose whose answer it is."),
        ({"do": "place", "person": ""}, "Choose whose answer it is."),
    ],
)
async def test_what_is_not_chosen_is_asked_for(world, desk, values, said):
    page = await press(desk, await desk.get(f"/console/replies/{REPLY}"), values)
    assert (page.status_code, said in page.text, world.owners.commands) == (422, True, [])


async def test_what_is_unknown_is_not_there(desk):
    for path in (f"/console/replies/{'b' * 64}", "/console/programmes/prg-x", "/console/nothing"):
        assert (await desk.get(path)).status_code == 404


async def test_mails_are_paged_and_filtered(desk):
    page = await desk.get("/console/mails")
    assert page.text.count('href="/console/mails/mai-') == 50
    assert "Page 1 of 3" in page.text
    page = await desk.get("/console/mails?page=3")
    assert page.text.count('href="/console/mails/mai-') == 19
    page = await desk.get("/console/mails?state=bounced")
    assert "There is no such mailbox." in page.text
    assert page.text.count('href="/console/mails/mai-') == 1


async def test_a_mail_is_sent_again_once_however_often_the_button_is_pressed(world, desk):
    page = await desk.get(f"/console/mails/{MAIL}")
    assert "one mail to one person" in page.text
    for _ in range(2):
        await press(desk, page, {"do": "again"})
    assert world.owners.asked == [(ResendMail(mail_id=MAIL), NADIA)]


async def test_what_a_service_refuses_is_said_on_the_page(world, desk):
    page = await desk.get(f"/console/mails/{MAIL}")
    world.owners.fails = Rejected("still-on-its-way", "This mail is sending.")
    page = await press(desk, page, {"do": "again"})
    assert (page.status_code, "This mail is sending." in page.text) == (422, True)


async def test_stopping_all_mails_asks_for_the_second_factor_again_after_half_an_hour(world, desk):
    page = await desk.get("/console/mails/pause")
    assert "Nothing goes out until you let it" in page.text
    world.clock.advance(dt.timedelta(minutes=31))
    late = await press(desk, page, {"do": "pause"})
    assert (late.status_code, world.owners.commands) == (403, [])
    again = await desk.get("/console/mails/pause")
    assert again.url.path == "/sign-in/second"
    page = await press(desk, again, {"code": await code_now(world)}, form=0)
    assert page.url.path == "/console/mails/pause"
    assert "Say why" in (await press(desk, page, {"do": "pause", "reason": " "})).text
    await press(desk, page, {"do": "pause", "reason": "A wrong date"})
    assert world.owners.commands == [PauseMail(paused=True, reason="A wrong date")]


async def test_withdrawing_a_school_asks_for_the_second_factor_again_after_half_an_hour(world, desk):
    page = await desk.get(f"{HOME}/schools/107000")
    world.clock.advance(dt.timedelta(minutes=31))
    late = await press(desk, page, {"do": "withdraw", "reason": "A new head"}, form=-1)
    assert (late.status_code, world.owners.commands) == (403, [])
    assert "A new head" in late.text


async def test_held_mails_go_by_kind(world, desk):
    page = await desk.get("/console/mails/held")
    await press(desk, page, {"do": "release"})
    assert world.owners.commands == [ReleaseHeld(template="visit-invitation")]
    page = await press(desk, page, {"do": "release", "template": "no-such"})
    assert page.status_code == 422


async def test_groups_are_reviewed_and_wishes_kept(world, desk):
    page = await desk.get(f"{HOME}/groups")
    assert "Moor End Primary School" in page.text
    wish = {"one": "107000", "other": "107001", "how": "apart"}
    page = await press(desk, page, {**wish, "do": "what-if"})
    assert "Hollins Primary School: group 7 → group 3" in page.text
    assert 'value="Hollins Primary School (107000)"' in page.text
    await press(desk, page, {**wish, "do": "pin"})
    assert world.owners.commands == [PinSchools(programme_id=PROGRAMME, urns=(107000, 107001), how="apart")]
    page = await press(desk, page, {**wish, "other": "107000", "do": "pin"})
    assert "Choose two schools" in page.text


async def test_publishing_groups_says_how_many_mails_go_and_names_the_revision(world, desk):
    page = await desk.get(f"{HOME}/groups/publish")
    assert "up to 120 mails" in page.text
    assert "Publish 1 group and tell the schools" in page.text
    await press(desk, page, {"do": "publish"})
    assert world.owners.asked == [(PublishCohort(cohort_id=COHORT, revision=3), NADIA)]
    console.filled(world, "published")
    again = await desk.get(f"{HOME}/groups/publish")
    assert (again.url.path, "There is no draft to publish." in again.text) == (f"{HOME}/groups", True)


async def test_a_calendar_is_published_with_what_cannot_be_dated_said(world, desk):
    console.filled(world, "published")
    page = await desk.get(f"{HOME}/calendar")
    assert "Group 7 has no day on which both leaders can come." in page.text
    page = await desk.get(f"{HOME}/calendar/publish")
    assert "about 9 invitations" in page.text
    await press(desk, page, {"do": "publish", "without": "yes"})
    assert world.owners.commands == [PublishVisits(cohort_id=COHORT, revision=2, leave_out_unplaced=True)]


async def test_a_task_is_let_off_with_a_reason(world, desk):
    page = await desk.get(f"{HOME}/tasks?state=missed")
    assert "Amara Osei, Hollins Primary School" in page.text
    assert "Say why" in (await press(desk, page, {"reason": " "})).text
    await press(desk, page, {"reason": "Told by telephone"})
    assert world.owners.commands == [ExcuseTask(task_id=TASK, reason="Told by telephone")]


async def test_a_programme_is_opened_and_closed(world, desk):
    page = await desk.get("/console/programmes/open")
    assert "Choose a template" in (await press(desk, page, {"name": "", "template": "visits", "year": "2027"})).text
    await press(desk, page, {"name": "Peer visits", "template": "visits", "year": "2027"})
    opened = OpenProgramme(
        template="visits", name="Peer visits", year=2027, coordinator_name="Nadia Rahman",
        coordinator_email="nadia@kindred.example",
    )  # fmt: skip
    assert world.owners.commands == [opened]
    page = await desk.get(f"/console/programmes/{OPEN}/close")
    assert "7 schools have enrolled" in page.text
    await press(desk, page, {"do": "close"})
    assert world.owners.commands[-1] == CloseEnrolment(programme_id=OPEN)


async def test_a_file_goes_up_and_what_is_to_be_put_right_comes_back(world, desk):
    page = await desk.get(f"{HOME}/import")
    fields = {**read(page).forms[1].fields, "kind": "enrolments"}
    headers = {"origin": world.public}
    refused = await desk.post(f"{HOME}/import", data=fields, headers=headers)
    assert (refused.status_code, "Choose a file" in refused.text) == (422, True)
    world.owners.replies["ImportFile"] = ImportStarted(import_id=IMPORT)
    files = {"file": ("Our schools.xlsx", b"PK...")}
    page = await desk.post(f"{HOME}/import", data=fields, files=files, headers=headers)
    assert world.owners.uploads == {"upl-1": (b"PK...", "Our schools.xlsx")}
    sent = ImportFile(
        kind="enrolments", upload="upl-1", filename="Our schools.xlsx", programme_id=PROGRAMME, check=True
    )  # fmt: skip
    assert world.owners.asked == [(sent, NADIA)]
    said = " ".join(read(page).text.split())
    assert "55 new, 0 changed, 0 as they were; 1 to put right" in said
    assert "Row 7 left out The headteacher has no e-mail address." in said
    assert "URN The URN 999999 is in no register." in said
    back = await desk.get(f"{HOME}/imports/{IMPORT}/to-put-right.csv")
    assert back.content.decode("utf-8-sig").splitlines() == [
        "Row is,What to put right,URN,School,Head",
        'left out,"URN: The URN 999999 is in no register.',
        "The headteacher has no e-mail address.\",999999,'=cmd,",
    ]
    assert (await desk.get(f"{HOME}/imports/imp-x")).status_code == 404


async def test_a_school_is_found_corrected_and_withdrawn_with_a_reason(world, desk):
    page = await desk.get(f"{HOME}/schools")
    assert "24 schools" in page.text
    page = await desk.get(f"{HOME}/schools/107000")
    assert read(page).h1 == "Hollins Primary School"
    assert (await desk.get(f"{HOME}/schools/999")).status_code == 404
    await press(desk, page, {"do": "correct", "email": "new@hollins.example"})
    refused = await press(desk, page, {"do": "withdraw", "reason": " "}, form=-1)
    assert "Say why the school leaves" in refused.text
    await press(desk, page, {"do": "withdraw", "reason": "A new head"}, form=-1)
    assert world.owners.commands == [
        CorrectAddress(person_id="per-0", email="new@hollins.example"),
        WithdrawSchool(programme_id=PROGRAMME, urn=107000, reason="A new head"),
    ]
