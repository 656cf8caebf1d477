"""The runner of the benchmarks: sides as processes, timed by turns. Standard library only."""
