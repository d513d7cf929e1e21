"""Does what a page asks for, as somebody who fills in every field and presses the one button that stands out.

It knows no form: what kind of answer a field takes, the page says, once one was wrong.
"""

import datetime as dt

from playwright.async_api import Page

NOTHING = "There is nothing you need to do now."
EMAIL = "a.colleague@school.example"
STEPS = 6
"""Pages from a list to the page that says what was saved."""
FILLED = """soon => {
  const seen = e => e.offsetParent !== null && !e.disabled;
  const stands = b => seen(b) && !b.matches('.first-button, .plain, .danger') && !/^(add|remove)-/.test(b.value);
  const form = [...document.querySelectorAll('main form[method=post]')]
    .find(f => [...f.querySelectorAll('button[type=submit]')].some(stands));
  if (!form) return '';
  const words = {date: soon, email: 'a.colleague@school.example', number: '3', tel: '0114 496 0000'};
  for (const e of form.elements) {
    if (!seen(e) && !(e.type === 'radio' || e.type === 'checkbox')) continue;
    if (e.type === 'radio') {
      if (![...form.querySelectorAll(`[name="${CSS.escape(e.name)}"]`)].some(r => r.checked)) e.checked = true;
    } else if (e.type === 'checkbox') {
      const all = [...(e.closest('fieldset') || form).querySelectorAll('[type=checkbox]')];
      if (!all.some(c => c.checked)) e.checked = true;
    } else if (e.tagName === 'SELECT') {
      if (!e.value) e.value = [...e.options].map(o => o.value).find(Boolean) || '';
    } else if (e.matches('input, textarea') && e.type !== 'hidden' && !e.value) {
      e.value = e.type === 'date' ? (e.min > soon ? e.min : e.max && e.max < soon ? e.max : soon)
        : e.inputMode === 'numeric' || e.inputMode === 'decimal' ? '3' : words[e.type] || 'We saw it in every room.';
    }
    e.dispatchEvent(new Event('input', {bubbles: true}));
    e.dispatchEvent(new Event('change', {bubbles: true}));
  }
  const button = [...form.querySelectorAll('button[type=submit]')].find(stands);
  button.setAttribute('data-chosen', '');
  return button.textContent.trim();
}"""
"""Fills in the first form with a button that stands out, and marks that button; returns what it says."""


async def everything(page: Page, home: str, soon: dt.date, most: int = 12) -> list[str]:
    """Do what the list at this address asks for until it says that there is nothing; return what it was.

    `soon`: a day to come, where one is asked for.
    """
    done: list[str] = []
    while len(done) < most:
        await page.goto(home)
        if await page.get_by_text(NOTHING).count():
            return done
        first = page.locator("li.owed:not(.open) a").first  # what is done stands last
        title = await first.inner_text()
        await first.click()
        await through(page, title, soon)
        done.append(title)
    raise AssertionError(f"The list does not end: {done}")


async def through(page: Page, title: str, soon: dt.date) -> None:
    """From a line of the list to the page that says what was saved."""
    for _ in range(STEPS):
        if page.url.endswith("/saved"):
            return
        if await page.evaluate(FILLED, soon.isoformat()):
            await page.evaluate(FILLED, soon.isoformat())  # what an answer has brought up
            await page.locator("[data-chosen]").first.click()
            await page.wait_for_load_state()
            for link in await page.locator(".notice.error a").all():
                await _put_right(page, title, await link.get_attribute("href") or "", await link.inner_text(), soon)
        else:
            await page.locator("main a.button").first.click()
            await page.wait_for_load_state()
    assert page.url.endswith("/saved"), f"{title} does not end: {page.url}"


async def _put_right(page: Page, title: str, field: str, said: str, soon: dt.date) -> None:
    """Answer as the page asks for. Raises AssertionError with what it says where that is something else."""
    kinds = {"takes a number": "3", "a real day": f"{soon.day}/{soon.month}/{soon.year}", "work email": EMAIL}
    value = next((value for kind, value in kinds.items() if kind in said), None)
    assert value, f"{title}: {said}"
    await page.locator(f"[id='{field.removeprefix('#')}']").fill(value)
