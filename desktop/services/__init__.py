"""The use cases, headless. ``api`` is what screen and command line see; ``all`` implements it."""
