"""The demo's browser: fills in what is on the page, sends what a browser would, notices what is wrong."""

from urllib.parse import parse_qs

import httpx
import pytest

from kindred.demo.browser import Browser, PageFault

FORM = """<!doctype html><title>t</title><h1>Are you coming?</h1><p>Thursday &amp; Friday</p>
<form method="get" action="/search"><input name="q"></form>
<form method="post"><input type="hidden" name="csrf" value="c1"><textarea name="why">Because
of you</textarea><select name="size"><option value="s">S</option><option value="m" selected>M</option></select>
<input type="radio" name="answer" value="yes"><input type="radio" name="answer" value="no" checked>
<input type="checkbox" name="consent" value="yes">
<button name="do" value="accepted">Yes</button><button name="do" value="declined">No</button></form>"""


class Site:
    """Shows the form on GET and keeps what is posted."""

    def __init__(self) -> None:
        self.posted: list[tuple[httpx.Headers, dict[str, list[str]]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET" and request.url.path == "/gone":
            return httpx.Response(410, text="<h1>This link no longer works</h1>")
        if request.method == "GET":
            return httpx.Response(200, text=FORM)
        self.posted.append((request.headers, parse_qs(request.content.decode(), keep_blank_values=True)))
        return httpx.Response(200, text="<h1>Saved</h1>")


async def test_a_button_sends_the_fields_as_they_stand_and_what_was_filled_in() -> None:
    site = Site()
    browser = Browser(httpx.MockTransport(site))
    page = await browser.open("http://portal.example/p/1/answer")
    assert page.heading == "Are you coming?"
    assert "Thursday & Friday" in page.text
    saved = await browser.press(page, "declined", {"why": "Inset day"})
    heads, fields = site.posted[0]
    assert saved.heading == "Saved"
    assert fields == {"csrf": ["c1"], "why": ["Inset day"], "size": ["m"], "answer": ["no"], "do": ["declined"]}
    assert heads["origin"] == "http://portal.example"


async def test_what_is_not_on_the_page_cannot_be_filled_in_or_pressed() -> None:
    browser = Browser(httpx.MockTransport(Site()))
    page = await browser.open("http://portal.example/")
    with pytest.raises(PageFault, match="has no button 'maybe'"):
        await browser.press(page, "maybe", {})
    with pytest.raises(PageFault, match="has no field nonsense"):
        await browser.press(page, "accepted", {"nonsense": "x"})


async def test_a_page_that_is_gone_is_a_fault_unless_one_only_looks() -> None:
    browser = Browser(httpx.MockTransport(Site()))
    with pytest.raises(PageFault, match="/gone answered with status 410"):
        await browser.open("http://portal.example/gone")
    assert (await browser.look("http://portal.example/gone")).heading == "This link no longer works"


class Hesitant(Site):
    """Answers so many times that nothing is saved yet, or is cut, and remembers what was posted each time."""

    def __init__(self, *faults: int | type[httpx.TransportError]) -> None:
        super().__init__()
        self.faults = list(faults)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        answer = super().__call__(request)
        if request.method == "POST" and self.faults:
            fault = self.faults.pop(0)
            if not isinstance(fault, int):
                raise fault("cut", request=request)
            return httpx.Response(fault, text="<h1>Not saved yet</h1>")
        return answer


async def test_the_same_is_pressed_again_where_a_page_says_not_yet_or_is_cut() -> None:
    site = Hesitant(503, httpx.RemoteProtocolError, httpx.ConnectError)
    browser = Browser(httpx.MockTransport(site), again=(0, 0, 0))
    page = await browser.open("http://portal.example/p/1/answer")
    assert (await browser.press(page, "accepted", {})).heading == "Saved"
    first, *others = [fields for _, fields in site.posted]
    assert others == [first, first, first]


async def test_nobody_presses_again_for_ever_nor_after_a_refusal() -> None:
    site = Hesitant(503, 503, 503)
    browser = Browser(httpx.MockTransport(site), again=(0, 0))
    page = await browser.open("http://portal.example/p/1/answer")
    with pytest.raises(PageFault, match="status 503"):
        await browser.press(page, "accepted", {})
    refusing = Hesitant(422)
    with pytest.raises(PageFault, match="status 422"):
        await Browser(httpx.MockTransport(refusing), again=(0,)).press(page, "accepted", {})
    assert len(refusing.posted) == 1


async def test_a_page_that_is_always_cut_is_a_fault() -> None:
    browser = Browser(httpx.MockTransport(Hesitant(*[httpx.ReadError] * 2)), again=(0,))
    page = await browser.open("http://portal.example/p/1/answer")
    with pytest.raises(PageFault, match="did not answer"):
        await browser.press(page, "accepted", {})


async def test_a_page_that_says_that_something_is_missing_is_opened_again() -> None:
    pages = ["<h1>What you need to do</h1><p>Not everything could be looked up just now.</p>", "<h1>Whole</h1>"]
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, html=pages.pop(0)))
    assert (await Browser(transport, again=(0,)).open("http://portal.example/me/todo")).heading == "Whole"
