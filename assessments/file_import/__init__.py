"""Going on from a signed file of another installation, or of this one: a new assessment with its facts and answers."""
