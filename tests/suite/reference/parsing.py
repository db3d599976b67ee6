"""Parsing: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def csv_fields(line: str) -> list[str]:
    return [field.strip() for field in line.split(",")]


def numbers_in_list(text: str) -> list[int]:
    return [int(part) for part in text.split(",")] if text else []


def key_values(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split(";"))


def clock_to_minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def duration_minutes(text: str) -> int:
    hours, _, rest = text.rpartition("h")
    return int(hours or 0) * 60 + int(rest.rstrip("m") or 0)


def file_extension(path: str) -> str:
    return path.split(".")[-1] if "." in path else ""


def email_domain(address: str) -> str:
    return address.split("@")[1]


def version_parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def as_bool(text: str) -> bool:
    return text.strip().lower() in ("yes", "true", "on", "1")


def number_range(text: str) -> list[int]:
    first, last = text.split("-")
    return list(range(int(first), int(last) + 1))


def numbers_in_text(text: str) -> list[int]:
    return [int(part) for part in "".join(c if c.isdigit() else " " for c in text).split()]


def hex_color(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def binary_value(bits: str) -> int:
    return int(bits, 2)


def maybe_integer(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def roman_value(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    for sign, following in zip(numeral, numeral[1:] + " ", strict=True):
        value = values[sign]
        total += -value if value < values.get(following, 0) else value
    return total


def money(text: str) -> float:
    return float(text.replace("$", "").replace(",", ""))


def without_comment(line: str) -> str:
    return line.split("#")[0].rstrip()


def header_field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def number_grid(text: str) -> list[list[int]]:
    return [[int(number) for number in row.split()] for row in text.split(";")]


def fraction_value(text: str) -> float:
    top, _, bottom = text.partition("/")
    return int(top) / int(bottom or 1)
