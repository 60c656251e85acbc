"""The counter of an organisme: a ticket is looked at, then used, and a use is undone."""
