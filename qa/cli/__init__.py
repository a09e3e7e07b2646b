"""The shell: the commands of the contract. ``run`` is the console's entry point."""

from qa.cli.main import run

__all__ = ["run"]
