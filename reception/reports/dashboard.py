"""What the dashboard shows: today, who waits, the last weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from dossiers.local_time import VIETNAM
from dossiers.reports.ticket import Ticket, wait_state
from dossiers.reports.weekly import WeeklyReport
from reception.reports.charts import Chart, bar_chart

#: Minutes at which the clock changes its colour, and the limit.
_LIMITS = (12.0, 18.0, 20.0)


def waits_by_hour(tickets: Sequence[Ticket], now: datetime) -> Chart:
    """Mean wait in minutes by the hour in which tickets were taken; hours without tickets are shown."""
    hours: defaultdict[int, list[timedelta]] = defaultdict(list)
    for each in tickets:
        hours[each.taken_at.astimezone(VIETNAM).hour].append(each.waited(now))
    span = range(min([7, *hours]), max([17, *hours]) + 1)
    means = {hour: sum(waits, timedelta()) / len(waits) for hour, waits in hours.items()}
    points = [(f"{hour}h", means[hour].total_seconds() / 60 if hour in means else None) for hour in span]
    states = [wait_state(means.get(hour, timedelta())).value for hour in span]
    return bar_chart(points, _LIMITS, states)


def weeks(reports: Sequence[WeeklyReport]) -> Chart:
    """Dossiers received by week, oldest first; reports come latest first."""
    return bar_chart(
        [(f"T{each.week.number}", float(each.figures.received)) for each in reversed(reports)],
        states=[each.state.value for each in reversed(reports)],
    )
