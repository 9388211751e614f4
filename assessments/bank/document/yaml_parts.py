"""YAML text to nodes: no type tags, no anchors or aliases, bounded in size and depth."""

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

import yaml

from assessments.bank.errors import DocumentError, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 16
# With aliases written out: more than any bank or library has, far less than an alias bomb.
MAX_NODES = 300_000
TOO_MANY = f"more than {MAX_NODES:,} entries"

# libyaml where the wheel has it: ten times faster, same nodes and marks.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Part(StringIO):
    """A text whose name the YAML marks carry."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def compose_parts(parts: Mapping[str, str], *, aliases: bool = False) -> yaml.MappingNode:
    """All parts as one mapping: top mappings merged, lists joined, any other key left twice.

    The marks of the nodes give part and line. `aliases` allows anchors and aliases, as long as the document stays
    small with them written out. Raises DocumentError.
    """
    if sum(len(text.encode(errors="replace")) for text in parts.values()) > MAX_BYTES:
        raise DocumentError([Problem("", f"the document is larger than {MAX_BYTES // 1_000_000} MB")])
    problems = []
    tops = []
    for name, text in parts.items():
        top = _composed(name, text, aliases)
        if isinstance(top, Problem):
            problems.append(top)
        else:
            tops.append(top)
    if not parts:
        problems.append(Problem("", "the document has no parts"))
    if problems:
        raise DocumentError(problems)
    return _united(tops)


def _composed(name: str, text: str, aliases: bool) -> yaml.MappingNode | Problem:
    problem = _refused(name, text, aliases)
    top = None if problem else yaml.compose(_Part(name, text), Loader=_LOADER)
    if top is not None and aliases:
        problem = _written_out(name, top)
    if isinstance(top, yaml.MappingNode) and not problem:
        return top
    return problem or Problem("", "expected a mapping of sections at the top", file=name, line=1)


def _united(tops: Sequence[yaml.MappingNode]) -> yaml.MappingNode:
    first: dict[str, yaml.Node] = {}
    pairs = []
    for top in tops:
        for key, value in top.value:
            earlier = first.setdefault(key.value, value) if isinstance(key, yaml.ScalarNode) else value
            if earlier is not value and type(earlier) is type(value) and isinstance(value, yaml.CollectionNode):
                earlier.value.extend(value.value)
            else:
                pairs.append((key, value))
    mark = tops[0].start_mark
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)


def _refused(name: str, text: str, aliases: bool) -> Problem | None:
    """What forbids building nodes at all. Events are read one by one, so nothing is expanded."""
    depth = documents = nodes = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            nodes += isinstance(event, yaml.NodeEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            message = _forbidden(event, depth, documents, aliases) or (TOO_MANY if nodes > MAX_NODES else "")
            if message:
                return Problem("", message, file=name, line=_line(event.start_mark))
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        return Problem("", f"not valid YAML: {error.problem}", file=name, line=line)
    except yaml.YAMLError as error:
        return Problem("", f"not valid YAML: {error}".splitlines()[0], file=name)
    return None


def _line(mark: object) -> int | None:
    line = getattr(mark, "line", None)
    return None if line is None else line + 1


def _forbidden(event: yaml.Event, depth: int, documents: int, aliases: bool) -> str:
    if not aliases and (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)):
        return "anchors and aliases (& and *) are not allowed: write it out"
    if getattr(event, "tag", None) is not None:
        return "type tags (!) are not allowed"
    if depth > MAX_DEPTH:
        return f"nested deeper than {MAX_DEPTH} levels"
    return "expected one YAML document, a second one starts here" if documents > 1 else ""


def _written_out(name: str, top: yaml.Node) -> Problem | None:
    """What forbids following aliases. Each node is measured once; an alias points backwards or to a node around it."""
    measured: dict[int, tuple[int, int]] = {}
    open_nodes: set[int] = set()

    def measure(node: yaml.Node) -> tuple[int, int]:
        """Number of nodes and depth, written out; a node that contains itself is infinitely deep."""
        if id(node) in open_nodes:
            return 0, MAX_DEPTH + 1
        if id(node) not in measured:
            open_nodes.add(id(node))
            below = [measure(child) for child in _children(node)]
            open_nodes.remove(id(node))
            depth = isinstance(node, yaml.CollectionNode) + max((deep for _, deep in below), default=0)
            measured[id(node)] = 1 + sum(size for size, _ in below), depth
        return measured[id(node)]

    size, depth = measure(top)
    if depth > MAX_DEPTH:
        return Problem("", f"nested deeper than {MAX_DEPTH} levels, with aliases (*) written out", file=name)
    if size > MAX_NODES:
        return Problem("", f"{TOO_MANY}, with aliases (*) written out", file=name)
    return None


def _children(node: yaml.Node) -> Iterable[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return (child for pair in node.value for child in pair)
    return node.value if isinstance(node, yaml.SequenceNode) else ()
