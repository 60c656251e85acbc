"""Encrypted copies of the whole PostgreSQL database, and the way back.

A copy is two files: what pg_dump says, encrypted by age while it is said, and beside it a manifest of what
there is to find again, signed by the server that made it. In clear it is nowhere but in pipes. Only who
keeps the private key of age, which has no place on the server, reads it.
"""
