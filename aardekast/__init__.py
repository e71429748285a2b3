"""Aardekast: the searchable treasure chest of Kogukonnaveeb."""

__version__ = "0.1.0"
