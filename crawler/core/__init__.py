"""What everyone may import: the model, the errors, URLs, dates and the table of site quirks."""
