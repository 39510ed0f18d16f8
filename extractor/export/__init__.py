"""Records in the forms that the tools of the field read."""
