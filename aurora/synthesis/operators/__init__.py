"""Python as the search knows it: typed operators, their costs, how they run on cells and how people write them."""
