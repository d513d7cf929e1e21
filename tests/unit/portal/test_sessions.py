"""Signed cookies and tokens: read back as written, for as long as they hold, and nothing else is taken for one."""

import datetime as dt
import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain.links import link_id_of
from services.portal.pages.sessions import csrf_holds, csrf_token, read_note, read_session, sign_note, sign_session
from tests.unit.portal.driver import read, send
from tests.unit.portal.world import NOW

KEY, LINK, REF = b"k" * 32, "0123456789abcdef" * 4, "0123456789abcdef"
DAY = dt.timedelta(days=1)
NOTE: dict[str, object] = {"title": "Saved “für” 学校", "sentences": ["One.", "Two."], "path": "/p/x/answer"}


def test_a_session_is_read_back_until_it_is_too_old():
    cookie = sign_session(KEY, LINK, NOW)
    assert read_session(KEY, cookie, NOW + DAY, DAY) == LINK
    assert read_session(KEY, cookie, NOW + DAY + dt.timedelta(seconds=1), DAY) is None


def test_a_session_from_the_future_is_not_ours():
    assert read_session(KEY, sign_session(KEY, LINK, NOW + DAY), NOW, DAY) is None


def test_a_note_is_read_back_for_its_own_link_only():
    cookie = sign_note(KEY, REF, NOTE)
    assert read_note(KEY, REF, cookie) == NOTE
    assert read_note(KEY, REF[::-1], cookie) is None


def test_a_token_holds_for_its_own_link_only():
    token = csrf_token(KEY, LINK)
    assert csrf_holds(KEY, LINK, token)
    assert not csrf_holds(KEY, LINK[::-1], token)
    assert not csrf_holds(b"x" * 32, LINK, token)


def test_a_signature_of_one_kind_is_worth_nothing_as_another():
    session, note, token = sign_session(KEY, LINK, NOW), sign_note(KEY, REF, NOTE), csrf_token(KEY, LINK)
    assert read_session(KEY, f"{LINK}.{token}", NOW, DAY) is None
    assert read_session(KEY, note, NOW, DAY) is None
    assert read_note(KEY, REF, session) is None
    body, _, signature = session.rpartition(".")
    assert not csrf_holds(KEY, body, signature)


@given(st.data())
def test_whatever_is_changed_in_a_cookie_is_refused(data):
    cookie = data.draw(st.sampled_from([sign_session(KEY, LINK, NOW), sign_note(KEY, REF, NOTE)]))
    place = data.draw(st.integers(0, len(cookie.rpartition(".")[0]) - 1))
    char = data.draw(st.characters(max_codepoint=255).filter(lambda char: char != cookie[place]))
    changed = cookie[:place] + char + cookie[place + 1 :]
    assert read_session(KEY, changed, NOW, DAY) is None
    assert read_note(KEY, REF, changed) is None


@given(st.text())
def test_anything_else_is_refused_without_a_fault(text):
    assert read_session(KEY, text, NOW, DAY) is None
    assert read_note(KEY, REF, text) is None
    assert not csrf_holds(KEY, LINK, text)


def of_0_1_0(link_id):
    """A session's cookie as release 0.1.0 signed it."""
    body = f"{link_id}.{int(NOW.timestamp())}"
    signature = hmac.new(KEY, b"session\x00" + body.encode(), hashlib.sha256).hexdigest()
    return f"{body}.{signature}"


async def test_who_has_a_page_of_0_1_0_open_is_asked_to_open_the_mail_s_link_again_and_loses_nothing(world):
    token = await world.issue("take-home")
    async with world.browser() as browser:
        page = await browser.get(f"/l/{token}")
        (name,) = [one.name for one in browser.cookies.jar]
        browser.cookies.clear()
        browser.cookies.set(name, of_0_1_0(link_id_of(token)))
        answer = await send(browser, page, {"learnt": "A long thought", "do": "save"})
        assert (answer.status_code, read(answer).h1) == (403, "You need the link in your mail")
        assert "A long thought" in answer.text
        browser.cookies.clear()
        assert (await browser.get(f"/l/{token}")).status_code == 200
