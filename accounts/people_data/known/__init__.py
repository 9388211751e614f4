"""Where an erased person was known, and under which names: decision 26."""
