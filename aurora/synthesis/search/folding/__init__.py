"""What folds, loops and recursion share: walks, bodies, the programs made of them, and whose turn it is."""
