"""A duty of one's own may name the place in a document that it is from, in place of a page."""

import pytest

from knowledge.conftest import MINIMAL, RDS
from srmbot.knowledge.load import built_in, load
from srmbot.knowledge.problem import KnowledgeError
from srmbot.overview.pages import pages
from srmbot.render.blocks import link
from srmbot.render.words import cite

PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/"


def with_source(source):
    return MINIMAL | {"duties/rds.yaml": RDS.replace(f"[{PAGE}]", f"['{source}']")}


@pytest.mark.parametrize("place", ["docs/srm.md:12", "srm.xlsx#Sheet1:3", "our%20srm.csv:2", "SRM.md", PAGE])
def test_a_place_is_a_source(place, write):
    assert load([write(with_source(place))]).by_id["rds.retention"].source == (place,)


@pytest.mark.parametrize("source", ["http://example.com/a", "ftp://example.com/a", "our srm.md", "<https://a.example>"])
def test_anything_else_is_none(source, write):
    with pytest.raises(KnowledgeError, match="`source` is"):
        load([write(with_source(source))])


def test_what_comes_with_srmbot_rests_on_pages(known):
    rows = (*known.duties, *known.boundaries, *known.absent)
    assert [row for row in rows if not all(page.startswith("https://") for page in row.source)] == []
    assert built_in().is_dir()


def test_a_place_is_shown_as_it_is_and_links_nowhere():
    assert cite("docs/srm.md:12", "docs/srm.md:12") == "Source: docs/srm.md:12"
    assert link("docs/<srm>.md:12", "docs/srm.md:12") == "docs/&lt;srm&gt;.md:12"


def test_a_place_is_not_listed_among_the_pages(write):
    known = load([write(with_source("docs/srm.md:12"))])
    assert [page.address for page in pages(known)] == ["https://aws.amazon.com/compliance/shared-responsibility-model/"]
