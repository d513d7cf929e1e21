"""Templates: autoescaped, sandboxed, and loud about anything undefined."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.portal.domain import words

HERE = Path(__file__).parent
STATIC = HERE / "static"


class Renderer:
    """Turns a template and its facts into a page."""

    def __init__(self, support_email: str = "") -> None:
        self._templates = _environment(support_email)

    def page(self, request: Request, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
        """Render a page; the request gives the nonce its script may run by."""
        about = {"nonce": request.scope["state"]["nonce"], "page_path": request.url.path}
        given = {"visitor": None, "programme": None, "problems": (), **about, **facts}
        return HTMLResponse(self._templates.get_template(template).render(given), status)


@cache
def _environment(support_email: str) -> ImmutableSandboxedEnvironment:
    """The templates, compiled once a process."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_said,
    )
    filters = {
        "day": words.day, "short_day": words.short_day, "clock": words.clock,
        "role": words.role, "person": words.person, "chosen": words.chosen, "written_day": words.written_day,
        "capital": words.capital, "listed": words.listed, "when": words.when, "sentence": words.sentence,
    }  # fmt: skip
    environment.filters.update(filters)
    environment.globals.update(count=words.count, moment=words.moment, support_email=support_email)
    environment.globals["fingerprint"] = fingerprint()
    return environment


def _said(value: Any) -> Any:
    """Services answer the command line, too: what they say to type is left out."""
    return words.without_commands(value) if type(value) is str else value  # markup is of templates


def fingerprint() -> str:
    """Return what changes when a style or script does, so that browsers may keep them until then."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))
    return hashlib.sha256(content).hexdigest()[:10]
