"""`srmbot tips preview`, and which workspace a command in a terminal is for."""

from dataclasses import replace

import pytest

from srmbot.commands import tips
from srmbot.commands.preview import preview
from srmbot.errors import UsageError
from tests.support.tip_commands import NOW, planned


def test_preview_is_one_tip_a_line_and_the_same_again(full, asker):
    lines = list(preview(full.state, replace(asker, channel=""), 14))
    assert lines == list(preview(full.state, replace(asker, channel=""), 14))
    assert [line[:16] for line in lines[:4]] == [
        "Thu 26 Nov 09:00",
        "Fri 27 Nov 09:00",
        "Mon 30 Nov 09:00",
        "Tue 01 Dec 09:00",
    ]
    assert len(lines) == len(set(lines)) == 10
    assert all(" · AWS: " in line or " · You: " in line for line in lines)
    assert not asker.resources.store.exists


def test_preview_is_what_comes(full, asker, say):
    say("tips on 12:00 UTC daily rds")
    say("tips skip")
    lines = list(preview(full.state, asker, 4))
    assert [line[:16] for line in lines] == ["Thu 26 Nov 12:00", "Fri 27 Nov 12:00", "Sat 28 Nov 12:00"]
    assert say("tips now").duty.tip in lines[0]


def test_preview_begins_with_what_is_settled(full, asker, say):
    say("tips on 12:00 UTC daily rds")
    planned(asker, NOW + 3600)
    lines = list(preview(full.state, asker, 50))
    assert lines[0].startswith("Wed 25 Nov 12:00 · You: RDS · Backups · A DB instance made by API or CLI keeps")
    assert len({line[16:] for line in lines[:45]}) == 45
    assert lines[44][16:] != lines[45][16:]


def test_preview_of_a_channel_without_tips_is_a_sample(full, asker, say):
    lines = list(preview(full.state, replace(asker, team=""), 7))
    say("tips on 12:00 UTC daily rds")
    say("tips off")
    assert list(preview(full.state, replace(asker, team=""), 7)) == lines
    assert len(lines) == 5


@pytest.mark.parametrize("days", [0, -1, 367])
def test_preview_of_no_days(full, asker, days):
    with pytest.raises(UsageError, match=rf"--days {days} is out of range \(use a number from 1 to 366\)"):
        preview(full.state, asker, days)


def test_terminal_needs_to_know_where(asker, say):
    with pytest.raises(UsageError, match="no channel given"):
        tips.resolve_workspace(replace(asker, channel=""))
    with pytest.raises(
        UsageError, match=r"cannot tell which workspace you mean \(add --team with the workspace's ID, T…\)"
    ):
        tips.resolve_workspace(replace(asker, team=""))
    say("tips on")
    assert tips.resolve_workspace(replace(asker, team="")).team == "T1"
    say("tips on", team="T2")
    with pytest.raises(UsageError, match="cannot tell which workspace you mean"):
        tips.resolve_workspace(replace(asker, team=""))
