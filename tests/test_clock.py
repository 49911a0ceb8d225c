"""The clock of a house: the real time, unless a rehearsal moves it ahead for all parts at once."""

from datetime import UTC, datetime, timedelta

from complaints.clock import AheadClock, SystemClock, open_clock

SLACK = timedelta(seconds=30)  # between two looks at the real time


def test_without_a_file_it_is_the_real_time(tmp_path):
    assert isinstance(open_clock(None), SystemClock)
    assert abs(AheadClock(tmp_path / "clock").now() - datetime.now(UTC)) < SLACK


def test_whoever_reads_the_file_moves_ahead_together(tmp_path):
    mine, theirs = AheadClock(tmp_path / "clock"), open_clock(tmp_path / "clock")

    mine.advance(timedelta(days=3))
    mine.advance(timedelta(hours=2))

    ahead = datetime.now(UTC) + timedelta(days=3, hours=2)
    assert abs(theirs.now() - ahead) < SLACK
