"""The token agent: a child process that holds the vendor's driver, so that a driver which
hangs, crashes or prints takes nothing with it (tokens §0, §4.3).

``command`` starts it, ``client`` talks to it, ``child`` is what runs in it; only ``driver``,
which nothing but the child imports, knows PyKCS11.
"""
