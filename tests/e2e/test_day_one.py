"""The first day of a coordinator in a browser: from a spreadsheet with faults to a published calendar and first mails.

Nothing is typed into a terminal but who may sign in. Everything is done with the keyboard, on a desk and at 320 px.
"""

import csv
import io
import re

import pyotp
import pytest

from services.programmes.domain.enrolment.columns import headings
from services.programmes.domain.enrolment.terms import terms_of
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from services.programmes.files.templates import TemplateFolder
from services.programmes.settings import ProgrammesSettings
from shared.commands.coordinators import AddCoordinator
from tests.e2e.accessible import WIDE
from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.living import Keys, living
from tests.fakes.town import Town
from tests.fakes.town.town import PUBLIC
from tests.screenshots.year import day

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(900)]
NAME = "Sheffield peer visits"
ROWS, FIRST_URN, CORAL = 60, 107001, "coral@trust.example"
PEOPLE = ("Headteacher", "Senior leader", "CPD lead", "Chair of governors")
LEADERS = "Name,Email,Most visit days\nJoan Ellery,joan@lead.example,200\nSam Pike,sam@lead.example,200\n"
SIZES = {"a desk": (1280, 900), "320 px": (320, 640)}


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_spreadsheet_to_the_first_mails(browser, size):
    town = Town(at=day(9, 7, 9))
    town.register([_school(number) for number in range(ROWS)])
    await town.ask(AddCoordinator(name="Coral Bright", email=CORAL))
    await town.settle()
    async with living(town, browser, SIZES[size]) as page:
        keys = Keys(page)
        await sign_in(town, keys, CORAL)
        await _open(keys)
        await _import(keys)
        await _close_and_publish(keys)
        assert await page.evaluate(WIDE) == 0
    mails = [one for _, _, one in town.post.mailboxes.mails]
    heads = {str(one["To"]) for one in mails if "Your group in" in str(one["Subject"])}
    assert sum("headteacher@" in one for one in heads) == ROWS
    invited = [one for one in mails if any(part.get_content_type() == "text/calendar" for part in one.walk())]
    assert len(invited) >= ROWS


async def sign_in(town, keys, address):
    """Sign somebody in for the first time, with a new authenticator."""
    await keys.page.goto(f"{PUBLIC}/sign-in")
    await keys.type("Your e-mail address", address)
    await keys.press("Mail me a link", then="Look into your mail")
    code = re.search(r"\bCode: (\d{6})\b", town.person(address).letter("Sign in").text)
    assert code
    await keys.type("Code in the mail", code[1])
    await keys.press("Sign in with the code", then="Set up an authenticator")
    key = "".join((await keys.page.locator("code.key").inner_text()).split())
    await keys.type("Code", pyotp.TOTP(key).now())
    await keys.page.keyboard.press("Enter")
    await keys.page.get_by_role("heading", name="recovery").first.wait_for()


async def _open(keys):
    await keys.page.goto(f"{PUBLIC}/console")
    await keys.press("Open a programme", role="link", then="Open a programme")
    await keys.pick("Peer visits")
    await keys.type("Name of the programme", NAME)
    await keys.to(keys.page.get_by_label("School year"))
    await keys.page.keyboard.type("2026")
    await keys.type("Who runs it", "Coral Bright")
    await keys.type("Their e-mail address", CORAL)
    await keys.press("Open the programme", then=NAME)


async def _import(keys):
    """The file with its five faults, put right on the page and checked again, before anything goes in; who leads."""
    text = await _check(keys, _file(_faulty()))
    assert "55 new" in text
    assert "5 to put right" in text
    for line, right in enumerate(list(_rows())[:5], start=2):
        wrong = keys.page.get_by_role("group", name=f"Row {line}, what is to be put right").locator(".field.wrong")
        for number in range(await wrong.count()):
            heading = await wrong.nth(number).locator("label").inner_text()
            await keys.fill(wrong.nth(number).locator("input"), right[heading])
    await keys.press("Check again", then="0 to put right")
    await keys.press(f"Import the {ROWS} rows", then="Import another file")
    assert "0 to put right" in await _check(keys, LEADERS.encode(), "People")
    await keys.press("Import the 2 rows", then="Import another file")
    await keys.press(f"Back to {NAME}", role="link", then="Close enrolment")
    assert f"{ROWS} schools" in await keys.page.locator("main").inner_text()


async def _check(keys, content, kind="Schools"):
    """Have a file checked, from the programme's page or that of another import; what is said of it."""
    again = await keys.page.get_by_role("link", name="Import another file").count()
    await keys.press("Import another file" if again else "Import", role="link", then="The file to fill in")
    await keys.to(keys.page.get_by_label("What stands in the file"))
    await keys.page.keyboard.type(kind)
    await keys.choose("The file", ("rows.csv", content))
    await keys.press("Check the file", then="Nothing has gone in yet")
    return await keys.page.locator("main").inner_text()


async def _close_and_publish(keys):
    await keys.press("Close enrolment", role="link", then="Nobody joins by themselves any more")
    await keys.press("Close enrolment with", then="Enrolment is closed")
    await keys.press("Review the groups", role="link", then="Check and publish")
    await keys.press("Check and publish", role="link", then="Who is told")
    await keys.press("and tell the schools", then="with 60 schools are published")
    await keys.press("Review the calendar", role="link", then="have a date")
    await keys.press("Check and publish", role="link", then="Who is told")
    await keys.press("Publish and send about", then="60 visits and 3 events published")


def _school(number):
    return School(
        urn=FIRST_URN + number, name=f"School {FIRST_URN + number}", status=Status.OPEN, phase="primary",
        authority_code="373", authority="Sheffield", easting=430000 + 500 * (number % 8),
        northing=390000 + 500 * (number // 8), town="Sheffield",
    )  # fmt: skip


def _rows():
    """Sixty good rows; topics go round, so that everybody has what another wants."""
    topics = ("Phonics and early reading", "Writing", "Wellbeing of pupils and staff", "Attendance")
    for number in range(ROWS):
        urn = FIRST_URN + number
        row = {"URN": str(urn), "School name": f"School {urn}"}
        for title in PEOPLE:
            row[f"{title} name"] = f"{title.split()[0]} Of {urn}"
            row[f"{title} email"] = f"{title.split()[0].lower()}@s{urn}.example"
        for word, at in (("Strength", 0), ("Need", 1)):
            row[f"{word} 1"] = topics[(number + at) % len(topics)]
            row |= {f"{word} 1 weight": "4", f"{word} 1 evidence": "Visitors say so."}
        yield row


def _faulty():
    """The same with a fault in each of the first five rows."""
    rows = list(_rows())
    rows[0]["URN"] = "999999"
    rows[1]["Headteacher email"] = "head at school"
    rows[2]["Need 1"] = "Juggling"
    rows[3]["Senior leader name"] = ""
    rows[4]["Strength 1 evidence"] = ""
    return rows


def _file(rows):
    terms = terms_of(TemplateFolder(ProgrammesSettings().templates_folder).get("peer-visits"))
    names = [one.name for one in headings(terms)]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
