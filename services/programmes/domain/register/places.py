"""Local authorities and regions of the register: what somebody means by a name or code, or the nearest one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from shared.tables.cells import shown, tidy

__all__ = ["REGIONS", "Places"]

REGIONS = (
    "East Midlands", "East of England", "London", "North East", "North West", "South East", "South West",
    "West Midlands", "Yorkshire and The Humber",
)  # fmt: skip
"""The regions of England (Office for National Statistics, ITL 1)."""
_NEAR = 0.72
_SHORTEST_BEGINNING = 4
_SAME_BEGINNING = 0.15
_MOST_NEAR = 4
_LONGEST = 100
_CODE = re.compile(r"0?(\d{3})(?:\.0)?")
_KINDS = frozenset({
    "city", "county", "borough", "london", "royal", "metropolitan", "district", "unitary", "authority", "la", "lb",
    "lbc", "mbc", "mdc", "rb", "cc", "co",
})  # fmt: skip
_SHORT = {
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "north east", "nw": "north west", "se": "south east",
    "sw": "south west", "saint": "st",
}  # fmt: skip
_COUNTIES = {
    "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire",
    "derbys": "derbyshire", "glos": "gloucestershire", "gloucs": "gloucestershire", "hants": "hampshire",
    "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire", "lincs": "lincolnshire",
    "northants": "northamptonshire", "notts": "nottinghamshire", "oxon": "oxfordshire", "salop": "shropshire",
    "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire", "worcs": "worcestershire",
    "yorks": "yorkshire",
}  # fmt: skip
"""How counties are shortened; several may have an authority of such a name, so these are named and not taken."""
_SIDES = re.compile(r"\b(north|south)(east|west)\b")
_LEFT_OUT = frozenset({"the", "of", "region", "council"})


@dataclass(frozen=True, slots=True)
class Places:
    """Authorities by code, with the region each lies in, and the regions of all schools that are known."""

    authorities: Mapping[str, str] = field(default_factory=dict)
    region_of: Mapping[str, str] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()

    def authority(self, named: str) -> tuple[str, str]:
        """Code and name of the authority of this code or name, or of both. Raises ValueError with the nearest ones."""
        wanted = tidy(named)
        if not self.authorities:
            raise ValueError(
                "The register is not imported yet, so no authority is known; `kindred schools import` first."
            )
        found = self._by_code(wanted) or self._by_name(wanted)
        if found is not None:
            return found, self.authorities[found]
        near = _likely(wanted, self.authorities.values()) if any(map(str.isalpha, wanted)) else []
        said = [f"{code} {name}" for code, name in sorted(self.authorities.items()) if name in near]
        raise ValueError(f"No school of the register has the local authority {shown(wanted)}{_meant(said)}.")

    def _by_code(self, wanted: str) -> str | None:
        """The code, as `373` or `373.0`, or beside the name that it has: `373 - Sheffield`, `Sheffield (373)`."""
        written = _CODE.findall(wanted)
        if len(written) != 1 or written[0] not in self.authorities:
            return None
        rest = _loose(re.sub(r"[^\w&' ]", " ", _CODE.sub(" ", wanted)))
        return written[0] if rest in {"", _loose(self.authorities[written[0]])} else None

    def _by_name(self, wanted: str) -> str | None:
        """The code of the one authority of this name, also where it says otherwise what kind of council it is."""
        key, loose = _key(wanted), _loose(wanted)
        exactly = next((code for code, name in sorted(self.authorities.items()) if _key(name) == key), None)
        loosely = [code for code, name in self.authorities.items() if _loose(name) == loose != ""]
        return exactly or (loosely[0] if len(loosely) == 1 else None)

    def region(self, named: str) -> str:
        """The region's own name. Raises ValueError with the nearest, or with the region an authority lies in."""
        wanted = tidy(named)
        known, key = sorted({*REGIONS, *self.regions} - {""}), _key(wanted)
        found = next((name for name in known if _key(name) == key), None)
        if found is not None:
            return found
        code = next((code for code, name in self.authorities.items() if _key(name) == key), None)
        if code is not None and self.region_of.get(code):
            lies = f"it lies in '{self.region_of[code]}'"
            raise ValueError(f"{shown(wanted)} is a local authority, not a region; {lies}. Write the region.")
        near = [f"'{name}'" for name in _likely(wanted, known)]
        meant = _meant(near) or f"; there are {', '.join(REGIONS)}"
        raise ValueError(f"{shown(wanted)} is no region{meant}.")


def _key(name: str) -> str:
    """A name's words without those that may be left out.

    North East England is the North East; East alone may be two regions, since the East of England is one of them.
    """
    said = re.sub(r"(?<!\bof )\bengland\b", "", name.casefold())
    plain = _SIDES.sub(r"\1 \2", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", said))
    words = re.sub(r"[-,./]", " ", plain.replace("&", " and ").replace("\u2019", "'")).split()
    return " ".join(_SHORT.get(word, word) for word in words if word not in _LEFT_OUT)


def _loose(name: str) -> str:
    """The name without what kind of council it is: `Bristol, City of` and `Bristol City Council` are Bristol."""
    return " ".join(word for word in _key(name).split() if word not in _KINDS)


def _likely(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that are likely meant: those with all its words or with its initials, else the one most like it."""
    every = sorted(names)
    words = {_COUNTIES.get(word, word) for word in (_loose(wanted) or _key(wanted)).split() if word.isalpha()}
    if not words:
        return []
    holding = [name for name in every if words <= set(_key(name).split())]
    beginning = [name for name in every if all(_begins_one(word, name) for word in words)]
    for found in (holding, beginning):
        if 0 < len(found) <= _MOST_NEAR:
            return found
    initials = re.sub(r"\W|council", "", wanted.casefold())
    if short := [name for name in every if initials in _initials(name)]:
        return short[:_MOST_NEAR]
    key = _key(wanted[:_LONGEST])
    likeness = {name: _likeness(key, _key(name)) for name in every}
    best = max(likeness, key=likeness.__getitem__, default="")
    return [best] if likeness.get(best, 0) >= _NEAR else []


def _begins_one(word: str, name: str) -> bool:
    """Whether a word of the name begins so: Hereford, of Herefordshire."""
    return len(word) >= _SHORTEST_BEGINNING and any(other.startswith(word) for other in _key(name).split())


def _initials(name: str) -> set[str]:
    words = name.casefold().replace("-", " ").replace(",", " ").split()
    return {"".join(word[0] for word in each) for each in (words, [one for one in words if one not in {"and", "of"}])}


def _likeness(one: str, other: str) -> float:
    """How alike two keys are, from 0 to a little more than 1."""
    return SequenceMatcher(None, one, other).ratio() + _SAME_BEGINNING * (one[:2] == other[:2])


def _meant(near: Sequence[str]) -> str:
    """The end of a sentence that says what is likely meant; '' where nothing is."""
    if len(near) > 1:
        return f"; the nearest are {', '.join(near[:-1])} and {near[-1]}"
    return f"; the nearest is {near[0]}" if near else ""
