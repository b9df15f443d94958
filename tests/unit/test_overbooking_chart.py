"""A week of overbooking as it is drawn where clocks go back."""

from datetime import UTC, date, datetime

from yueke.booking.overbooking.rooms import Room
from yueke.kernel.grid import HALF_HOUR
from yueke.portals.staff.overbooking_chart import WIDTH, Cell, draw


def test_the_two_half_hours_of_one_clock_lie_side_by_side() -> None:
    # In New York 01:30 comes at 05:30 and again at 06:30; 02:00 follows.
    begin = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    rooms = [Room(1, begin + HALF_HOUR * step, 4, 0, 100, 0) for step in range(4)]
    cells = [Cell(room, 0, has_begun=False) for room in rooms]
    chart = draw(monday=date(2026, 10, 26), cells=cells, zone="America/New_York")
    drawn = sorted((column.left, column.scale) for column in chart.days[6].columns)
    half = WIDTH // 2
    # 01:00 comes once here, at its second time; 01:30 twice; 02:00 as any other.
    assert drawn == [(half, 0.5), (WIDTH, 0.5), (WIDTH + half, 0.5), (2 * WIDTH, 1)]
