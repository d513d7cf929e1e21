"""The engine is compiled once: into a folder of its own sources, and not again while they stay as they are."""

import os
import sys
import tempfile
from types import SimpleNamespace

import pytest

from services.matching.engine import cache, warm

REHEARSAL = "services.matching.engine.rehearsal"


@pytest.fixture
def kept(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.delitem(sys.modules, REHEARSAL, raising=False)
    return tmp_path


def test_nothing_is_there_before_the_first_time(kept):
    assert not cache.filled()
    assert cache.folder().parent == kept


def test_what_is_compiled_is_not_compiled_again(kept):
    cache.fill()
    warm.main()
    assert REHEARSAL not in sys.modules


def test_what_was_broken_off_is_compiled_again(kept, monkeypatch):
    cache.folder().mkdir()
    (cache.folder() / "kernel.nbc").touch()
    done = []
    monkeypatch.setitem(sys.modules, REHEARSAL, SimpleNamespace(rehearse=lambda: done.append(cache.filled())))
    warm.main()
    assert (done, cache.filled()) == ([False], True)


def test_where_nothing_can_be_written_the_warmed_cache_is_copied(kept, monkeypatch, tmp_path_factory):
    cache.fill()
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("elsewhere")))
    assert kept not in cache.folder().parents
    assert cache.filled()
