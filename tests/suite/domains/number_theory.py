"""Number theory: where the hidden inputs come from."""

from __future__ import annotations

from tests.suite.makers import Maker, either, integers, mapped, mostly, one_of


def products() -> Maker:
    """Numbers with small factors, so that two of them often share some."""
    return lambda chance: chance.randint(1, 12) * chance.randint(1, 12)


DOMAINS = {
    "greatest_common_divisor": (products(), products()),
    "least_common_multiple": (integers(1, 40), integers(1, 40)),
    "is_prime": (
        either(
            integers(0, 130),
            one_of(
                3, 4, 5, 11, 25, 49, 91, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 101
            ),
        ),
    ),
    "primes_up_to": (integers(0, 90),),
    "divisors": (integers(1, 120),),
    "abundance": (
        either(
            integers(2, 140), one_of(18, 24, 30, 36, 40, 42, 48, 54, 56, 60, 66, 70, 72, 78, 80, 84, 90, 496)
        ),
    ),
    "factorial": (integers(0, 40),),
    "fibonacci": (integers(0, 60),),
    "digit_sum": (either(integers(0, 999), integers(0, 999999)),),
    "digital_root": (either(integers(0, 999), integers(0, 999999)),),
    "collatz_steps": (integers(2, 300),),
    "reverse_digits": (integers(-5000, 9999),),
    "prime_factors": (either(integers(2, 400), integers(2, 12)),),
    "is_power_of_two": (either(integers(-5, 140), mapped(lambda k: 2**k, integers(0, 24))),),
    "to_binary": (integers(0, 2000),),
    "to_base": (integers(0, 900), integers(2, 10)),
    "is_armstrong": (mostly(integers(0, 9999), one_of(0, 1, 2, 3, 4, 5, 6, 7, 8, 370, 407, 8208, 9474)),),
    "sum_of_multiples": (integers(-3, 150),),
    "integer_square_root": (integers(0, 900),),
    "is_happy": (integers(1, 500),),
}
