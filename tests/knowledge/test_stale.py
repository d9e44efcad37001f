"""Old pages are warned of, a line for each file; they are no problem."""

from datetime import date

from knowledge.conftest import GENERAL, MINIMAL, RDS
from srmbot import cli
from srmbot.knowledge.report import check_folders
from srmbot.knowledge.stale import SHOWN_FILES, StaleFile, stale_lines

NOW = date(2026, 11, 30)


def old(text, as_of):
    return f"{text}  as_of: {as_of}\n"


def test_a_file_is_named_with_how_many_of_its_duties_are_old(write):
    other = RDS.replace("retention", "other").replace("Set the", "Keep the").replace("keep backups", "have backups")
    newer = other.replace("other", "newer").replace("Keep the", "Mind the").replace("have backups", "mind backups")
    folder = write(
        MINIMAL
        | {
            "duties/rds.yaml": old(RDS, "2023-06") + old(other, "2022") + old(newer, "2026-01"),
            "duties/general.yaml": old(GENERAL, "2024-12"),
        }
    )
    found = check_folders([folder], NOW)
    assert found.problems == []
    assert list(map(str, found.stale)) == [
        "folder/duties/rds.yaml: 2 of 3 duties rest on pages older than two years, back to 2022"
    ]


def test_without_a_day_nothing_is_old(write):
    assert check_folders([write(MINIMAL | {"duties/rds.yaml": old(RDS, "2001")})]).stale == []


def test_files_below_an_overlay_are_not_its_to_warn_of(write, monkeypatch):
    below = write(MINIMAL | {"duties/rds.yaml": old(RDS, "2020-01")}, "built_in")
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: below)
    overlay = write({"duties/aurora.yaml": old(RDS, "2021-01")}, "overlay")
    assert [each.path for each in check_folders([overlay], NOW).stale] == ["overlay/duties/aurora.yaml"]


def test_many_files_are_counted_after_the_first():
    lines = list(stale_lines([StaleFile(f"{number}.yaml", number, 20, "2020") for number in range(20, 0, -1)]))
    assert len(lines) == SHOWN_FILES + 1
    assert lines[-1] == f"warning: 10 more files have {sum(range(1, 11))} such duties"
    assert len(list(stale_lines([]))) == 0


def test_a_warning_is_no_failure(write, capsys):
    folder = write(MINIMAL | {"duties/rds.yaml": old(RDS, "2023-06")})
    assert cli.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "warning: folder/duties/rds.yaml: 1 of 1 duties rest on pages older than two years, back to 2023-06\n"
        "folder: 2 duties, 0 ways to ask, no problems\n"
    )
