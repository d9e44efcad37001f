"""What is said where nothing is claimed; what a page is called; how readings that look alike differ."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer, Outcome, make_alternative
from srmbot.model import Service
from srmbot.render import words
from srmbot.render.text import as_text
from srmbot.small_talk import LANGUAGES, SCRIPTS, Reason

EXAMPLES_LINE = "You could ask: backups · who patches the OS under RDS? · dynamodb encryption"
SAID = [
    # reason, what it is about, the whole text
    (Reason.GREETING, "", ["Hello! Ask me who does what on AWS, and I tell you: AWS, you, or both.", EXAMPLES_LINE]),
    (Reason.THANKS, "", ["You're welcome."]),
    (
        Reason.COMPLAINT,
        "",
        [
            "Sorry about that. Please ask again in other words, or tell the people who run me what was wrong and what"
            " the right answer is: they can change the line that I answered from."
        ],
    ),
    (Reason.LANGUAGE, "German", ["Ich verstehe leider nur Englisch. Bitte fragen Sie auf Englisch. (English only.)"]),
    (Reason.LANGUAGE, "Korean", ["죄송하지만 영어만 이해합니다. 영어로 질문해 주세요. (English only.)"]),
    (
        Reason.ELSEWHERE,
        "",
        ["I only know AWS: who does what there, AWS or you. I can't answer for anything else."],
    ),
    (
        Reason.UNCOVERED,
        "Amazon WorkSpaces",
        [
            "I have nothing checked on Amazon WorkSpaces yet, so I don't guess. I know RDS, Aurora and others.",
            EXAMPLES_LINE,
        ],
    ),
    (
        Reason.HOWTO,
        "",
        [
            "I don't write code or walkthroughs. I can tell you whose task it is on AWS, and which page to read.",
            EXAMPLES_LINE,
        ],
    ),
    (
        Reason.UNCLEAR,
        "",
        [
            "I'm not sure what you are asking. Name the AWS service and the task, and I tell you who does it.",
            EXAMPLES_LINE,
        ],
    ),
]


@pytest.mark.parametrize(("reason", "subject", "lines"), SAID)
def test_each_reason_has_a_kind_line_of_its_own(bot, reason, subject, lines):
    answer = replace(bot.state.reply(""), reason=reason, subject=subject)
    assert as_text(answer).splitlines() == lines


def test_every_reason_has_words():
    assert {reason for reason, _, _ in SAID} == set(Reason) - {Reason.ABOUT}
    assert set(words.SAY) == set(Reason) - {Reason.LANGUAGE, Reason.UNCOVERED}
    assert not set(LANGUAGES) & set(SCRIPTS)


ABOUT = (
    "I answer who does what on AWS: AWS, you, or both, with the reason, the next step and the AWS page that says so. My"
    " answers come from a reviewed folder of facts; no language model is involved, and questions are not kept."
)


def test_asked_about_itself_the_bot_says_what_a_workspace_keeps(bot):
    answer = Answer(Outcome.UNKNOWN, "", 0.0, bot.knowledge, reason=Reason.ABOUT, subject="90")
    kept = "This workspace keeps the questions that I did not answer, or not rightly, for 90 days;"
    assert f"involved. {kept} `/srm forget me` deletes yours. I know" in words.say(answer)


def test_asked_about_itself_the_bot_counts_the_services_that_it_knows(bot):
    made = [Service(f"s{n}", f"S{n}", "Amazon S", "A service.", (), (), False) for n in range(5)]
    made.append(replace(made[0], slug="mode", name="Mode", variant_of="s0"))
    services = bot.knowledge.services | {each.slug: each for each in made}  # RDS and Aurora, five, and a mode of one
    answer = replace(bot.state.reply("what can you do?"), knowledge=replace(bot.knowledge, services=services))
    assert words.say(answer) == f"{ABOUT} I know RDS, Aurora, S0, S1 and 3 more services."


def test_with_few_services_there_are_no_more_of_them(bot):
    said = words.say(bot.state.reply("what can you do?"))
    assert said.startswith(f"{ABOUT} I know RDS")
    assert "more services" not in said, said


def test_what_is_unclear_suggests_what_comes_nearest(bot):
    near = [alternative(bot, "rds/backups"), alternative(bot, "rds.retention"), alternative(bot, "aurora/backups")]
    answer = replace(bot.state.reply(""), alternatives=tuple(near))
    assert words.suggestions(answer) == ("rds backups", "aurora backups")


def alternative(bot, key):
    """A reading to choose."""
    return make_alternative(bot.state.choose(key).match, bot.knowledge)


def test_readings_with_one_label_are_distinguishable(bot):
    keys = ["rds/backups", "rds.retention", "rds/monitoring"]
    found = [bot.state.choose(keys[0]), *(alternative(bot, key) for key in keys[1:])]
    assert words.option_labels(found) == [
        "RDS · Backups: both sides",
        "RDS · Backups: set the backup retention period",
        "RDS · Monitoring",
    ]
    guards, disks = (bot.state.choose(f"general/{topic}") for topic in ["physical-security"] * 2)
    assert words.option_labels([guards, disks]) == ["Physical security: AWS"] * 2


GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/"
PAGES = [
    # address, name
    (f"{GUIDE}UserGuide/USER_PIT.html#x", "PIT"),
    (f"{GUIDE}UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html", "Backup retention period"),
    (
        f"{GUIDE}UserGuide/USER_WorkingWithAutomatedBackups.Oracle.html",
        "Working With Automated Backups: Oracle",
    ),
    (f"{GUIDE}APIReference/API_CreateDBInstance.html", "CreateDBInstance (API)"),
    ("https://aws.amazon.com/compliance/shared-responsibility-model/", "shared responsibility model"),
    ("https://example.com", "example: com"),
    ("https://example.com/USER_.html", "https://example.com/USER_.html"),
]


@pytest.mark.parametrize(("page", "name"), PAGES)
def test_page_is_named_by_its_title_else_by_its_last_part(bot, page, name):
    assert words.page_title(page, bot.knowledge) == name


def test_every_page_of_ours_has_a_name_to_be_read(known):
    pages = {page for each in (*known.duties, *known.boundaries, *known.absent) for page in each.source}
    assert pages <= set(known.titles)
    names = {words.page_title(page, known) for page in pages}
    assert not [name for name in names if not name or "|" in name or name != name.strip()]


LABELS = [
    (f"{GUIDE}UserGuide/USER_PIT.html", "AWS says so"),
    ("https://d1.awsstatic.com/x.pdf", "AWS says so"),
    ("https://wiki.example.com/aws.amazon.com/", "Source"),
    ("https://notamazon.com.evil.example/", "Source"),
]


@pytest.mark.parametrize(("page", "label"), LABELS)
def test_only_pages_of_aws_say_what_aws_says(page, label):
    assert words.source_label(page) == label


@pytest.mark.parametrize(
    ("outcome", "line"), [(Outcome.SURE, "You: RDS · Backups"), (Outcome.CHOICE, "Probably you: RDS · Backups")]
)
def test_the_verdict_has_the_doubt_in_it(bot, outcome, line):
    answer = bot.state.choose("rds.retention")
    assert words.verdict_line(replace(answer, outcome=outcome)) == line
