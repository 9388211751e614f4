"""YAML nodes made from values of another syntax, so that one reader checks them all."""

from collections.abc import Iterable

import yaml

_YAML = "tag:yaml.org,2002:"


def mark_at(file: str, line: int = 0, column: int = 0) -> yaml.Mark:
    """`line` and `column` count from 1; 0 means unknown."""
    return yaml.Mark(file, 0, line - 1, column - 1, None, 0)


def scalar(text: str, mark: yaml.Mark, kind: str = "str") -> yaml.ScalarNode:
    """`kind` is str, int, float, bool or null."""
    return yaml.ScalarNode(_YAML + kind, text, mark, mark)


def sequence(nodes: Iterable[yaml.Node], mark: yaml.Mark) -> yaml.SequenceNode:
    """A list of nodes, all located at `mark`."""
    return yaml.SequenceNode(f"{_YAML}seq", list(nodes), mark, mark)


def mapping(pairs: Iterable[tuple[yaml.Node, yaml.Node]], mark: yaml.Mark) -> yaml.MappingNode:
    """Keys and values in order, duplicates included; all located at `mark`."""
    return yaml.MappingNode(f"{_YAML}map", list(pairs), mark, mark)
