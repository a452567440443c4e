"""What can go wrong, each kind with one reader: the command line's exit code or the screen's words."""


class VrinError(Exception):
    """Anything VRIN says no to. The message says where, what, what was expected and what to do."""


class UsageError(VrinError):
    """The question itself is wrong: an unknown name, a month that is none. Exit code 2."""


class UnknownDefinition(UsageError):
    """No definition has this id. The message lists those there are."""


class UnknownEdition(UsageError):
    """No weight edition has this id. The message lists those there are."""


class UnknownArea(UsageError):
    """No area has this code, or no area stands at this level in the build."""


class UnknownFeed(UsageError):
    """No feed has this id. The message lists those there are."""


class RefusedInput(VrinError):
    """A file was refused as a whole and the store is as it was before. Exit code 1.

    `cause` names a reason after which a screen knows a next step, such as `no_agreement`; '' for others.
    """

    def __init__(self, words: str, *, cause: str = "") -> None:
        super().__init__(words)
        self.cause = cause


class EmptyStore(VrinError):
    """The store holds no build yet, or none with this id."""


class StoreBusy(VrinError):
    """Another process is writing to this store."""
