"""Links: known, unknown, run out, revoked; what leaves the address and what stays out of logs."""

import datetime as dt
import logging

import pytest

from services.portal.domain.links import link_id_of
from services.portal.pages.access_log import redacted
from services.portal.settings import PortalSettings
from shared.commands.portal import RevokeLinks
from shared.events.people import ContactForgotten
from shared.events.programmes import PersonErased
from tests.unit.portal.driver import press, read
from tests.unit.portal.world import NOW, VISIT, World, filled


async def test_the_token_leaves_the_address(world):
    token = await world.issue("answer")
    async with world.browser() as browser:
        answer = await browser.get(f"/l/{token}", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/p/{link_id_of(token)[:16]}/answer"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert token not in answer.headers["location"] + answer.text
        page = await browser.get(answer.headers["location"])
    assert token not in page.text


async def test_the_cookie_is_bare_on_http_and_host_bound_on_https():
    plain = await filled(World())
    secure = await filled(World(public="https://kindred.example.org"))
    cookies = []
    for world in (plain, secure):
        async with world.browser() as browser:
            answer = await browser.get(f"/l/{await world.issue('answer')}", follow_redirects=False)
            cookies.append(answer.headers["set-cookie"])
    ref = link_id_of("tok-answer---abcdefghijklmnop")[:16]
    assert cookies[0].startswith(f"kindred-link-{ref}=")
    assert cookies[0].split("; ")[1:] == ["HttpOnly", "Max-Age=86400", "Path=/", "SameSite=lax"]
    assert cookies[1].startswith(f"__Host-kindred-link-{ref}=")
    assert cookies[1].split("; ")[1:] == ["HttpOnly", "Max-Age=86400", "Path=/", "SameSite=lax", "Secure"]


@pytest.mark.parametrize(
    "token", ["x", "nonsense", "a" * 5000, "%00%ff", "..%2f..%2fetc%2fpasswd", "tok-answer", "🙂", "%ED%A0%80"]
)
async def test_unknown_tokens_all_get_one_answer(world, token):
    async with world.browser() as browser:
        first = await browser.get("/l/some-unknown-token")
        other = await browser.get(f"/l/{token}")
    assert (first.status_code, other.status_code) == (404, 404)
    assert "set-cookie" not in other.headers
    assert strip(first.text) == strip(other.text)
    assert read(other).h1 == "We cannot open this link yet"


def strip(text):
    return "\n".join(line for line in text.splitlines() if "nonce" not in line)


async def test_every_token_costs_one_lookup_by_its_hash(world):
    looked = []
    found = world.stores.links.get

    async def counting(link_id):
        looked.append(link_id)
        return await found(link_id)

    world.stores.links.get = counting
    token = await world.issue("answer")
    async with world.browser() as browser:
        for one in (token, "unknown", ""):
            await browser.get(f"/l/{one}", follow_redirects=False)
    assert looked == [link_id_of(token), link_id_of("unknown"), link_id_of("")]


async def test_a_link_runs_out(world):
    token = await world.issue("answer", expires=NOW + dt.timedelta(hours=2))
    async with world.browser() as browser:
        page = await browser.get(f"/l/{token}")
        assert page.status_code == 200
        world.clock.advance(dt.timedelta(hours=2))
        assert (await browser.get(page.url.path)).status_code == 403
        over = await browser.get(f"/l/{token}")
    assert over.status_code == 410
    assert read(over).h1 == "This link no longer works"


async def test_a_cookie_never_outlives_its_link(world):
    token = await world.issue("answer", expires=NOW + dt.timedelta(hours=2))
    async with world.browser() as browser:
        answer = await browser.get(f"/l/{token}", follow_redirects=False)
    assert "Max-Age=7200;" in answer.headers["set-cookie"]


async def test_revoked_links_stop_at_once_also_in_open_browsers(world):
    answer, brief = await world.issue("answer", "per-a-head"), await world.issue("visit-brief", "per-a-head")
    report = await world.issue("report", "per-a-head")
    async with world.browser() as browser:
        page = await browser.get(f"/l/{answer}")
        done = await world.carry_out(RevokeLinks(person_id="per-a-head", target_id=VISIT), world.work)
        assert done.sentence == "2 links no longer work."
        assert (await browser.get(page.url.path)).status_code == 403
        statuses = [(await browser.get(f"/l/{token}")).status_code for token in (answer, brief, report)]
    assert statuses == [410, 410, 200]


@pytest.mark.parametrize("how", ["forgotten", "erased"])
async def test_a_person_who_is_gone_has_no_links_and_no_name(world, how):
    token = await world.issue("answer")
    if how == "forgotten":
        await world.handle(ContactForgotten(person_id="per-b-head"))
    else:
        await world.handle(PersonErased(version=1, person_id="per-b-head", erased_on=NOW.date()))
    async with world.browser() as browser:
        assert (await browser.get(f"/l/{token}")).status_code == (410 if how == "forgotten" else 404)
        page = await browser.get(f"/l/{await world.issue('cohort')}")
    assert "Siobhán" not in page.text
    assert "Headteacher" in page.text


async def test_an_older_fact_does_not_bring_a_link_back(world):
    token = await world.issue("answer")
    await world.carry_out(RevokeLinks(person_id="per-b-head"), world.work)
    await world.issue("answer")  # the same event told again
    async with world.browser() as browser:
        assert (await browser.get(f"/l/{token}")).status_code == 410


async def test_logs_hold_no_token_reference_query_or_id(world, caplog):
    token = await world.issue("answer")
    with caplog.at_level(logging.DEBUG):
        async with world.browser() as browser:
            page = await browser.get(f"/l/{token}?utm=secret-query")
            await press(browser, page, "accepted")
            await browser.get(f"/p/{link_id_of(token)[:16]}/my-visits/vis-0123456789abcdef0123456789abcdef")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("kindred", "uvicorn"))]
    said = "\n".join(ours)
    assert "GET /l/[token] 303" in said
    assert "POST /p/[link]/answer 303" in said
    assert "GET /p/[link]/my-visits/[id] 404" in said
    for secret in (token, link_id_of(token)[:16], "secret-query", "per-b-head", "0123456789abcdef"):
        assert secret not in said


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/l/abc/def\nGET /evil", "/l/[token]"),
        ("/p/0123456789abcdef/answer", "/p/[link]/answer"),
        ("/privacy\nfake line", "/privacy?fake?line"),
        ("/" + "x" * 900, "/" + "x" * 199),
    ],
)
def test_redaction(path, shown):
    assert redacted(path) == shown


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://", "https://x/path", "https://u@x", "http://kindred.example.org", "kindred.example.org"]
)
def test_the_public_url_must_be_an_origin_and_https_off_this_network(url):
    with pytest.raises(ValueError, match="KINDRED_PUBLIC_URL"):
        PortalSettings(public_url=url)


def test_the_public_url_loses_its_last_slash():
    assert PortalSettings(public_url="https://kindred.example.org/").public_url == "https://kindred.example.org"
