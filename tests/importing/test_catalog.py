"""Backstage's catalogue and CODEOWNERS -> teams with what they own."""

import pytest

from srmbot.errors import SrmbotError
from srmbot.importing.catalog import read_backstage, read_codeowners
from srmbot.importing.teams import Claims

CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: payments
  annotations: {slack.com/channel: '#payments'}
spec: {type: team, profile: {displayName: Payments}}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: orders-db
  title: Orders database
  description: All orders, in PostgreSQL on RDS
  links:
  - {url: 'https://wiki.example.com/orders-db', title: Runbook}
spec: {type: database, owner: 'group:default/payments'}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: invoices
  annotations: {aws.amazon.com/arn: 'arn:aws:s3:::invoices'}
spec: {type: storage, owner: billing}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: checkout-api}
spec: {type: service}
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: backups}
spec: {owner: payments}
"""


@pytest.fixture(scope="module")
def claims(known):
    return Claims(known)


def test_owners_of_a_catalogue(claims):
    found = read_backstage(CATALOG, "catalog-info.yaml", claims)
    assert [(each.team, each.service, each.channel, each.runbook, each.owns) for each in found.teams] == [
        ("Payments", "rds", "#payments", "https://wiki.example.com/orders-db", ("orders-db", "Orders database")),
        ("billing", "s3", None, None, ("invoices",)),
    ]
    assert [str(each.place) for each in found.teams] == ["catalog-info.yaml:8", "catalog-info.yaml:18"]
    assert [(each.text, each.reason) for each in found.left] == [
        ("Component checkout-api", "no owner"),
        ("System backups", "its name is that of a service or topic"),
    ]


@pytest.mark.parametrize(
    "text",
    ["kind: [", "kind: \x01", "[" * 100_000, "since: 2024-99-99"],
    ids=["open", "control", "deep", "no such day"],
)
def test_a_catalogue_that_is_no_yaml(text, claims):
    with pytest.raises(SrmbotError, match=r"^catalog-info.yaml: not YAML"):
        read_backstage(text, "catalog-info.yaml", claims)


def test_a_catalogue_of_odd_values(claims):
    odd = "kind: Component\nmetadata: [1]\nspec: owner\n---\n- 1\n---\n"
    odd += "kind: Resource\nmetadata: {name: x-y}\nspec: {owner: a/b, type: [c]}\n"
    assert [each.owns for each in read_backstage(odd, "c.yaml", claims).teams] == [("x-y",)]


CODEOWNERS = """\
# who looks at what
*                       @org/platform
/terraform/rds/         @org/dba @org/platform   # two of them
/services/orders_api/*  @org/orders
/docs/**/*.md           @writer
*.js                    @org/web
/services/legacy/
/terraform/rds/         @org/databases billing@example.com
[Section] @org/nobody
"""


def test_code_owners(claims):
    found = read_codeowners(CODEOWNERS, "CODEOWNERS", claims)
    assert [(each.team, each.service, each.owns, each.place.line) for each in found.teams] == [
        ("databases, billing@example.com", "rds", (), 8),
        ("orders", None, ("orders-api",), 4),
        ("platform", None, (), 2),
    ]
    assert sorted((each.place.line, each.reason) for each in found.left) == [
        (5, "it names nothing that a question could be about"),
        (6, "it names nothing that a question could be about"),
        (7, "no owner"),
    ]
