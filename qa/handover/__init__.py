"""Handing an operation to the page that owns the home, over loopback.

A call is ``POST /control/{operation}`` with the arguments as a JSON object. The answer is a line of JSON for
each result, ``{"result": …}``, as it comes; an error ends it as ``{"error": message, "type": class name}``.
Empty lines only say that the page is still at it.
"""

from qa.handover.remote import RemoteOperations, answering
from qa.handover.route import control_route

__all__ = ["RemoteOperations", "answering", "control_route"]
