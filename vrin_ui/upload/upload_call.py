"""A call of intake as a person has put it together on the screen, as words of the command line."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vrin_ui.upload.upload_files import Kept


@dataclass(frozen=True)
class Call:
    """Files of one feed and what is said of them; without files: that there was nothing to report.

    `supplier` is '' where the files name theirs; `without` is a person and a reason to let them in
    without an agreement.
    """

    feed_id: str
    files: tuple[Kept, ...] = ()
    supplier: str = ""
    period: date | None = None
    received: date | None = None
    without: tuple[str, str] | None = None

    @property
    def is_nil(self) -> bool:
        """Whether there is no file."""
        return not self.files

    def words(self, *, is_dry_run: bool) -> list[str]:
        """The command line that makes this call."""
        said = {
            "supplier": self.supplier,
            "period": f"{self.period:%Y-%m}" if self.period else "",
            "received": f"{self.received}" if self.received else "",
            "without-agreement": ": ".join(self.without) if self.without else "",
        }
        options = [f"--{name}={value}" for name, value in said.items() if value]
        options += ["--nil"] if self.is_nil else []
        options += ["--dry-run"] if is_dry_run else []
        return ["ingest", self.feed_id, *(str(one.path) for one in self.files), *options]


def look_words(files: tuple[Kept, ...]) -> list[str]:
    """The command line that looks at files."""
    return ["look", *(str(one.path) for one in files)]


def rows_words(
    file: Kept, feed_id: str, supplier: str, *, variant: Path | None = None, more: tuple[str, ...] = ()
) -> list[str]:
    """The command line that shows a file's first rows as a feed; `more` asks for codes or a proposal."""
    options = [f"--feed={feed_id}", *([f"--supplier={supplier}"] if supplier else [])]
    return ["look", str(file.path), *options, *([f"--variant={variant}"] if variant else []), *more]


def accept_words(held_id: int, *, by: str, reason: str) -> list[str]:
    """The command line that takes a stopped file in."""
    return ["held", "accept", f"{held_id}", f"--by={by}", f"--reason={reason}"]
