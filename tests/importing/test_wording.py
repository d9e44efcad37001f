"""Statements as people write them -> orders, phrases and ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.importing.wording import as_id, as_order, as_part, as_phrase, cut
from srmbot.knowledge.schema import SLUG

ORDERS = [
    # as it is written, after its subject; as an order
    ("manages the backups.", "Manage the backups"),
    ("must configure security groups", "Configure security groups"),
    ("is responsible for protecting the hosts", "Protect the hosts"),
    ("are responsible for their data", "Take care of their data"),
    ("Automatically install patches (if enabled).", "Automatically install patches (if enabled)"),
    ("reviews and approves the changes", "Review and approve the changes"),
    ("Maintaining physical data centers", "Maintain physical data centers"),
    ("Set backup retention and create manual snapshots", "Set backup retention and create manual snapshots"),
    ("Ring the bell", "Ring the bell"),
    # what names no act is taken care of
    ("OS & DB patching", "Take care of OS & DB patching"),
    ("Patch management", "Take care of patch management"),
    ("Control plane management", "Take care of control plane management"),
    ("Operating system patching", "Take care of operating system patching"),
    ("Monitoring and optimization", "Take care of monitoring and optimization"),
    ("NAT Gateway setup", "Take care of NAT Gateway setup"),
    ("DynamoDB Streams configuration", "Take care of DynamoDB Streams configuration"),
]


@pytest.mark.parametrize(("text", "order"), ORDERS)
def test_orders(text, order):
    assert as_order(text) == order


def test_a_part_of_what_both_do():
    assert as_part("Patch the OS", "aws") == "Do its part to patch the OS"
    assert as_part("Take care of patching", "customer") == "Take care of your part of patching"


def test_a_phrase_names_no_other_service():
    others = frozenset([("amazon", "cloudwatch"), ("cloudwatch",)])
    assert as_phrase("Provide metrics and logs via Amazon CloudWatch", others) == "provide metrics and logs"
    assert as_phrase("Read cloudwatch.get_metric (often)", others) == "read"


@given(st.text(min_size=1))
def test_an_id_is_a_slug(text):
    import re

    assert re.match(SLUG, as_id(text))


@given(st.text(), st.integers(20, 60))
def test_a_cut_text_is_short_enough(text, most):
    assert len(cut(text, most)) <= most
