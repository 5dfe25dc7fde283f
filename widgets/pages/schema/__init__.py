"""The page on which a lead says what is asked of articles: labels, attributes, relations, fields."""
