"""A Pass+ that is served for real beside a database of its own, for `make bench`, `races` and `drill`."""
