"""Odeum: neural differential equations in Java notebooks."""

__version__ = "0.1.0"
