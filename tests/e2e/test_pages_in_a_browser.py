"""What people do with the pages, with and without JavaScript, clumsy things included."""

import pytest
from playwright.async_api import expect

from shared.errors import Rejected, Retryable
from tests.e2e.browsing import IN_A_BROWSER
from tests.unit.portal.dates import AGREEMENT, OFFER, OTHER_PAGES, agreement, call_offer
from tests.unit.portal.world import PURPOSES

pytestmark = IN_A_BROWSER
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


async def heading(page):
    return (await page.locator("h1").inner_text()).strip()


@SCRIPT
async def test_accepting(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, "answer")
    assert "/l/" not in page.url
    await page.get_by_role("button", name="Yes, I am coming").click()
    assert await heading(page) == "You are coming"
    assert [command.answer for command in stage.world.owners.commands] == ["accepted"]


@SCRIPT
async def test_declining_with_other_days(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, "answer")
    await page.locator("summary").click()
    await page.locator("#dates-0-first").fill("2027-05-17")
    await page.get_by_role("button", name="Add more days").click()
    await page.locator("#dates-1-first").fill("2027-06-03")
    await page.get_by_role("button", name="I cannot come on 13 May 2027").click()
    assert await heading(page) == "You cannot come"
    assert len(stage.world.owners.commands[0].dates_not_possible) == 2


@SCRIPT
async def test_saying_which_days_suit(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, *OTHER_PAGES["answer agreed-day"])
    assert await heading(page) == "Which day suits you and Amara Osei?"
    for day, answer in (("Monday 17", "Yes"), ("Wednesday 19", "If need be"), ("Friday 21", "No")):
        group = page.get_by_role("group", name=f"{day} May 2027")
        await group.get_by_label(answer, exact=True).check()
    await page.get_by_label("A note").fill("After ten, please.")
    await page.get_by_role("button", name="Send my answer").click()
    assert await heading(page) == "Your answer is saved"
    (command,) = stage.world.owners.commands
    assert [line.answer for line in command.lines] == ["yes", "if-need-be", "no"]
    assert (command.person_id, command.note) == ("per-b-head", "After ten, please.")
    stage.world.agreements[AGREEMENT] = agreement(state="settled", settled=command.lines[0].on, waiting_for=())
    await page.get_by_role("link", name="See your answer").click()
    assert await heading(page) == "Your day with Amara Osei"
    assert await page.get_by_role("button").count() == 0


@SCRIPT
async def test_saying_that_no_day_suits(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, *OTHER_PAGES["answer agreed-day"])
    await page.get_by_role("button", name="None of these days suits me").click()
    assert await heading(page) == "Your answer is saved"
    assert {line.answer for line in stage.world.owners.commands[0].lines} == {"no"}


@SCRIPT
async def test_choosing_the_time_of_a_call(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, *OTHER_PAGES["answer call-offer"])
    await page.get_by_role("group", name="Monday 17 May 2027").get_by_label("9:30", exact=True).check()
    await page.get_by_role("group", name="Tuesday 18 May 2027").get_by_label("14:00", exact=True).check()
    await page.get_by_role("button", name="Book this time").click()
    assert await heading(page) == "The call is booked"
    (command,) = stage.world.owners.commands
    assert (command.person_id, command.start.isoformat()) == ("per-b-head", "2027-05-18T13:00:00+00:00")


@SCRIPT
async def test_whoever_is_too_late_for_a_time_sees_the_rest(stage, script, monkeypatch):
    taken = "Somebody has a call at this time already. Choose another."

    async def beaten(_command, **_how):
        stage.world.call_offers[OFFER] = call_offer(slots=call_offer().slots[1:])
        raise Rejected("slot-taken", taken)

    page = await stage.page(script=script)
    await stage.open(page, *OTHER_PAGES["answer call-offer"])
    await page.get_by_label("9:00", exact=True).check()
    with monkeypatch.context() as patch:
        patch.setattr(stage.world.owners, "ask", beaten)
        await page.get_by_role("button", name="Book this time").click()
        await page.locator(".notice.error").wait_for()
    assert await page.get_by_role("radio").count() == 2
    await expect(page.locator("form .complaint")).to_have_text(f"Error: {taken}")
    await page.get_by_role("link", name=taken).click()
    await expect(page.get_by_label("9:30", exact=True)).to_be_focused()
    await page.get_by_label("9:30", exact=True).check()
    await page.get_by_role("button", name="Book this time").click()
    assert await heading(page) == "The call is booked"
    assert [command.start.isoformat() for command in stage.world.owners.commands] == ["2027-05-17T08:30:00+00:00"]


async def test_the_three_answers_to_a_day_stand_in_one_line_on_a_phone(stage):
    page = await stage.page()
    await stage.open(page, *OTHER_PAGES["answer agreed-day"])
    boxes = [await one.bounding_box() for one in await page.locator("fieldset").first.locator(".option").all()]
    assert len({round(box["y"]) for box in boxes}) == 1


async def test_double_click_sends_once(stage):
    page = await stage.page()
    await stage.open(page, "answer")
    await page.get_by_role("button", name="Yes, I am coming").dblclick()
    await page.wait_for_url("**/saved")
    assert len(stage.world.owners.commands) == 1


async def test_back_and_another_answer_counts(stage):
    page = await stage.page()
    await stage.open(page, "answer")
    await page.get_by_role("button", name="Yes, I am coming").click()
    await page.wait_for_url("**/saved")
    await page.go_back()
    await page.get_by_role("button", name="I am not sure yet").click()
    await page.wait_for_url("**/saved")
    await page.go_back()
    await page.get_by_role("button", name="Yes, I am coming").click()
    await page.wait_for_url("**/saved")
    assert [command.answer for command in stage.world.owners.commands] == ["accepted", "tentative", "accepted"]


