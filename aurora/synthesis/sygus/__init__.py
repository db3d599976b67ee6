"""SyGuS: problems of the syntax-guided synthesis competition, read, solved, printed and checked."""
