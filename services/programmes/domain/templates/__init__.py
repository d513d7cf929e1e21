"""Programme templates as people write them: YAML to the validated declaration that every service works from."""
