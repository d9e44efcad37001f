"""Tables and lists as people write them -> who does what, with the place; and what was left, with the reason."""

import pytest

from srmbot.importing.markdown import read_markdown
from srmbot.importing.statements import read_statements


def reading(text):
    return read_statements(read_markdown(text, "srm.md"))


def read(text):
    statements = reading(text).statements
    return [(each.place.line, each.owner.value, each.category or each.service, each.text) for each in statements]


def left(text):
    return [(each.place.line, each.reason) for each in reading(text).left]


TABLES = [
    pytest.param(
        """\
| Category | AWS Responsibility | Customer Responsibility |
|---|---|---|
| Backups | Take them. | Set retention.<br>Copy snapshots. |
| Patching | N/A | — |
""",
        [
            (3, "aws", "Backups", "Take them."),
            (3, "customer", "Backups", "Set retention."),
            (3, "customer", "Backups", "Copy snapshots."),
        ],
        id="both sides, breaks in a cell, dashes for nothing",
    ),
    pytest.param(
        "| AWS | Customer (you) |\n|---|---|\n| Hardware | Data |\n| | IAM |\n",
        [(3, "aws", "", "Hardware"), (3, "customer", "", "Data"), (4, "customer", "", "IAM")],
        id="two columns without a category",
    ),
    pytest.param(
        "| AWS Service | Provider | Your responsibility |\n|--|--|--|\n| **EC2** | • Hosts • Network | • OS • Data |\n",
        [
            (3, "aws", "EC2", "Hosts"),
            (3, "aws", "EC2", "Network"),
            (3, "customer", "EC2", "OS"),
            (3, "customer", "EC2", "Data"),
        ],
        id="a service a row, bullets in a cell",
    ),
    pytest.param(
        "| Task | AWS | Customer |\n|--|--|--|\n| Patch the OS | ✅ | ❌ |\n| Encrypt | x | x |\n| Tag | no | yes |\n",
        [
            (3, "aws", "", "Patch the OS"),
            (4, "shared", "", "Encrypt"),
            (5, "customer", "", "Tag"),
        ],
        id="one task a row, with ticks",
    ),
    pytest.param(
        "| Responsibility | AWS | Customer |\n|--|--|--|\n| Hardware | ✔️ | ❌ |\n| Data | AWS stores it | Yes |\n",
        [(3, "aws", "", "Hardware"), (4, "aws", "Data", "stores it"), (4, "customer", "", "Data")],
        id="a column of responsibilities is what the rows are about",
    ),
    pytest.param(
        "| AWS | Customer |\n|--|--|\n| AWS global network | Customer Master Key |\n| AWS patches hosts | - |\n",
        [
            (3, "aws", "", "AWS global network"),
            (3, "customer", "", "Customer Master Key"),
            (4, "aws", "", "patches hosts"),
        ],
        id="a side's name that begins a thing is a part of it",
    ),
    pytest.param(
        "| Task | Owner |\n|--|--|\n| Patch the host | AWS |\n| Set alarms | Customer |\n| Audit | Shared |\n",
        [(3, "aws", "", "Patch the host"), (4, "customer", "", "Set alarms"), (5, "shared", "", "Audit")],
        id="one task a row, with its owner",
    ),
    pytest.param(
        """\
| Activity | AWS | DBA | App team |
|---|:-:|:-:|:-:|
| **Operations** | | | |
| Patch the engine | R | A | I |
| Tune queries | - | A/R | C |
| Review costs | C | I | A |
""",
        [
            (4, "aws", "Operations", "Patch the engine"),
            (5, "customer", "Operations", "Tune queries"),
            (6, "customer", "Operations", "Review costs"),
        ],
        id="RACI, with rows that are headings",
    ),
    pytest.param(
        "Layer | Responsible party | Notes\n--|--|--\nNetwork | Both | AWS gives the firewall; you set the rules\n",
        [(3, "shared", "", "Network")],
        id="without outer bars",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables(text, expected):
    assert read(text) == expected


def test_raci_names_the_team_that_does_it():
    text = "| Activity | AWS | DBA | App |\n|---|---|---|---|\n| Tune queries | C | A/R | I |\n| Patch | R | I | |\n"
    found = reading(text).statements
    assert [(each.owner.value, each.teams) for each in found] == [("customer", ("DBA",)), ("aws", ())]


LISTS = [
    pytest.param(
        "# RDS\n## AWS responsibilities\n- Hosts\n- Backups: take them\n\n## You\n1. Data\n",
        [(3, "aws", "", "Hosts"), (4, "aws", "Backups", "take them"), (7, "customer", "", "Data")],
        id="under headings",
    ),
    pytest.param(
        "- **AWS** manages hosts\n- You (the customer) must encrypt data\n- Customers are responsible for IAM\n",
        [
            (1, "aws", "", "manages hosts"),
            (2, "customer", "", "must encrypt data"),
            (3, "customer", "", "are responsible for IAM"),
        ],
        id="the item says whose it is",
    ),
    pytest.param(
        "## Shared Responsibility Overview\n- **AWS Responsibility**: hosts\n- Customer side - data\n",
        [(2, "aws", "", "hosts"), (3, "customer", "", "data")],
        id="the item begins with a side's responsibility",
    ),
    pytest.param(
        "**AWS:**\n\n- Hosts\n\nCustomer:\n\n- Data\n",
        [(3, "aws", "", "Hosts"), (7, "customer", "", "Data")],
        id="announced by a line",
    ),
    pytest.param(
        "- AWS\n  - Hosts\n- Customer\n  - Data\n",
        [(2, "aws", "", "Hosts"), (4, "customer", "", "Data")],
        id="inside another list",
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists(text, expected):
    assert read(text) == expected


LEFT = [
    ("- Enable encryption for volumes\n", [(1, "it says not whose it is")]),
    ("| Name | Price |\n|---|---|\n| db.t3 | 12 |\n", [(1, "a table whose columns name no owner")]),
    (
        "| Topic | RDS | EC2 |\n|---|---|---|\n| OS | AWS | Customer |\n",
        [(1, "a matrix, which says whose a row is and names no task")],
    ),
    ("| Task | AWS | Customer |\n|--|--|--|\n| Tag | no | - |\n", [(3, "no one does it, by its marks")]),
    ("## AWS Resources\n- [The model](https://aws.amazon.com/compliance/)\n", []),  # a link says nothing
    ("AWS manages the hosts of the service.\n", [(1, "prose")]),
]


@pytest.mark.parametrize(("text", "expected"), LEFT)
def test_what_says_no_owner_is_left_with_the_reason(text, expected):
    assert read(text) == []
    assert left(text) == expected


def test_docusaurus_front_matter_keeps_the_lines():
    text = "---\ntitle: 'SRM of AWS'\nsidebar_position: 2\n---\n\n| AWS | Customer |\n|---|---|\n| Hosts | Data |\n"
    document = read_markdown(text, "srm.md")
    assert document.title == "SRM of AWS"
    assert read(text) == [(8, "aws", "", "Hosts"), (8, "customer", "", "Data")]
