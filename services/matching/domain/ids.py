"""Ids derived from what they are about: the same cause gives the same id on every replica and after every crash."""

from __future__ import annotations

import uuid

__all__ = ["cohort_id", "draft_id", "group_id"]

_SPACE = uuid.UUID("2b0f6f0e-7a52-4a58-8f0a-1d8f0f2a6c41")


def cohort_id(programme_id: str) -> str:
    """The cohort of a programme; its drafts are revisions of it."""
    return f"coh-{uuid.uuid5(_SPACE, f'cohort|{programme_id}').hex}"


def draft_id(cohort: str, revision: int) -> str:
    """A draft while it is worked out."""
    return f"drf-{uuid.uuid5(_SPACE, f'draft|{cohort}|{revision}').hex}"


def group_id(cohort: str, revision: int, school_ids: tuple[str, ...]) -> str:
    """A group of a draft."""
    return f"grp-{uuid.uuid5(_SPACE, f'group|{cohort}|{revision}|' + '|'.join(sorted(school_ids))).hex}"
