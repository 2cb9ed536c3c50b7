"""The version of the distribution `kehoach`."""

__version__ = "0.1.0"
