"""The owner's report, made when an assessment is submitted and before anybody asks for it; a feature room."""
