"""A bank account is asked for by the organisme, checked by calling it back, confirmed by a second agent."""
