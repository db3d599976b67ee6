"""Number theory: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def greatest_common_divisor(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def least_common_multiple(a: int, b: int) -> int:
    multiple = a
    while multiple % b:
        multiple += a
    return multiple


def is_prime(n: int) -> bool:
    return n > 1 and all(n % divisor for divisor in range(2, n))


def primes_up_to(limit: int) -> list[int]:
    return [n for n in range(2, limit + 1) if all(n % divisor for divisor in range(2, n))]


def divisors(n: int) -> list[int]:
    return [divisor for divisor in range(1, n + 1) if n % divisor == 0]


def abundance(n: int) -> str:
    total = sum(divisor for divisor in range(1, n) if n % divisor == 0)
    if total == n:
        return "perfect"
    return "abundant" if total > n else "deficient"


def factorial(n: int) -> int:
    product = 1
    for factor in range(2, n + 1):
        product *= factor
    return product


def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def digit_sum(n: int) -> int:
    return sum(int(digit) for digit in str(n))


def digital_root(n: int) -> int:
    while n > 9:
        n = sum(int(digit) for digit in str(n))
    return n


def collatz_steps(n: int) -> int:
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def reverse_digits(n: int) -> int:
    reversed_digits = int(str(abs(n))[::-1])
    return reversed_digits if n >= 0 else -reversed_digits


def prime_factors(n: int) -> list[int]:
    factors = []
    divisor = 2
    while n > 1:
        while n % divisor == 0:
            factors.append(divisor)
            n //= divisor
        divisor += 1
    return factors


def is_power_of_two(n: int) -> bool:
    return n > 0 and n & (n - 1) == 0


def to_binary(n: int) -> str:
    return f"{n:b}"


def to_base(n: int, base: int) -> str:
    digits = ""
    while n >= base:
        digits = str(n % base) + digits
        n //= base
    return str(n) + digits


def is_armstrong(n: int) -> bool:
    digits = str(n)
    total: int = sum(int(digit) ** len(digits) for digit in digits)
    return total == n


def sum_of_multiples(limit: int) -> int:
    return sum(n for n in range(limit) if n % 3 == 0 or n % 5 == 0)


def integer_square_root(n: int) -> int:
    root = 0
    while (root + 1) ** 2 <= n:
        root += 1
    return root


def is_happy(n: int) -> bool:
    while n not in (1, 4):
        n = sum(int(digit) ** 2 for digit in str(n))
    return n == 1
