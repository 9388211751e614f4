"""All data of a person or an organisation as one ZIP file, made by the worker."""
