"""Forms behind a mail or a list: open one, add rows, fill it in, send it."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from kindred.demo.browser import Browser, Page, PageFault

Values = Mapping[str, str] | Callable[[Page], Mapping[str, str]]
"""What goes into a form's fields, by their names; or how it follows from the page."""


async def ready(browser: Browser, page: Page) -> Page:
    """The page itself where it has a form; where several may be written, a new one."""
    if any(form.method == "post" for form in page.forms):
        return page
    return await browser.open(f"{page.url.rstrip('/')}/new")


async def deliver(browser: Browser, page: Page, values: Values, button: str = "send") -> Page:
    """Fill in the form on a page and press a button; return the page that says what was saved."""
    filled = values(page) if callable(values) else values
    saved = await browser.press(page, button, dict(filled))
    if not urlsplit(saved.url).path.endswith("/saved"):
        raise PageFault(f"{page.heading!r} was not saved: {saved.text[:600]}")
    return saved


async def rows_added(browser: Browser, page: Page, field: str, rows: int) -> Page:
    """The page once it has that many rows for a question."""
    for _ in range(rows - 1):
        page = await browser.press(page, f"add-{field}", {})
    return page


def whole(url: str, link: str) -> str:
    """A link of a page as an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{link}"


def in_rows(field: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """The values of a question that is answered row by row: `field.1.column` and so on."""
    return {f"{field}.{number}.{key}": text for number, row in enumerate(rows, 1) for key, text in row.items()}
