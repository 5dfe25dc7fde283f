"""What a user can do to annotations: one command each, giving a Step."""
