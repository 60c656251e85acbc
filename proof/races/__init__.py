"""`make races`: people who do the same thing at the same instant, on a Pass+ that is served for real.

Families and the members of organismes (`counter`) are processes that send forms to gunicorn (`families`),
agents are processes that call the services (`agents`), on PostgreSQL and on SQLite. A race (`programme`) is
run again and again, each round on wallets of its own; a `book` that knows only what people were told then
says what tickets and money there must be. Each race has its control (`controls`): with the lock or the guard
taken away, two processes must show the race.
"""
