"""Somebody of the trust signs in: with an authenticator, to all its schools and to what they may read of each."""

import re
import time

import pyotp
import pytest

from kindred.demo.browser import Browser
from shared.commands.duties import DutySums, SumDuties
from tests.fakes.town.town import PUBLIC
from tests.unit.improvement_model.trust import HEADS, Trust, mail


@pytest.fixture
async def trust():
    return await Trust().open()


async def entered(trust, name):
    """Sign in by the code of a mail; the browser, and the page that comes."""
    browser = Browser(trust.town.transport, again=())
    page = await browser.open(f"{PUBLIC}/sign-in")
    page = await browser.press(page, "", {"address": mail(name)})
    await trust.town.settle()
    code = re.search(r"\bCode: (\d{6})", trust.person(name).letter("Sign in").text)
    assert code
    return browser, await browser.press(page, "", {"code": code[1]})


async def proved(browser, page, trust):
    """Set up the authenticator that is asked for, and go to one's schools."""
    key = re.search(r"Key: ((?:[A-Z2-7]{4} ?){8})", page.text)
    assert key
    await browser.press(page, "", {"code": pyotp.TOTP("".join(key[1].split())).at(int(time.time()))})
    await trust.town.settle()
    return await browser.open(f"{PUBLIC}/me/schools")


async def test_the_trust_s_people_prove_an_authenticator_and_see_all_its_schools(trust):
    browser, page = await entered(trust, "Chi")
    assert page.heading == "Set up an authenticator"
    page = await proved(browser, page, trust)
    assert page.heading == "Aspire Trust"
    assert "chief executive at Aspire Trust" in page.text
    schools = {link for link in page.links if "/me/reports?school=" in link}
    assert len(schools) == len(HEADS)
    first = await browser.open(PUBLIC + min(schools))
    assert (first.status, first.heading) == (200, "Reports")


async def test_a_head_signs_in_by_mail_alone_and_sees_their_own_school_only(trust):
    browser, page = await entered(trust, "Ann")
    assert page.heading == "What you need to do"
    page = await browser.open(f"{PUBLIC}/me/schools")
    assert not [link for link in page.links if "/me/reports?school=" in link]
    refused = await browser.look(f"{PUBLIC}/me/reports?school=sch-108")
    assert refused.status == 404


async def test_who_has_a_school_and_a_part_in_the_trust_switches_between_both(trust):
    browser, page = await entered(trust, "Eve")
    page = await proved(browser, page, trust)
    (switch,) = [form for form in page.forms if form.action.endswith("/me/acting")]
    school, trusts = (one for one in switch.choices["part"] if one)
    assert (school.partition("-")[0], trusts.partition("-")[0]) == ("sch", "pty")
    assert "Executive headteacher at Aspire Trust" in page.text


async def test_the_trust_sees_sums_of_duties_of_each_school_and_of_all(trust):
    await trust.town.day("2026-09-14")
    await trust.tick_everybody_but("Ann", "Mia")
    await trust.town.day("2026-09-28")
    browser, page = await entered(trust, "Chi")
    page = await proved(browser, page, trust)
    chi = next(one.person_id for one in trust.town.published if getattr(one, "name", "") == "Chi")
    sums: DutySums = await trust.town.find(SumDuties(programme_id=trust.programme_id, reader_id=chi))
    of_others = [one for one in sums.sums if one.school_id and one.person_id not in {"", chi}]
    assert page.text.count("Duties: ") == len({one.school_id for one in of_others})
    due, done, missed = (sum(getattr(one, name) for one in of_others) for name in ("due", "done", "missed"))
    assert done
    assert missed
    words = " ".join(page.text.split())
    assert f"Duties of all your schools this school year: {done} of {due:,} days done, {missed} missed" in words
