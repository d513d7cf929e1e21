"""Ids derived from what they are about, so that the same cause gives the same id on every replica and replay."""

import uuid

_SPACE = uuid.UUID("7d0e1c1e-6a0b-5d0e-9a63-3f6f2b8d4c11")


def derived(prefix: str, *parts: str) -> str:
    """Return `<prefix>-<hex>` for these parts; the same parts always give the same id."""
    return f"{prefix}-{uuid.uuid5(_SPACE, '|'.join((prefix, *parts))).hex}"


def findings_id(cohort_id: str, school_id: str, project_id: str | None) -> str:
    """Id of a school's findings in a cohort, or of the findings of one project."""
    return derived("fnd", cohort_id, school_id, project_id or "")


def report_id(kind: str, *about: str) -> str:
    """Id of the report of this kind about this; its editions share it."""
    return derived("rpt", kind, *about)
