"""Dates and times: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def iso_date(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


def date_parts(date: str) -> tuple[int, int, int]:
    year, month, day = date.split("-")
    return int(year), int(month), int(day)


def weekday_after(day: int, days: int) -> int:
    return (day + days) % 7


def century(year: int) -> int:
    return (year + 99) // 100


def quarter(month: int) -> int:
    return (month - 1) % 12 // 3 + 1


def minutes_between(start: str, end: str) -> int:
    minutes = [int(clock[:2]) * 60 + int(clock[3:]) for clock in (start, end)]
    return minutes[1] - minutes[0]


def clock_after(clock: str, minutes: int) -> str:
    total = int(clock[:2]) * 60 + int(clock[3:]) + minutes
    return f"{total // 60 % 24:02}:{total % 60:02}"


def twelve_hour_clock(hour: int, minute: int) -> str:
    return f"{(hour - 1) % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}"


def us_to_iso(date: str) -> str:
    month, day, year = date.split("/")
    return f"{year}-{month}-{day}"


def following_month(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def age(birth: tuple[int, int, int], today: tuple[int, int, int]) -> int:
    return today[0] - birth[0] - (today[1:] < birth[1:])


def season(month: int) -> str:
    return ["winter", "spring", "summer", "autumn"][month % 12 // 3]


def days_between_in_month(start: str, end: str) -> int:
    return abs(int(end[8:]) - int(start[8:]))


def decade(year: int) -> str:
    return f"{year // 10 * 10}s"


def latest_date(dates: list[str]) -> str | None:
    return max(dates) if dates else None


def working_days(first: int, days: int) -> int:
    return sum((first + day) % 7 < 5 for day in range(days))
