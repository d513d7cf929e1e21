"""From a template and its context to a subject, a plain text and an HTML page.

Each mail is written once, in `templates/<key>.mail`, with the building blocks of `kit`. The same source gives text and
HTML, so the two always say the same. Templates run in a sandbox and fail on anything undefined. A template's version is
a hash of everything that shapes it; every mail records it.
"""

import hashlib
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from services.notifications.domain.kinds import KINDS
from services.notifications.mail.styles import InliningLoader

FOLDER = Path(__file__).parent / "templates"
_SHARED = ("layout.html", "layout.txt", "kit.html", "kit.txt", "parts.mail", "styles.css", "head.css")
_WIDTH = 72
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Rendered:
    """A mail in words. ``version`` names the template with its hash: `visit-invitation@1f2e3d4c`."""

    subject: str
    text: str
    html: str
    version: str


class Renderer:
    """Renders every kind of mail; templates are read and their styles inlined once a process."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._html, self._text = _environments(folder)

    def render(self, key: str, words: Mapping[str, Any]) -> Rendered:
        """Render a kind of mail; raises UndefinedError when a word is missing."""
        name = f"{_source(key)}.mail"
        text, html = self._text.get_template(name), self._html.get_template(name)
        return Rendered(
            subject=" ".join(_block(text, "subject", words).split()),
            text=_tidy(text.render(words)),
            html=html.render(words),
            version=self.versions[key],
        )

    @cached_property
    def versions(self) -> dict[str, str]:
        """The version of every template."""
        shared = b"".join((self._folder / name).read_bytes() for name in _SHARED)
        own = {key: (self._folder / f"{_source(key)}.mail").read_bytes() for key in KINDS}
        return {key: f"{key}@{hashlib.sha256(shared + words).hexdigest()[:8]}" for key, words in own.items()}


def _source(key: str) -> str:
    """Return the file that a kind of mail is written in."""
    return KINDS[key].source or key


@cache
def _environments(folder: Path) -> tuple[SandboxedEnvironment, SandboxedEnvironment]:
    """Return the environments of HTML and text; templates are compiled once a process."""
    loader = InliningLoader(folder, "styles.css")
    return _environment(loader, html=True), _environment(loader, html=False)


def _environment(loader: InliningLoader, *, html: bool) -> SandboxedEnvironment:
    suffix = "html" if html else "txt"
    environment = SandboxedEnvironment(
        loader=loader, autoescape=html, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        auto_reload=False, cache_size=200,
    )  # fmt: skip
    environment.filters.update(wrap=_wrap, rule=_rule, paragraphs=_paragraphs, low=_low)
    kit = environment.get_template(f"kit.{suffix}").module
    environment.globals.update({name: value for name, value in vars(kit).items() if not name.startswith("_")})
    parts = environment.get_template("parts.mail").module
    environment.globals.update({name: value for name, value in vars(parts).items() if not name.startswith("_")})
    environment.globals["layout"] = f"layout.{suffix}"
    return environment


def _block(template: Template, name: str, words: Mapping[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(dict(words))))


def _wrap(text: str, first: str = "", rest: str | None = None) -> str:
    plain = " ".join(str(text).split())
    following = first if rest is None else rest
    return textwrap.fill(
        plain, _WIDTH, initial_indent=first, subsequent_indent=following, break_long_words=False, break_on_hyphens=False
    )


def _rule(text: str, mark: str = "=") -> str:
    plain = " ".join(str(text).split())
    return f"{plain}\n{mark * min(len(plain), _WIDTH)}"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def _low(title: str) -> str:
    """Return a title for the middle of a sentence: `Visit day` as `visit day`, `KS2 day` as it is."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip() + "\n"
