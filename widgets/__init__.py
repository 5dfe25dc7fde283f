"""Everything that Qt draws or hears."""
