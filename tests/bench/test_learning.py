"""The bench of learning leaves out parts that are there."""

import pytest

from bench.learning import WITHOUT


@pytest.mark.parametrize("left_out", WITHOUT)
def test_what_is_left_out_is_where_the_bench_looks_for_it(left_out):
    assert all(hasattr(where, name) for where, name, _ in WITHOUT[left_out])
