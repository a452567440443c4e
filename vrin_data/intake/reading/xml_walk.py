"""An XML file's elements as rows: what stands inside an element that is a row, and what around it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.unpack import SourceFile

Path = tuple[str, ...]
Leaves = dict[Path, str]
OnRow = Callable[[int, Leaves, Leaves], None]
"""Told of each row: its line, its own leaves, and those that stand before it in the elements around it."""

CHUNK = 2**18
MOST_DEPTH = 60
MOST_LEAVES = 2_000
LONGEST_TEXT = 1_000_000
LONGEST_REPEATED = 20_000
BETWEEN_REPEATS = "; "


@dataclass
class _Element:
    """An element that is open: its leaves so far under their path below it, and its text."""

    name: str
    line: int
    leaves: Leaves = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    has_children: bool = False
    has_rows: bool = False


@dataclass(frozen=True)
class Walked:
    """What stood in no row, all elements' names, and how often those came that hold others, with their least depth."""

    around: Leaves
    names: set[str]
    counts: Counter[str]
    depths: dict[str, int]


class _Walk:
    """Handlers that follow one file; only the open elements are in memory."""

    def __init__(self, name: str, row_names: frozenset[str], on_row: OnRow) -> None:
        self.name = name
        self.row_names = row_names
        self.on_row = on_row
        self.open: list[_Element] = []
        self.row_depth = 0
        self.text_size = 0
        self.around: Leaves = {}
        self.names: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.depths: dict[str, int] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        # Entities can only be declared in a document type; without one there is nothing to expand.
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = bare(tag)
        self.names.add(name)
        if len(self.open) >= MOST_DEPTH:
            raise self.refusal(f"has elements more than {MOST_DEPTH} deep")
        if self.open:
            self.open[-1].has_children = True
        element = _Element(name, self.parser.CurrentLineNumber)
        for heading, value in attributes.items():
            if not heading.startswith(("xmlns", "xsi:")):
                self.keep(element.leaves, (bare(heading),), value)
        self.open.append(element)
        self.text_size = 0
        if not self.row_depth and name.lower() in self.row_names:
            self.row_depth = len(self.open)

    def characters(self, text: str) -> None:
        self.text_size += len(text)
        if self.text_size > LONGEST_TEXT:
            raise self.refusal(f"holds a text of more than {LONGEST_TEXT:,} characters")
        if self.open:
            self.open[-1].text.append(text)

    def end(self, _tag: str) -> None:
        element = self.open.pop()
        text = " ".join("".join(element.text).split())
        if text and not element.has_children:
            self.keep(element.leaves, (), text)
        if element.leaves.keys() - {()}:
            self.count(element.name)
        if self.row_depth == len(self.open) + 1:
            self.row_depth = 0
            self.tell(element)
        elif not self.open:
            self.around = element.leaves
        elif not element.has_rows:
            # What holds rows holds for those alone and not for the whole file.
            for path, value in element.leaves.items():
                self.keep(self.open[-1].leaves, (element.name, *path), value)

    def tell(self, row: _Element) -> None:
        around: Leaves = {}
        for depth, outer in enumerate(self.open):
            outer.has_rows = True
            names = tuple(one.name for one in self.open[1 : depth + 1])
            around.update({(*names, *path): value for path, value in outer.leaves.items()})
        # A row that holds a text and no elements is a column of its own name.
        self.on_row(row.line, {path or (row.name,): value for path, value in row.leaves.items()}, around)

    def count(self, name: str) -> None:
        self.counts[name] += 1
        self.depths[name] = min(len(self.open), self.depths.get(name, MOST_DEPTH))

    def keep(self, leaves: Leaves, path: Path, value: str) -> None:
        """Add a leaf; inside a row one that repeats is kept beside the first, around rows the first alone."""
        if path not in leaves:
            if len(leaves) >= MOST_LEAVES:
                raise self.refusal(f"holds more than {MOST_LEAVES:,} different elements in one")
            leaves[path] = value
        elif self.row_depth:
            leaves[path] += BETWEEN_REPEATS + value
            if len(leaves[path]) > LONGEST_REPEATED:
                raise self.refusal("repeats one element too often within a row")

    def doctype(self, *_: object) -> None:
        raise self.refusal("declares a document type, which may make it expand without end")

    def refusal(self, what: str) -> RefusedInput:
        line = self.parser.CurrentLineNumber
        return RefusedInput(f"{self.name}, line {line}: the XML {what}. Ask the supplier for a plain export.")


def walk(source: SourceFile, row_names: Iterable[str], on_row: OnRow) -> Walked:
    """Go through a file and tell of each row.

    `row_names` are without their namespace, in letters of any case. Raises RefusedInput where the XML
    is broken, or is made to exhaust its reader.
    """
    steps = _Walk(source.name, frozenset(name.lower() for name in row_names), on_row)
    try:
        with source.path.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                steps.parser.Parse(chunk, False)
            steps.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedInput(
            f"{source.name}, line {error.lineno}: is not whole XML ({expat.ErrorString(error.code)}). "
            "It may have been cut short on the way: ask for it again."
        ) from error
    except (LookupError, ValueError) as error:
        raise RefusedInput(f"{source.name}: its encoding cannot be read. Save it as XML in UTF-8.") from error
    return Walked(steps.around, steps.names, steps.counts, steps.depths)


def bare(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(":")[2]
