"""Commands for operators, run on the server as `./run manage NAME`."""
