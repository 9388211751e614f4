"""What stops `./run`, in one sentence a person can act on."""


class LaunchError(Exception):
    """Its text is printed as it is; `./run` then ends with exit code 1 and no traceback."""
