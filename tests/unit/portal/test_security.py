"""Security 2, 4, 5, 6, 12, 22: GET changes nothing, forms come from our pages, headers stand on every answer."""

import copy
import re

import pytest
from starlette.routing import Mount, Route

from shared.commands.scheduling import AnswerInvitation
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.world import PURPOSES, VISIT, World, filled

FORMS = [purpose for purpose in PURPOSES if purpose not in {"report", "my-visits", "cohort"}]


def every_address(world, refs):
    """Each GET route, filled in for each link."""
    for route in world.app.routes:
        path = "/static/portal.css" if isinstance(route, Mount) else route.path
        if isinstance(route, Route) and "GET" not in (route.methods or ()):
            continue
        for ref in refs:
            yield (
                path.replace("{ref}", ref)
                .replace("{format}", "pdf")
                .replace("{target_id}", VISIT)
                .replace("{token:path}", f"tok-{'answer'}---abcdefghijklmnop")
            )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_get_and_head_change_nothing_anywhere(world, method):
    async with world.browser() as browser:
        refs = [(await browser.get(f"/l/{await world.issue(purpose)}")).url.path.split("/")[2] for purpose in PURPOSES]
        before = copy.deepcopy(world.collections.kept)
        seen = set()
        for address in set(every_address(world, refs)):
            answer = await browser.request(method, address)
            seen.add(answer.status_code)
            again = f"{address}?do=accepted&answer=accepted"
            await browser.request(method, again)
    assert seen <= {200, 403, 404, 410}
    assert world.collections.kept == before
    assert world.owners.commands == []
    assert world.openings.links == []


@pytest.mark.parametrize("purpose", FORMS)
@pytest.mark.parametrize(
    ("headers", "drop"),
    [
        ({"origin": "https://evil.example"}, ()),
        ({"origin": "null"}, ()),
        ({"origin": "", "referer": "https://evil.example/x"}, ()),
        ({}, ("csrf",)),
    ],
)
async def test_a_form_from_elsewhere_is_refused(world, purpose, headers, drop):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue(purpose)}")
        button = "stop" if purpose == "unsubscribe" else "accepted"
        answer = await press(browser, page, button, drop=drop, **headers)
    assert answer.status_code == 403
    assert world.owners.commands == []


async def test_a_csrf_token_of_another_link_is_refused(world):
    async with world.browser() as browser:
        other = await browser.get(f"/l/{await world.issue('survey')}")
        page = await browser.get(f"/l/{await world.issue('answer')}")
        stolen = read(other).forms[0].fields["csrf"]
        answer = await send(browser, page, {"csrf": stolen, "do": "accepted"})
    assert answer.status_code == 403
    assert world.owners.commands == []


async def test_a_referer_of_ours_stands_in_for_a_missing_origin(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        form = read(page).forms[0]
        fields = {**form.fields, "do": "accepted"}
        none = await browser.post(form.action, data=fields)
        ours = await browser.post(form.action, data=fields, headers={"referer": f"{world.public}/p/x/answer"})
    assert (none.status_code, ours.status_code) == (403, 200)
    assert [type(command) for command in world.owners.commands] == [AnswerInvitation]


async def test_what_was_typed_comes_back_when_the_session_is_gone(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('take-home')}")
        browser.cookies.clear()
        answer = await send(browser, page, {"learnt": "A <b>long</b> thought", "do": "save"})
    assert answer.status_code == 403
    assert "A &lt;b&gt;long&lt;/b&gt; thought" in answer.text


@pytest.mark.parametrize("public", ["http://127.0.0.1:8080", "https://kindred.example.org"])
async def test_headers_stand_on_every_answer(public):
    world = await filled(World(public=public))
    async with world.browser() as browser:
        own = (await browser.get(f"/l/{await world.issue('answer')}")).url.path
        answers = [await browser.get(path) for path in (own, "/", "/nope", "/p/0123456789abcdef/answer", "/l/x")]
        answers.append(await browser.post("/", data={}))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        https = public.startswith("https")
        assert answer.headers.get("strict-transport-security") == ("max-age=31536000" if https else None)
    assert answers[0].headers["referrer-policy"] == "same-origin"
    assert answers[4].headers["referrer-policy"] == "no-referrer"


async def test_the_nonce_is_new_each_time_and_only_our_script_has_it(world):
    async with world.browser() as browser:
        pages = [await browser.get("/") for _ in range(2)]
    nonces = [re.findall(r'nonce="([^"]+)"', page.text) for page in pages]
    assert [len(found) for found in nonces] == [1, 1]
    assert nonces[0] != nonces[1]
    for page, found in zip(pages, nonces, strict=True):
        assert f"script-src 'nonce-{found[0]}'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_pages_have_no_inline_style_or_handler(world, purpose):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue(purpose)}")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page.text)


async def test_redirects_and_links_never_use_the_requests_host(world):
    async with world.browser() as browser:
        token = await world.issue("answer")
        answer = await browser.get(f"/l/{token}", headers={"host": "evil.example"}, follow_redirects=False)
        page = await browser.get(answer.headers["location"], headers={"host": "evil.example"})
    assert answer.headers["location"].startswith("/p/")
    assert "evil.example" not in answer.text + page.text


async def test_too_large_a_body_is_refused(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('take-home')}")
        answer = await send(browser, page, {"learnt": "x" * 2_100_000, "do": "save"})
    assert answer.status_code == 413
    assert "not saved" in answer.text
    assert world.owners.commands == []


async def test_the_first_use_is_told_by_what_a_person_does_not_by_a_scanner(world):
    token = await world.issue("report")
    async with world.browser() as browser:
        page = await browser.get(f"/l/{token}")
        assert world.openings.links == []
        beacon = re.search(r'data-opened="([^"]+)" data-csrf="([^"]+)"', page.text)
        assert beacon
        address, csrf = beacon.groups()
        assert (await browser.post(address, data={"csrf": csrf})).status_code == 403
        done = await browser.post(address, data={"csrf": csrf}, headers={"origin": world.public})
        assert done.status_code == 204
    assert len(world.openings.links) == 1


async def test_sending_a_form_tells_the_first_use(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        await press(browser, page, "accepted")
        await press(browser, page, "accepted")
    assert len(world.openings.links) == 1


async def test_markup_in_texts_is_shown_as_text(world):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}'
    world.brief = world.brief.model_copy(update={"practice": evil})
    world.collections.kept["people"]["per-c-head"]["name"] = evil
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        form = await browser.get(f"/l/{await world.issue('take-home')}")
        back = await send(browser, form, {"learnt": evil, "will_use": "", "do": "save"})
    for answer in (page, back):
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
        assert "{{7*7}}" in answer.text
