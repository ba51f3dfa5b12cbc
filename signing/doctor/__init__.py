"""The check that explains itself: everything that was tried with the token and what was found, in
an order in which it can be read aloud over the telephone, with one cure for each fault.

``examination`` runs it, ``surroundings``, ``driver`` and ``certificates`` are its parts,
``bundle`` writes what may be handed on to support: nothing in it tells who anybody is.
"""
