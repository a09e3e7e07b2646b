"""The errors that are told to a user, each as one line that says what is wrong and what to do.

::

    UserError                  exit status 2; the message is shown, the traceback only with --debug
    ├── BadSetting             an ISNAD_… variable or an option that can't be used
    ├── BadDate                a date that isn't ISO
    ├── NotFound               a path, an article or a version that doesn't exist
    ├── HomeUnusable           the home can't be read, written or understood
    │   ├── HomeBusy           another process owns it and doesn't answer
    │   ├── Damaged            its library is no sound database
    │   └── OtherModel         its vectors were made with another embedding model
    ├── ModelUnavailable       an embedding or chat model can't be loaded
    └── ItemError              one item of an ingest; the others go on
        ├── Rejected           readable, but there is no article in it
        └── Unreadable         missing, damaged, of an unknown type, unreachable
"""


class UserError(Exception):
    """Something the user can mend. ``str(error)`` is one line, with what to do."""


class BadSetting(UserError):
    """A setting or an option has a value that can't be used."""


class BadDate(UserError):
    """A date isn't ISO (``2024-10-03``, ``2024-10`` or ``2024``)."""


class NotFound(UserError):
    """A path, an article or a version doesn't exist."""


class HomeUnusable(UserError):
    """The home can't be read, written or understood."""


class HomeBusy(HomeUnusable):
    """Another process owns the home's vectors and doesn't answer."""


class Damaged(HomeUnusable):
    """The home's library is no sound database."""


class OtherModel(HomeUnusable):
    """The home's vectors were made with another embedding model."""


class ModelUnavailable(UserError):
    """An embedding or chat model can't be loaded."""


class ItemError(UserError):
    """One item of an ingest can't be stored; the others go on."""


class Rejected(ItemError):
    """The item was read, but there is no article in it."""


class Unreadable(ItemError):
    """The item is missing, damaged, of an unknown type or unreachable."""
