"""The figures of docs/performance.md, each with the command that made it: `python -m benchmarks [NAME ...]`."""
