"""Dates and times: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import either, integers, lists, mapped, mostly, one_of, tuples

ISO = mapped(
    lambda year, month, day: f"{year}-{month:02}-{day:02}",
    integers(1000, 2999),
    integers(1, 12),
    integers(1, 28),
)
CLOCK = mapped(lambda hour, minute: f"{hour:02}:{minute:02}", integers(0, 23), integers(0, 59))


def same_month(chance: random.Random) -> tuple[str, str]:
    """Two dates of one month."""
    month = ISO(chance)[:8]
    return month + f"{chance.randint(1, 28):02}", month + f"{chance.randint(1, 28):02}"


DOMAINS = {
    "is_leap_year": (
        either(
            integers(1850, 2150),
            mapped(lambda k: 100 * k, integers(12, 40)),
            mapped(lambda k: 4 * k, integers(450, 540)),
        ),
    ),
    "iso_date": (integers(1000, 2999), integers(1, 12), integers(1, 28)),
    "date_parts": (ISO,),
    "weekday_after": (integers(0, 6), integers(-30, 60)),
    "century": (either(integers(1, 2500), mapped(lambda k: 100 * k, integers(1, 25))),),
    "quarter": (integers(1, 60),),
    "minutes_between": (CLOCK, CLOCK),
    "clock_after": (CLOCK, integers(0, 1500)),
    "twelve_hour_clock": (integers(0, 23), integers(0, 59)),
    "us_to_iso": (mapped(lambda iso: f"{iso[5:7]}/{iso[8:]}/{iso[:4]}", ISO),),
    "following_month": (integers(1900, 2100), mostly(integers(1, 12), one_of(12))),
    "age": (
        tuples(integers(1930, 2024), integers(1, 12), integers(1, 28)),
        tuples(integers(1990, 2030), integers(1, 12), integers(1, 28)),
    ),
    "season": (integers(1, 60),),
    "days_between_in_month": same_month,
    "decade": (integers(1000, 2999),),
    "latest_date": (lists(ISO, 0, 5),),
    "working_days": (integers(0, 6), integers(0, 40)),
}
