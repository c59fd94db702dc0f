"""What everyone may import: the model, the errors, URLs and the table of site quirks."""
