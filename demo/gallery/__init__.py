"""Every component in every state, at /galerie/ while developing: what is drawn here cannot rot unseen.

Nothing comes from the database: the people, the wallets and the tickets are made up in memory.
"""