@SCRIPT
async def test_rows_of_findings(stage, script):
    page = await stage.page("desk", script=script)
    await stage.open(page, "findings")
    await page.locator("#summary").fill("Reading has improved. 🎉")
    await page.locator("#finding-0-title").fill("First")
    await page.get_by_role("button", name="Add a finding").click()
    await page.locator("#finding-1-title").fill("Second")
    await page.get_by_role("button", name="Take out finding 1").click()
    await page.locator("#finding-0-title").wait_for(state="detached")
    await page.locator("#finding-1-status").select_option("at-risk")
    for field, text in (
        ("what", "Read daily"),
        ("owner", "English lead"),
        ("due", "2027-10-01"),
        ("success", "Fluency"),
    ):
        await page.locator(f"#action-0-{field}").fill(text)
    await page.get_by_role("button", name="Send findings and action plan").click()
    assert await heading(page) == "Findings and action plan saved"
    command = stage.world.owners.commands[0]
    assert (command.summary, [one.title for one in command.findings]) == ("Reading has improved. 🎉", ["Second"])


async def test_a_new_row_takes_the_focus_and_the_page_does_not_reload(stage):
    page = await stage.page()
    await stage.open(page, "findings")
    await page.evaluate("window.same = true")
    await page.get_by_role("button", name="Add an action").click()
    await page.locator("#action-1-what").wait_for()
    assert await page.evaluate("[window.same, document.activeElement.id]") == [True, "action-1-what"]


async def test_enter_in_a_text_field_sends_the_form_not_a_row_button(stage):
    page = await stage.page()
    await stage.open(page, "findings")
    await page.locator("#finding-0-title").fill("x")
    await page.keyboard.press("Enter")
    await page.locator(".notice.error").wait_for()
    assert await page.locator("#finding-0-title").input_value() == "x"


async def test_nobody_answers_then_pressing_again_works(stage):
    page = await stage.page()
    await stage.open(page, "take-home")
    stage.world.owners.fails = Retryable("asleep")
    await page.locator("#learnt").fill("A thought")
    await page.locator("#will_use").fill("A plan")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("heading", name="Not saved yet").wait_for()
    stage.world.owners.fails = None
    await page.get_by_role("button", name="Save").click()
    assert await heading(page) == "Saved, thank you"


async def test_two_mails_open_side_by_side_do_not_disturb_each_other(stage):
    first = await stage.page()
    await stage.open(first, "answer")
    second = await first.context.new_page()
    await stage.open(second, "take-home", "per-a-head")
    await first.get_by_role("button", name="Yes, I am coming").click()
    assert await heading(first) == "You are coming"


async def test_my_visits_leads_to_answers_and_to_what_is_already_open_here(stage):
    page = await stage.page()
    await stage.open(page, "findings")
    await stage.open(page, "my-visits")
    assert await page.get_by_role("link", name="Write your school's findings and action plan").count() == 1
    await page.get_by_role("link", name="Say whether you are coming").first.click()
    await page.get_by_role("button", name="Yes, I am coming").click()
    assert await heading(page) == "You are coming"
    await page.get_by_role("link", name="Back to my visits").click()
    assert await heading(page) == "My visits"


@SCRIPT
async def test_my_visits_leads_to_the_days_and_calls_that_wait_for_an_answer(stage, script):
    page = await stage.page(script=script)
    await stage.open(page, "my-visits")
    await page.get_by_role("link", name="Choose a time for: Call with Grace Lin").click()
    assert await heading(page) == "Your call with Grace Lin"
    await page.get_by_label("14:00", exact=True).check()
    await page.get_by_role("button", name="Book this time").click()
    assert await heading(page) == "The call is booked"
    await page.get_by_role("link", name="Back to my visits").click()
    await page.get_by_role("link", name="Say which days suit you for: A day with Siobhán").click()
    await page.get_by_role("button", name="None of these days suits me").click()
    await page.get_by_role("link", name="Back to my visits").click()
    assert await heading(page) == "My visits"
    assert [type(command).__name__ for command in stage.world.owners.commands] == ["TakeCallSlot", "AnswerDates"]


async def test_a_form_that_is_not_open_here_comes_by_mail(stage):
    page = await stage.page()
    await stage.open(page, "my-visits")
    await page.get_by_role("button", name="Mail me the link to: Write your school's findings").click()
    assert await heading(page) == "We have sent you the mail again"
    assert [command.mail_id for command in stage.world.owners.commands] == ["mai-1"]


async def test_the_report_reads_in_the_page_and_downloads(stage):
    page = await stage.page()
    await stage.open(page, "report")
    assert await page.frame_locator("iframe").locator("h1").inner_text() == "Report"
    async with page.expect_download() as waiting:
        await page.get_by_role("link", name="Download PDF").click()
    download = await waiting.value
    assert download.suggested_filename == "Hollins report.pdf"


async def test_looking_tells_the_first_use_once(stage):
    page = await stage.page()
    async with page.expect_response("**/opened"):
        await stage.open(page, "cohort")
    async with page.expect_response("**/opened"):
        await page.reload()
    assert len(stage.world.openings.links) == 1


async def test_no_page_breaks_its_own_policy_or_talks_to_others(stage):
    page = await stage.page()
    said, hosts = [], set()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: hosts.add("/".join(request.url.split("/")[:3])))
    for purpose in PURPOSES:
        await stage.open(page, purpose)
        await page.wait_for_load_state("networkidle")
    assert said == []
    assert hosts == {stage.world.public}
