"""How the tests of details are written: a message, and the values that are in it."""

import pytest


def table(entity, rows):
    """One test per row: what is typed, and the values of `entity` that are in it."""

    @pytest.mark.parametrize(("typed", "expected"), rows, ids=[row[0][:50] for row in rows])
    def test(found, typed, expected):
        assert found(typed).get(entity, []) == expected

    return test
