"""Puts CSS into each tag when a template is loaded, since many mail programs read no style sheet.

css-inline runs on one synthetic element for each tag with a class. So Jinja's own marks are never parsed as HTML, and
nothing is left to do for each mail.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import BaseLoader, Environment, FileSystemLoader

_TAG = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"{}]*")*?)\s+class="([a-z -]+)"')
_STYLE = re.compile(r'style="([^"]*)"')
_VOID = frozenset({"img", "br", "hr", "meta"})


class InliningLoader(BaseLoader):
    """Loads templates from a folder; those ending in .html get the style sheet put into their tags."""

    def __init__(self, folder: Path, stylesheet: str) -> None:
        self._files = FileSystemLoader(folder)
        self._stylesheet = (folder / stylesheet).read_text(encoding="utf-8")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source with styles in its tags."""
        source, path, fresh = self._files.get_source(environment, template)
        return (self._inlined(source) if template.endswith(".html") else source), path, fresh

    def _inlined(self, source: str) -> str:
        def with_style(found: re.Match[str]) -> str:
            style = _style_of(found.group(1), found.group(3), self._stylesheet)
            return f'{found.group(0)} style="{style}"' if style else found.group(0)

        return _TAG.sub(with_style, source)


@cache
def _style_of(tag: str, classes: str, stylesheet: str) -> str:
    element = f'<{tag} class="{classes}"' + (">" if tag in _VOID else f"></{tag}>")
    if tag == "body":
        page = f"<html><head></head>{element}</html>"
    elif tag in {"td", "th"}:
        page = f"<html><body><table><tbody><tr>{element}</tr></tbody></table></body></html>"
    else:
        page = f"<html><body>{element}</body></html>"
    inlined = css_inline.CSSInliner(extra_css=stylesheet, load_remote_stylesheets=False).inline(page)
    marked = inlined[inlined.index(f"<{tag} class") :]
    found = _STYLE.search(marked[: marked.index(">") + 1])
    return found.group(1).strip() if found else ""
