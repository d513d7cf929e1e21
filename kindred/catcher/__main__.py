"""`python -m kindred.catcher --smtp-port N --http-port N --folder DIR [--link NAME=URL]`: runs until ended."""

import argparse
from pathlib import Path

import uvicorn
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from kindred.catcher.letters import Box
from kindred.catcher.pages import Pages

MOST_BYTES = 30_000_000


class Sink:
    """Takes every mail and says so."""

    def __init__(self, box: Box) -> None:
        self._box = box

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail."""
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        letter = self._box.catch(envelope.mail_from or "", list(envelope.rcpt_tos), raw)
        return f"250 2.0.0 Ok: kept as {letter.id}"


def main() -> None:
    """Catch mails and show them."""
    parser = argparse.ArgumentParser(description="Catches mails and shows them on a page.")
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--link", action="append", default=[], metavar="NAME=URL", help="shown above the mails")
    chosen = parser.parse_args()
    box = Box(chosen.folder)
    controller = Controller(Sink(box), hostname="127.0.0.1", port=chosen.smtp_port, data_size_limit=MOST_BYTES)
    controller.start()
    try:
        app = Pages(box, dict(link.split("=", 1) for link in chosen.link)).app()
        uvicorn.run(app, host="127.0.0.1", port=chosen.http_port, log_level="warning")
    finally:
        controller.stop()


if __name__ == "__main__":
    main()
