"""Many processes on one PostgreSQL while everything goes wrong: `python -m bench.chaos`."""
