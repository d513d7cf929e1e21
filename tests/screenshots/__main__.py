"""`python -m tests.screenshots FOLDER`: write the pictures, and an index of them."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.e2e.browsing import launched
from tests.fakes.town.town import PUBLIC
from tests.screenshots.album import Album
from tests.screenshots.tour import open_letters, walk
from tests.screenshots.window import Window
from tests.screenshots.year import begun, day, signed_in

STOPS = ((9, 10), (9, 20), (10, 30), (11, 5), (11, 7), (11, 19), (11, 25), (12, 2), (12, 18))
"""Days on which one looks around."""


async def main(folder: Path) -> Path:
    """Play the year and take the pictures; return the index."""
    album = Album(folder)
    with tempfile.TemporaryDirectory() as files:
        this = await begun(Path(files))
        async with launched() as browser:
            window = Window(this.town, browser)
            async with window.page() as page:
                for path in ("/", "/accessibility", "/privacy", "/nope", "/sign-in"):
                    await page.goto(PUBLIC + path)
                    await album.look(page, path)
            async with window.context() as context:
                desk = await context.new_page()
                seen, followed = 0, set[str]()
                for stop in STOPS:
                    await this.until(day(*stop))
                    mails = [message for _, _, message in this.town.post.mailboxes.mails]
                    for message in mails[seen:]:
                        await album.mail(window, message)
                    await open_letters(window, mails[seen:], followed, album.look)
                    seen = len(mails)
                    await signed_in(this, desk, PUBLIC)
                    await album.look(desk, "signed in")
                    await walk(window, desk, f"{PUBLIC}/console", album.look)
    return album.write_index()


if __name__ == "__main__":
    index = asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots")))
    sys.stdout.write(f"{index}\n")
