"""Maximally diverse groups on a plain matrix: the families, the search, and a peer that may be absent."""

from itertools import combinations

import numpy as np
import pytest

from benchmarks import mdgp_search, tpsdp
from benchmarks.mdgp import FAMILIES, distances, sizes


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_a_matrix_of_distances(family):
    table = distances(family, 24)
    assert np.array_equal(table, table.T)
    assert not np.diag(table).any()
    assert np.array_equal(table, distances(family, 24))
    assert not np.array_equal(table, distances(family, 24, seed=2))
    assert bool((table == table.round()).all()) == (family == "RanInt")


def test_sizes_add_up_and_differ_by_one_at_most():
    assert sizes(120) == [12] * 10
    assert sizes(50) == [13, 13, 12, 12]


def test_eight_elements_get_the_best_partition_there_is():
    table = distances("RanInt", 8)
    ways = [({0, *rest}, set(range(1, 8)) - set(rest)) for rest in combinations(range(1, 8), 3)]
    most = max(sum(table[i, j] for part in way for i, j in combinations(part, 2)) for way in ways)
    groups, value = mdgp_search.run(table, [4, 4], 0.2)
    assert value == most
    assert sorted(i for group in groups for i in group) == list(range(8))
    assert value == sum(table[i, j] for group in groups for i, j in combinations(group, 2))


def test_without_a_source_the_peer_is_absent(monkeypatch):
    monkeypatch.delenv("KINDRED_TPSDP", raising=False)
    tpsdp._library.cache_clear()
    assert tpsdp.run(distances("RanInt", 8), [4, 4], 0.1) is None
