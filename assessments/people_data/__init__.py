"""People's data in assessments: what is stored, as reports/people_data gathers it for the privacy notice."""
