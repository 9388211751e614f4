"""Forms built from the bank: one per question, one per scope screen, one for the depth."""
