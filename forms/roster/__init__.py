"""The roster: who works at a unit, on what terms, since when. Pure."""
