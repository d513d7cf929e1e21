"""Local authorities and regions of the register: what somebody means by a name or code, or the nearest one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from shared.tables.cells import shown, tidy

__all__ = ["REGIONS", "Places"]

REGIONS = (
    "East Midlands", "East of England", "London", "North East", "North West", "South East", "South West",
    "West Midlands", "Yorkshire and The Humber",
)  # fmt: skip
"""The regions of England (Office for National Statistics, ITL 1)."""
_NEAR = 0.5
_LONGEST = 100
_KINDS = frozenset({"city", "county", "borough", "london", "royal", "metropolitan", "district", "la", "lbc", "mbc"})


@dataclass(frozen=True, slots=True)
class Places:
    """Authorities by code, with the region each lies in, and the regions of all schools that are known."""

    authorities: Mapping[str, str] = field(default_factory=dict)
    region_of: Mapping[str, str] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()

    def authority(self, named: str) -> tuple[str, str]:
        """Code and name of the authority of this code or name. Raises ValueError with the nearest ones."""
        wanted = tidy(named)
        if wanted in self.authorities:
            return wanted, self.authorities[wanted]
        by_key = {_key(name): code for code, name in sorted(self.authorities.items())}
        code = by_key.get(_key(wanted))
        if code is not None:
            return code, self.authorities[code]
        loosely = [code for code, name in self.authorities.items() if _loose(name) == _loose(wanted) != ""]
        if len(loosely) == 1:
            return loosely[0], self.authorities[loosely[0]]
        if not self.authorities:
            raise ValueError(
                "The register is not imported yet, so no authority is known; `kindred schools import` first."
            )
        name = "" if wanted.isdigit() else _nearest(wanted, self.authorities.values())
        nearest = next(
            (f"; the nearest is {code} {known}" for code, known in self.authorities.items() if known == name), ""
        )
        raise ValueError(f"No school of the register has the local authority {shown(wanted)}{nearest}.")

    def region(self, named: str) -> str:
        """The region's own name. Raises ValueError with the nearest, or with the region an authority lies in."""
        wanted = tidy(named)
        known = sorted({*REGIONS, *self.regions} - {""})
        found = next((name for name in known if _key(name) == _key(wanted)), None)
        if found is not None:
            return found
        code = next((code for code, name in self.authorities.items() if _key(name) == _key(wanted)), None)
        if code is not None and self.region_of.get(code):
            lies = f"it lies in '{self.region_of[code]}'"
            raise ValueError(f"{shown(wanted)} is a local authority, not a region; {lies}. Write the region.")
        near = _nearest(wanted, known)
        meant = f"the nearest is '{near}'" if near else f"there are {', '.join(REGIONS)}"
        raise ValueError(f"{shown(wanted)} is no region; {meant}.")


def _key(name: str) -> str:
    """A name's words without those that may be left out.

    North East England is the North East; East alone may be two regions, since the East of England is one of them.
    """
    said = re.sub(r"(?<!\bof )\bengland\b", "", name.casefold())
    words = said.replace("&", " and ").replace("-", " ").replace(",", " ").split()
    return " ".join(word for word in words if word not in {"the", "of", "region", "council"})


def _loose(name: str) -> str:
    """The name without what kind of council it is: `Bristol, City of` and `Bristol City Council` are Bristol."""
    return " ".join(word for word in _key(name).split() if word not in _KINDS)


def _nearest(wanted: str, names: Iterable[str]) -> str:
    """The name that is likely meant, '' where none is."""
    likeness = {name: SequenceMatcher(None, wanted[:_LONGEST].casefold(), name.casefold()).ratio() for name in names}
    best = max(likeness, key=likeness.__getitem__, default="")
    return best if likeness.get(best, 0) >= _NEAR else ""
