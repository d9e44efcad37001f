"""What was missed, as maintainers read it."""

from srmbot.misses.miss import MissCount
from srmbot.render.misses import MissReport, subject_lines


def test_reasons_that_read_the_same_are_one_line(bot):
    counts = (
        MissCount("unclear", "", "", 3, 3),
        MissCount("wrong", "rds", "backups", 4, 1),
        MissCount("howto", "", "", 2, 2),
        MissCount("helped", "rds", "backups", 9, 9),  # no miss
    )
    assert subject_lines(MissReport(30, counts, (), None), bot.knowledge) == [
        "5× nothing that I know, not answered",
        "4× RDS · Backups, marked wrong",
    ]
