"""Template tags of the page shell: brands, browser names, notices about MFA."""
