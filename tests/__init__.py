"""Tests. What contract suites beside the fakes assert is shown in full, as in test files."""

import pytest

pytest.register_assert_rewrite("tests.fakes")
