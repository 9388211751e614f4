"""Commands for operators at the machine, run as `./run manage NAME`."""
