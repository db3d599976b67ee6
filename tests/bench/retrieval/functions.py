"""Small functions that stand beside those of the everyday suite in the corpus on which retrieval is measured."""

from __future__ import annotations

from itertools import pairwise


def kilometres_to_miles(kilometres: float) -> float:
    """Converts a distance to miles; a mile has 1.609344 kilometres."""
    return kilometres / 1.609344


def pounds_to_kilograms(pounds: float) -> float:
    """The mass in kilograms; a pound is 0.45359237 of one."""
    return pounds * 0.45359237


def fuel_per_hundred(litres: float, kilometres: float) -> float:
    """Litres of fuel burnt for every hundred kilometres driven."""
    return litres / kilometres * 100


def body_mass_index(weight: float, height: float) -> float:
    """Weight in kilograms divided by the square of the height in metres."""
    return weight / height**2


def average_speed(distance: float, hours: float) -> float:
    """How fast a journey was on the whole, zero when it took no time."""
    return distance / hours if hours else 0.0


def with_sales_tax(net: float, rate: float) -> float:
    """The gross amount: net plus the tax at a rate in percent, to the cent."""
    return round(net * (1 + rate / 100), 2)


def compound_growth(principal: float, rate: float, years: int) -> float:
    """What capital becomes when each year's interest is added to it."""
    return principal * (1 + rate / 100) ** years


def monthly_payment(loan: float, months: int) -> float:
    """The equal part of a loan without interest that is due each month."""
    return round(loan / months, 2)


def tip_amount(bill: float, percent: int) -> float:
    """What a waiter gets on top of the bill."""
    return round(bill * percent / 100, 2)


def split_bill(total: int, people: int) -> list[int]:
    """Shares of a bill in cents, as equal as they can be; the first people pay the cents that are left over."""
    share, rest = divmod(total, people)
    return [share + (person < rest) for person in range(people)]


def change_due(paid: int, price: int) -> int:
    """The money to hand back to a customer, never less than nothing."""
    return max(paid - price, 0)


def circle_area(radius: float) -> float:
    """The surface inside of a circle."""
    return 3.141592653589793 * radius * radius


def rectangle_perimeter(width: float, height: float) -> float:
    """The length of the way around a rectangle."""
    return 2 * (width + height)


def triangle_area(base: float, height: float) -> float:
    """Half of base times height."""
    return base * height / 2


