"""What every room stands on: the grid, refusals, ids, SQL files and transactions."""
