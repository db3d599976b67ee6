"""From a found program to source as a person would have written it: simplified, named, laid out, documented."""
