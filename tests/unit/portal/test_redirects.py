"""Where pages redirect to: only to paths of ours, whatever host a request names, and never for want of a slash."""

import re
from urllib.parse import urlsplit

import pytest
from starlette.routing import Mount, Route

from services.portal.pages.application import routes
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import enter, mails
from tests.unit.portal.world import PURPOSES

HOSTS = (
    "evil.example", "evil.example:8080", "127.0.0.1:8080@evil.example", "evil.example/x?", "[::1", "a b", "", "\xe9vil",
    "evil.example:port", "//evil.example",
)  # fmt: skip
WRITTEN = {
    "ref": "0123456789abcdef", "token": "some-token", "target_id": "vis-a", "format": "pdf", "entry_id": "ent-1",
    "task_id": "tsk-1", "offer_id": "off-1",
}  # fmt: skip
PATHS = sorted(
    {
        re.sub(r"{(\w+)(:path)?}", lambda part: WRITTEN.get(part[1], part[1]), one.path)
        for one in routes()
        if isinstance(one, Route)
    }
    | {one.path for one in routes() if isinstance(one, Mount)}
)


def elsewhere(answer):
    """Where an answer leads, if not to a path of ours."""
    location = answer.headers.get("location", "/p/none")
    ours = urlsplit(location)[:2] == ("", "") and re.match(r"/p/[^/]", location)
    return None if ours else location


async def test_no_path_redirects_for_want_of_a_slash_or_to_the_host_that_is_named(world):
    found = set()
    async with world.browser() as browser:
        for path in PATHS:
            for method in ("GET", "HEAD", "POST"):
                for host in HOSTS[:2]:
                    given = {"headers": {"host": host}, "follow_redirects": False}
                    answer = await browser.request(method, path.rstrip("/") + "/", **given)
                    found.add((answer.is_redirect, elsewhere(answer)))
    assert len(PATHS) > 20
    assert found == {(False, None)}


def is_ours(location):
    """Whether it is a path, and no address of another host in the disguise of one."""
    return urlsplit(location)[:2] == ("", "") and re.match(r"/(?![/\\])", location) is not None


@pytest.mark.parametrize("signed_in", [False, True])
async def test_every_redirect_of_every_page_is_a_path_of_ours_under_any_host(world, signed_in):
    found = {}
    async with world.browser() as browser:
        if signed_in:
            await enter(world, browser, "per-a-head@example.org")
        for path in PATHS:
            for host in HOSTS:
                given = {"headers": {"host": host.encode("latin-1")}, "follow_redirects": False}
                answer = await browser.request("GET", path, **given)
                if answer.is_redirect:
                    found[path, host] = answer.headers["location"]
    assert len(found) > 20
    assert {place: location for place, location in found.items() if not is_ours(location)} == {}
    assert not any("evil" in location for location in found.values())


@pytest.mark.parametrize("host", [*HOSTS[:3], "a//evil.example/", "a/\\\\evil.example"])
async def test_signing_in_leads_to_a_page_of_ours_under_any_host(world, host):
    async with world.browser() as browser:
        await browser.get("/me/reports", headers={"host": host.encode("latin-1")})
        page = await send(browser, await browser.get("/sign-in"), {"address": "per-a-head@example.org"})
        (mail,) = await mails(world)
        page = await send(browser, page, {"code": mail.code}, host=host)
    assert str(page.url).startswith(f"{world.public}/me/")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_opening_a_link_leads_to_a_path_of_ours_under_any_host(world, host, method):
    async with world.browser() as browser:
        given = {"headers": {"host": host.encode("latin-1")}, "follow_redirects": False}
        answer = await browser.request(method, f"/l/{await world.issue('answer')}", **given)
        assert (answer.status_code, elsewhere(answer)) == (303, None)
        page = await browser.request(method, answer.headers["location"], **given)
        slash = await browser.request(method, answer.headers["location"] + "/", **given)
    assert (page.status_code, slash.status_code) == (200, 404)
    assert "evil" not in page.text


@pytest.mark.parametrize("host", HOSTS)
async def test_a_saved_form_leads_to_a_path_of_ours_under_any_host(world, host):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        fields = {**read(page).forms[0].fields, "do": "accepted"}
        headers = {"origin": world.public, "host": host.encode("latin-1")}
        answer = await browser.post(page.url.path, data=fields, headers=headers, follow_redirects=False)
        assert (answer.status_code, elsewhere(answer)) == (303, None)
        note = await browser.get(answer.headers["location"], headers={"host": host.encode("latin-1")})
    assert "You are coming" in note.text
    assert "evil" not in note.text


async def test_sending_a_mail_again_leads_to_a_path_of_ours(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('my-visits')}")
        form = next(one for one in read(page).forms if one.action.endswith("/send"))
        headers = {"origin": world.public, "host": "evil.example"}
        answer = await browser.post(form.action, data=form.fields, headers=headers, follow_redirects=False)
    assert (answer.status_code, elsewhere(answer)) == (303, None)


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_no_page_names_the_host_of_its_request(world, purpose):
    async with world.browser() as browser:
        link = await browser.get(f"/l/{await world.issue(purpose)}", follow_redirects=False)
        page = await browser.get(link.headers["location"], headers={"host": "evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.text + str(page.headers)


async def test_a_wrong_form_comes_back_under_any_host(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('take-home')}")
        for host in filter(str.isascii, HOSTS):
            back = await send(browser, page, {"learnt": "", "do": "save"}, host=host)
            assert back.status_code == 422
            assert read(back).forms[0].action == page.url.path
        assert (await press(browser, page, "nothing-of-ours")).status_code == 422
