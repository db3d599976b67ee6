"""Arithmetic: where the hidden inputs come from."""

from __future__ import annotations

from tests.suite.makers import either, floats, integers, mostly, one_of, tuples

DOMAINS = {
    "clamp": (integers(-20, 40), integers(-10, 12), integers(5, 30)),
    "middle_of_three": (integers(-20, 40), integers(-20, 40), integers(-20, 40)),
    "round_to_multiple": (integers(-60, 120), integers(1, 15)),
    "percentage": (floats(0, 60), mostly(floats(1, 60), one_of(0.0))),
    "celsius_to_fahrenheit": (floats(-60, 150),),
    "manhattan_distance": (
        tuples(integers(-15, 15), integers(-15, 15)),
        tuples(integers(-15, 15), integers(-15, 15)),
    ),
    "hypotenuse": (floats(0, 40), floats(0, 40)),
    "minutes_of": (integers(0, 12), integers(0, 23), integers(0, 59)),
    "simple_interest": (floats(0, 3000), floats(0, 12), integers(0, 12)),
    "years_to_reach": (floats(20, 400), floats(2, 60), floats(100, 1500)),
    "discounted": (floats(0, 200, 100), integers(0, 100)),
    "boxes_needed": (integers(0, 200), integers(1, 20)),
    "quadrant": (either(integers(-9, 9), integers(-1, 1)), either(integers(-9, 9), integers(-1, 1))),
    "shipping_cost": (either(floats(0, 12), floats(0, 2)),),
    "weekly_pay": (floats(0, 70), floats(8, 40)),
    "coins_for": (integers(0, 400),),
}
