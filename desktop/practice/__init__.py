"""Practice mode: a sample unit, a software key, a gateway on this computer. Nothing real."""
