"""What `./run` does, with the standard library alone: it runs before any dependency is installed.

problems     the one sentence a person reads when something is wrong
machine      Python, Pango and the system packages; installs them as root
environment  `.venv` from the lock file with hashes
data         the data folder: key, lock, settings of the embedded default
processes    starting, watching and stopping process groups
servers      private PostgreSQL and Redis for the tests
product      the embedded default: prepare the data, run web server and worker
development  `./run dev`: the same with reloading and error pages
locks        `./run lock`: the lock files, from pyproject.toml
mutants      `./run mutants`: which changes of the code no test notices
quality      `./run test`: every check and every test
"""
