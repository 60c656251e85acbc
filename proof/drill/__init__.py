"""`make drill`: what breaks in production is broken here, with real processes, while families order.

Each incident (`worker`, `database`, `disk`…) is a file: its stage, and how it strikes. Families (`crowd`)
send an order again, with the same key, until they are told that it is made; a `book` that knows only what
they were told then says which orders are lost, and which are there twice. `controls` shows that it would.
"""
