"""Finding the token's driver on this computer, and noticing when a token comes or goes.

``drivers`` knows the names, ``search`` looks in the places of each system, ``library`` reads a
file's export table without loading it, ``presence`` decides when the driver is to be asked again.
What only Windows has stands in ``windows``; what a test stands in for is said in ``places``.
"""
