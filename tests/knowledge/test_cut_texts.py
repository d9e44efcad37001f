"""Facts that a comma without quotes has cut in two, and facts that only look so."""

import pytest

from knowledge.conftest import MINIMAL, RDS
from srmbot.knowledge.cut_texts import is_cut
from srmbot.knowledge.report import check_folders

CUT = [
    ("up to 35 days", "7 by default"),
    ("an endpoint takes either a password or a secret", "not both"),
    ("replicas of an encrypted instance are encrypted too", "and it cannot be turned off"),
    ("snapshots of an encrypted instance are encrypted too", "cannot be turned off"),
    ("when a table with PITR is deleted", "a free system backup is kept for 35 days"),
    ("SQL Server 2019 or 2022; Enterprise", "Standard or Developer edition"),
    ("up to 25", "000 events in an execution"),
    ("some (such as DAX", "DMS) have none"),
    ("the limit is soft", "which means that it can be raised"),
    ("on by default", "unless you opt out"),
]
WHOLE = [
    ("off by default", "set for the whole cluster"),
    ("up to 35 days", "by default there is no daily snapshot"),
    ("at least 30 minutes a week", "not for Redshift Serverless"),
    ("there is no instance class to choose", "needs subnets of yours in two zones at least"),
    ("25,000 events in an execution", "262,144 bytes for input and output"),
    ("a key policy may have 32 KB", "a key that waits for deletion costs nothing"),
    ("24 hours by default, up to 8760 hours (365 days)", "above 24 hours it costs extra"),
    ("which modes exist depends on the engine", "orders of magnitude differ"),
    ("if you opt out AWS upgrades the cluster at the end of standard support", "two years as a rule"),
]


@pytest.mark.parametrize(("before", "after"), CUT)
def test_a_text_that_a_comma_has_cut_is_noticed(before, after):
    assert is_cut(before, after)


@pytest.mark.parametrize(("before", "after"), WHOLE)
def test_texts_that_stand_alone_are_not_blamed(before, after):
    assert not is_cut(before, after)


NOT_CUT = [
    "  facts: ['up to 35 days', '7 by default']\n",
    "  facts: [up to 35 days, '7 by default']\n",
    "  facts:\n  - up to 35 days\n  - 7 by default\n",
    "  say: [keep it, 7 by default]\n",
]


@pytest.mark.parametrize("lines", NOT_CUT)
def test_quotes_lines_and_other_fields_are_as_they_were_meant(write, lines):
    say = "" if "say" in lines else "  say: [how long]\n"
    other = RDS.replace("id: retention", "id: other").replace("Set the", "Keep the").partition("  say:")[0]
    source = "  source: [https://docs.aws.amazon.com/AmazonRDS/]\n"
    folder = write(MINIMAL | {"duties/rds.yaml": RDS + other + lines + say + source})
    assert check_folders([folder]).problems == []
