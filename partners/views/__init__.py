"""The directory, open to everyone. It is read from a replica where there is one: it may be a moment older."""