def euclidean_distance(start: tuple[float, float], end: tuple[float, float]) -> float:
    """The straight line between two points of the plane, measured."""
    return ((start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2) ** 0.5


def inside_rectangle(point: tuple[int, int], corner: tuple[int, int], size: tuple[int, int]) -> bool:
    """Whether a point lies in a rectangle given by its lower left corner and its width and height."""
    return corner[0] <= point[0] <= corner[0] + size[0] and corner[1] <= point[1] <= corner[1] + size[1]


def vector_length(vector: list[float]) -> float:
    """The square root of the sum of the squared components."""
    return sum(part * part for part in vector) ** 0.5


def sign(number: int) -> int:
    """One for a positive number, minus one for a negative one, zero for zero."""
    return (number > 0) - (number < 0)


def absolute_difference(a: int, b: int) -> int:
    """The gap between two numbers, never negative."""
    return abs(a - b)


def is_odd(number: int) -> bool:
    """Whether halving leaves a remainder."""
    return number % 2 == 1


def is_perfect_square(number: int) -> bool:
    """Whether some whole number times itself gives this one."""
    return number >= 0 and int(number**0.5 + 0.5) ** 2 == number


def triangular_number(n: int) -> int:
    """One plus two plus three and so on up to n."""
    return n * (n + 1) // 2


def power(base: int, exponent: int) -> int:
    """The base multiplied by itself so many times."""
    return base**exponent


def count_digits(number: int) -> int:
    """How many decimal digits a number is written with, leaving the sign aside."""
    return len(str(abs(number)))


def binomial(n: int, k: int) -> int:
    """In how many ways k things can be chosen out of n."""
    result = 1
    for step in range(1, k + 1):
        result = result * (n - k + step) // step
    return result


def bit_count(number: int) -> int:
    """The number of ones in the binary form of a number."""
    return bin(number).count("1")


def to_hexadecimal(number: int) -> str:
    """Writes a number in base sixteen with small letters."""
    return format(number, "x")


def parity_bit(bits: list[int]) -> int:
    """The bit that makes the number of ones even."""
    return sum(bits) % 2


def product(numbers: list[int]) -> int:
    """All numbers multiplied together; one for an empty list."""
    result = 1
    for number in numbers:
        result *= number
    return result


def total(numbers: list[int]) -> int:
    """All numbers added together."""
    return sum(numbers)


def sum_of_squares(numbers: list[int]) -> int:
    """Squares every number and adds the results."""
    return sum(number * number for number in numbers)


def squares(numbers: list[int]) -> list[int]:
    """Each number multiplied by itself."""
    return [number * number for number in numbers]


def only_even(numbers: list[int]) -> list[int]:
    """Drops the odd numbers."""
    return [number for number in numbers if number % 2 == 0]


def count_even(numbers: list[int]) -> int:
    """How many of the numbers can be halved without remainder."""
    return sum(number % 2 == 0 for number in numbers)


def unique_sorted(numbers: list[int]) -> list[int]:
    """The different numbers of a list in ascending order."""
    return sorted(set(numbers))


def descending(numbers: list[int]) -> list[int]:
    """Sorts numbers from large to small."""
    return sorted(numbers, reverse=True)


def reversed_list(items: list[int]) -> list[int]:
    """The items from back to front."""
    return items[::-1]


def last_items(items: list[int], count: int) -> list[int]:
    """The tail of a list, so many items long."""
    return items[-count:] if count > 0 else []


def without_value(items: list[int], unwanted: int) -> list[int]:
    """Removes every occurrence of a value from a list."""
    return [item for item in items if item != unwanted]


def occurrences(items: list[int], wanted: int) -> int:
    """How many times a value is found in a list."""
    return items.count(wanted)


def indexes_of(items: list[int], wanted: int) -> list[int]:
    """All indexes at which a value is found."""
    return [index for index, item in enumerate(items) if item == wanted]


def is_sorted(numbers: list[int]) -> bool:
    """Whether no number is smaller than its predecessor."""
    return all(a <= b for a, b in pairwise(numbers))


def all_positive(numbers: list[int]) -> bool:
    """Whether every number is greater than zero."""
    return all(number > 0 for number in numbers)


def clipped(numbers: list[int], low: int, high: int) -> list[int]:
    """Pulls values that are out of bounds to the nearest bound."""
    return [max(low, min(high, number)) for number in numbers]


def elementwise_sum(first: list[int], second: list[int]) -> list[int]:
    """Adds two lists item by item."""
    return [a + b for a, b in zip(first, second, strict=False)]


def padded_list(items: list[int], length: int, filler: int) -> list[int]:
    """Lengthens a list with a filler until it is so long."""
    return items + [filler] * (length - len(items))


def largest_gap(numbers: list[int]) -> int:
    """The widest distance between two numbers next to each other in sorted order."""
    ordered = sorted(numbers)
    return max((b - a for a, b in pairwise(ordered)), default=0)


def best_profit(prices: list[int]) -> int:
    """The most that can be earned by buying once and selling once later."""
    lowest, best = prices[0], 0
    for price in prices:
        lowest = min(lowest, price)
        best = max(best, price - lowest)
    return best


def largest_run_sum(numbers: list[int]) -> int:
    """The greatest sum of neighbouring numbers, as Kadane finds it."""
    best = current = numbers[0]
    for number in numbers[1:]:
        current = max(number, current + number)
        best = max(best, current)
    return best


def binary_search(numbers: list[int], wanted: int) -> int:
    """The index of a value in a sorted list, -1 when it is absent."""
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(numbers) and numbers[low] == wanted else -1


def word_lengths(words: list[str]) -> list[int]:
    """The length of each word."""
    return [len(word) for word in words]


def shortest_word(words: list[str]) -> str:
    """The word with the fewest letters, the earliest of several."""
    return min(words, key=len)


def sorted_by_length(words: list[str]) -> list[str]:
    """Words ordered from short to long."""
    return sorted(words, key=len)


def words_starting_with(words: list[str], letter: str) -> list[str]:
    """The words that begin with a letter."""
    return [word for word in words if word.startswith(letter)]


def joined_lines(lines: list[str]) -> str:
    """Lines put together with line ends between them."""
    return "\n".join(lines)


def count_words(text: str) -> int:
    """The number of words in a text."""
    return len(text.split())


def count_letter(text: str, letter: str) -> int:
    """How often one letter is found in a text."""
    return text.count(letter)


def reversed_text(text: str) -> str:
    """The characters of a text from back to front."""
    return text[::-1]


def swapped_case(text: str) -> str:
    """Small letters become capitals and the other way round."""
    return text.swapcase()


def without_spaces(text: str) -> str:
    """Deletes all blanks."""
    return text.replace(" ", "")


def single_spaced(text: str) -> str:
    """Collapses runs of white space into one blank and trims both ends."""
    return " ".join(text.split())


def digits_only(text: str) -> str:
    """Strips everything that is not a digit."""
    return "".join(letter for letter in text if letter.isdigit())


def repeated(text: str, times: int) -> str:
    """A text written several times in a row."""
    return text * times


def centred(text: str, width: int) -> str:
    """Puts blanks on both sides of a text to make it so wide."""
    return text.center(width)


def surrounded(text: str, mark: str) -> str:
    """A text with a mark before and after it."""
    return mark + text + mark


def ends_with_punctuation(sentence: str) -> bool:
    """Whether a sentence is closed by a full stop, a question mark or an exclamation mark."""
    return sentence.endswith((".", "?", "!"))


def contains_digit(text: str) -> bool:
    """Whether any character is a digit."""
    return any(letter.isdigit() for letter in text)


def rot13(text: str) -> str:
    """Shifts each letter by thirteen places in the alphabet, so that doing it twice restores the text."""
    return "".join(
        chr((ord(letter) - base + 13) % 26 + base) if letter.isalpha() else letter
        for letter in text
        for base in [65 if letter.isupper() else 97]
    )


def file_stem(path: str) -> str:
    """The name of a file without folders and without extension."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def parent_folder(path: str) -> str:
    """The path up to the last slash."""
    return path.rpartition("/")[0]


def url_host(url: str) -> str:
    """The server that a web address names."""
    return url.partition("://")[2].partition("/")[0]


def query_parameters(query: str) -> dict[str, str]:
    """Splits the part of a web address after the question mark at ampersands and equals signs."""
    return dict(part.split("=", 1) for part in query.split("&")) if query else {}


def human_size(count: int) -> str:
    """A number of bytes in kB or MB where it is large enough, with one digit after the point."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:.1f} MB"
    return f"{count / 1_000:.1f} kB" if count >= 1_000 else f"{count} B"


def rgb_to_hex(red: int, green: int, blue: int) -> str:
    """The color code for three parts from 0 to 255, such as #ff8800."""
    return f"#{red:02x}{green:02x}{blue:02x}"


def log_level(line: str) -> str:
    """The word in square brackets at the beginning of a line of a log."""
    return line[1:].partition("]")[0]


def days_in_month(year: int, month: int) -> int:
    """How many days a month has, February 29 in leap years."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_of_year(month: int, day: int) -> int:
    """The number of a day counted from the first of January, in a year that is no leap year."""
    return sum((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[: month - 1]) + day


def is_weekend(day: int) -> bool:
    """Whether a weekday, counted from Monday as 0, is free."""
    return day >= 5


def filtered_keys(values: dict[str, int], allowed: list[str]) -> dict[str, int]:
    """Keeps the entries whose key is in a list."""
    return {key: value for key, value in values.items() if key in allowed}


def sum_of_values(values: dict[str, int]) -> int:
    """Adds all values of a dict."""
    return sum(values.values())


def renamed_key(values: dict[str, int], old: str, new: str) -> dict[str, int]:
    """The dict with one key under another name."""
    return {new if key == old else key: value for key, value in values.items()}


def doubled_values(values: dict[str, int]) -> dict[str, int]:
    """Every value of a dict times two."""
    return {key: 2 * value for key, value in values.items()}


def keys_by_value(values: dict[str, int]) -> list[str]:
    """The keys in ascending order of their values."""
    return sorted(values, key=lambda key: values[key])


def common_elements(first: set[int], second: set[int]) -> set[int]:
    """The intersection of two sets."""
    return first & second


def is_subset(small: set[int], large: set[int]) -> bool:
    """Whether everything in one set is in the other as well."""
    return small <= large


def swapped_pairs(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each pair the other way round."""
    return [(b, a) for a, b in pairs]


def main_and_rest(items: list[int]) -> tuple[int, list[int]]:
    """The head of a list and everything behind it."""
    return items[0], items[1:]


def quotient_and_remainder(dividend: int, divisor: int) -> tuple[int, int]:
    """How often one number goes into another, and what is left."""
    return divmod(dividend, divisor)


def rock_paper_scissors(first: str, second: str) -> int:
    """Which player wins, 1 or 2, and 0 for a draw."""
    order = ["rock", "paper", "scissors"]
    return (order.index(first) - order.index(second)) % 3


def bowling_open_score(rolls: list[int]) -> int:
    """The points of a game without strikes and spares."""
    return sum(rolls)


def dice_total(rolls: list[int], bonus: int) -> int:
    """All dice thrown, and a bonus."""
    return sum(rolls) + bonus
