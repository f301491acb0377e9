"""What a rule may ask of a site: one record each."""
