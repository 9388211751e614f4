"""Commands for the site's operator, run as `./run manage NAME`."""
