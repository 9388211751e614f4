"""YAML text to nodes: no type tags, no anchors or aliases, bounded in size and depth."""

from collections.abc import Mapping, Sequence
from io import StringIO

import yaml

from assessments.bank.errors import DocumentError, Problem

MAX_BYTES = 5_000_000
MAX_DEPTH = 16

# libyaml where the wheel has it: ten times faster, same nodes and marks.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Part(StringIO):
    """A text whose name the YAML marks carry."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


def compose_parts(parts: Mapping[str, str]) -> yaml.MappingNode:
    """All parts as one mapping: top mappings united, lists joined, anything else left to stand twice.

    The marks of the nodes tell the part and the line. Raises DocumentError.
    """
    if sum(len(text.encode(errors="replace")) for text in parts.values()) > MAX_BYTES:
        raise DocumentError([Problem("", f"the document is larger than {MAX_BYTES // 1_000_000} MB")])
    problems = []
    tops = []
    for name, text in parts.items():
        problem = _refused(name, text)
        top = None if problem else yaml.compose(_Part(name, text), Loader=_LOADER)
        if isinstance(top, yaml.MappingNode):
            tops.append(top)
        else:
            problems.append(problem or Problem("", "a mapping of sections needed at the top", file=name, line=1))
    if not parts:
        problems.append(Problem("", "the document has no parts"))
    if problems:
        raise DocumentError(problems)
    return _united(tops)


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


def _refused(name: str, text: str) -> Problem | None:
    """What forbids building nodes at all. Events are read one by one, so nothing is expanded here."""
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            message = _forbidden(event, depth, documents)
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


def _forbidden(event: yaml.Event, depth: int, documents: int) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "anchors and aliases (& and *) are not allowed: write it out"
    if getattr(event, "tag", None) is not None:
        return "type tags (!) are not allowed"
    if depth > MAX_DEPTH:
        return f"nested deeper than {MAX_DEPTH} levels"
    return "one YAML document needed, a second one starts here" if documents > 1 else ""
