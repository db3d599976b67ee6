"""The command line: reads arguments, environment, clock and terminal; nothing below it does."""
