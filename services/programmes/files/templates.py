"""The folder of programme templates, looked at when asked so that a new file needs no restart."""

from pathlib import Path

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.templates.either import read_either
from services.programmes.domain.templates.kept import unknown_template
from services.programmes.domain.templates.reader import WrongTemplate
from shared.errors import Rejected

__all__ = ["TemplateFolder"]


class TemplateFolder:
    """Templates by key; a file is named after its template."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> AnyTemplate:
        """The template of this key. Raises Rejected("unknown-template" or "wrong-template")."""
        if key not in self.names():
            raise unknown_template(key, self.names())
        path = self._folder / f"{key}.yaml"
        try:
            return read_either(path.read_text(encoding="utf-8"), path.name)
        except (WrongTemplate, UnicodeDecodeError) as error:
            raise Rejected("wrong-template", str(error)) from error

    def text(self, key: str) -> str:
        """The text of a template of the folder."""
        return (self._folder / f"{key}.yaml").read_text(encoding="utf-8")

    def names(self) -> frozenset[str]:
        """The key of every template in the folder."""
        return frozenset(path.stem for path in self._folder.glob("*.yaml"))
