"""The name that weights are kept under: other code would have learned something else."""

import sys

from srmbot.cache import PACKAGE
from srmbot.search.learning.cached import LEARNING_CODE


def test_all_code_that_learning_reads_texts_by_is_part_of_the_name():
    import srmbot.search.learning.train  # noqa: F401

    named = {path.relative_to(PACKAGE).with_suffix("") for pattern in LEARNING_CODE for path in PACKAGE.glob(pattern)}
    read_by = {"srmbot.query", "srmbot.grammar", "srmbot.grammar_patterns", "srmbot.framing"}
    read_by |= {"srmbot.side_patterns", "srmbot.model"}
    assert read_by <= sys.modules.keys()
    assert {each.removeprefix("srmbot.") for each in read_by} <= {str(path) for path in named}
