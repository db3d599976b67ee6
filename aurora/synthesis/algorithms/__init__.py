"""Search algorithms that know nothing of any language: they see strings, integers, masks and costs."""
