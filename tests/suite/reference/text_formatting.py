"""Text formatting: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def zero_padded(number: int, width: int) -> str:
    return str(number).zfill(width)


def slug(title: str) -> str:
    return "-".join(title.lower().split())


def camel_to_snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def snake_to_camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def hours_minutes_seconds(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def minutes_as_clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def dollars(cents: int) -> str:
    return f"${cents // 100}.{cents % 100:02}"


def with_thousands(number: int) -> str:
    return f"{number:,}"


def as_percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def bullet_list(items: list[str]) -> str:
    return "\n".join("- " + item for item in items)


def join_with_and(items: list[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


def html_tag(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag}>"


def ordinal(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def fizz_buzz(number: int) -> str:
    if number % 15 == 0:
        return "FizzBuzz"
    if number % 3 == 0:
        return "Fizz"
    return "Buzz" if number % 5 == 0 else str(number)


def roman(number: int) -> str:
    signs = {
        1000: "M",
        900: "CM",
        500: "D",
        400: "CD",
        100: "C",
        90: "XC",
        50: "L",
        40: "XL",
        10: "X",
        9: "IX",
        5: "V",
        4: "IV",
        1: "I",
    }
    text = ""
    for value, sign in signs.items():
        text += sign * (number // value)
        number %= value
    return text


def phone_number(digits: str) -> str:
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"


def short_name(first: str, last: str) -> str:
    return f"{first[0]}. {last}"


def masked(number: str) -> str:
    return "*" * (len(number) - 4) + number[-4:]


def plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def progress_bar(done: int, total: int) -> str:
    return "[" + "#" * done + "." * (total - done) + "]"


def title_case(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split(" "))
