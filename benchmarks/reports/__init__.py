"""Reports: PDFs beside those of other programs, from click to file, memory, queue, faults, other formats, bundles."""
