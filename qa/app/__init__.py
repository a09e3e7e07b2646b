"""The web page: Gradio mounted in our own application. ``serve`` runs it, ``build`` makes it."""

from qa.app.server import build, serve

__all__ = ["build", "serve"]
